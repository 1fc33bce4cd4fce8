"""Backup, restore, drills, bundles between offices, and travel."""
