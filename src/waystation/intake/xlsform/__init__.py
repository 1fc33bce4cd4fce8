"""An XLSForm becomes a declared form; what cannot be supported is named with its row."""
