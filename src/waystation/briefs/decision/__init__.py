"""The decision of a meeting in words: which groups go now, why not the others, what more would bring."""
