"""What can be said for and against a plan, in words."""
