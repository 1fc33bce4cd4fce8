"""Who is like whom: names in several scripts, dates, places and contacts compared field by field. Pure; a person decides."""
