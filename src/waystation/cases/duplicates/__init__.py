"""Who may have been entered twice: cases that look like one person's, what people said of them, one at a time."""
