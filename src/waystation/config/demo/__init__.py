"""An invented organisation to try everything with. Nobody in it exists."""
