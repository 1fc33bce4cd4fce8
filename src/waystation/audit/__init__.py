"""The signed, chained log of what was written and of what was opened."""
