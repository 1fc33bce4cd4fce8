"""Catalogues of texts: one TOML file for each area and language."""
