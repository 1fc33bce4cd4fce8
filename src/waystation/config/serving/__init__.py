"""The serving process: a parent that holds the socket and no keys, and workers that end when they are locked."""
