"""The sections of a brief, by what they are about."""
