"""The steps of a case: one declared table of what follows what, who may go on and what it needs."""
