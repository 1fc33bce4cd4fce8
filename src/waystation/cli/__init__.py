"""The command: translates what a person typed, calls one thing, translates the answer back."""
