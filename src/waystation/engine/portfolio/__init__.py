"""Which groups now, by which plan, setting off in which week, under which money and capacity."""
