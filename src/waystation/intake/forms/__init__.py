"""A form as declared data, and what becomes of it while it is filled in."""
