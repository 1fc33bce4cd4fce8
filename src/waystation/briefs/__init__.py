"""A plan on paper and on screen: the wording, the map, one HTML page, one PDF."""

from waystation.briefs.language import LANGUAGES, Language
from waystation.briefs.write import write_brief

__all__ = ["LANGUAGES", "Language", "write_brief"]
