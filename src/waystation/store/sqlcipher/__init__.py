"""A database backend for Django: SQLite's, on SQLCipher, with the key set before anything is read."""
