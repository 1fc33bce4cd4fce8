"""The wording of every human sentence about a plan, in each language."""

from waystation.briefs.language.catalogue import LANGUAGES, Language, keys_of, language_of, template, text
from waystation.briefs.language.particles import with_particle

__all__ = ["LANGUAGES", "Language", "keys_of", "language_of", "template", "text", "with_particle"]
