"""Tables of people into cases: looked at first, row by row, and taken back whole."""
