"""What a traveller agreed to: for which purpose, shared with whom, until when; asked anew at each purpose, and withdrawable."""
