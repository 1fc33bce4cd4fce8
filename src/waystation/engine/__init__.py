"""Pure mathematics: numbers in, numbers out. No clock, files, network or global randomness."""
