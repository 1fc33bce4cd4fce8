"""A group divided into parties: which ways the rules allow, and what becomes of all of them together."""
