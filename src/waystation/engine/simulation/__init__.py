"""Journeys replayed under a fixed policy, and a whole organisation lived through week by week, by counted random numbers."""
