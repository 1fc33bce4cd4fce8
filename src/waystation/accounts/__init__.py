"""The organisation, its people, their roles, and who may do what."""
