"""What comes to the desk in files and leaves it in files: imports, exports, and an organisation's own forms."""
