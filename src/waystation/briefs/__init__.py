"""A plan on paper and on screen: the wording, the map, one HTML page, one PDF."""
