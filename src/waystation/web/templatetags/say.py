"""``{% load say %}{% say "form.errors" count=n %}``: a text in the active language, escaped."""

from django import template

from waystation.web import wording

register = template.Library()


@register.simple_tag
def say(key: str, **values: object) -> str:
    """Return a text; the engine escapes it as a whole, the values in it included."""
    return wording.say(key, **values)
