"""What can be said for and against a plan, on the terminal and for programs."""
