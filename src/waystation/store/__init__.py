"""Sealed fields, record keys and grants in the database, over SQLCipher or PostgreSQL."""
