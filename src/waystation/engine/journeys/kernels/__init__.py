"""Compiled kernels: plain arrays in, plain arrays filled. Each is written ``f = njit(_f)`` so that tests can see inside."""
