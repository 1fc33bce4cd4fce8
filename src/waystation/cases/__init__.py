"""People who ask for help: for now, one sealed file for each."""
