"""Compiled loops over plain arrays; each function is written ``f = njit(_f)``."""
