"""Measurements against other programs, as ratios from one run. Run ``python -m benchmarks``."""
