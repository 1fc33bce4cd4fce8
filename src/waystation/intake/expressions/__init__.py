"""The expressions of forms: an XPath subset, parsed once, total and bounded when evaluated."""
