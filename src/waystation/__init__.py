"""Waystation: plans and runs journeys of people at risk to safety."""

__all__ = ["__version__"]

__version__ = "0.1.0"
