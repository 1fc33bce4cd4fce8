"""A group's journey as a Markov decision process: build, solve, follow, choose, explain."""
