"""The loops of the choice, compiled."""
