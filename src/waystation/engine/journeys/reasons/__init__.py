"""Why this plan: what it is better than, what would change it, and what more knowledge or means would buy."""
