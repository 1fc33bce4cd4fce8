"""Cases out of the desk: for a purpose, to a recipient, in a register."""
