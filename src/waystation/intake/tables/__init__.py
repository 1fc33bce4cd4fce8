"""Untrusted CSV and XLSX, row by row: limits before anything is read, and a fault for whatever is not a plain value."""
