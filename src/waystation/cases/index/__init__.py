"""What one person may see of all cases, in the memory of their process: opened once after unlocking, kept up by what changed."""
