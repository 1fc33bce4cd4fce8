"""What the templates of the frame ask Python for."""

from django import template
from django.contrib.messages.storage.base import Message
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select
from django.forms.boundfield import BoundWidget
from django.http import HttpRequest
from django.template import RequestContext
from django.utils.safestring import SafeString

from waystation.web.frame import Frame, frame_of, may_open
from waystation.web.notices import undo_address

register = template.Library()


@register.simple_tag(takes_context=True)
def frame(context: RequestContext) -> Frame | None:
    """Return what stands around the page; None where a page is shown without a request (the last-resort error page)."""
    request = getattr(context, "request", None) or context.get("request")
    return frame_of(request) if isinstance(request, HttpRequest) else None


@register.simple_tag(takes_context=True)
def may(context: RequestContext, url_name: str) -> bool:
    """``{% may "people.add" as can_add %}``: whether the reader may open a URL that is about no one record."""
    request = getattr(context, "request", None)
    return isinstance(request, HttpRequest) and may_open(url_name, request)


@register.filter
def control(field: BoundField) -> SafeString:
    """Return a form field's element in the frame's look; Django adds ``aria-describedby`` and ``aria-invalid`` itself.

    The browser is told not to remember what is typed: it would keep names in its profile, in the clear.
    """
    widget = field.field.widget.attrs
    look = f"{widget.get('class', '')} {_look(field)}".strip()
    return field.as_widget(attrs={"class": look, "autocomplete": widget.get("autocomplete", "off")})


@register.filter
def boxes(field: BoundField) -> list[BoundWidget]:
    """Return the single boxes or rounds of a group, in the frame's look."""
    field.field.widget.attrs["class"] = "form-check-input"
    return list(field)


@register.filter
def kind(field: BoundField) -> str:
    """Return how a field is laid out: ``check`` (one box), ``group`` (several boxes or rounds) or ``line``."""
    widget = field.field.widget
    if isinstance(widget, CheckboxInput):
        return "check"
    return "group" if isinstance(widget, RadioSelect | CheckboxSelectMultiple) else "line"


@register.filter
def anchor(field: BoundField) -> str:
    """Return the id that the error summary leads to: of the element, or of a group's first box, or of a group without any."""
    if kind(field) != "group":
        return field.id_for_label
    first = next(iter(field), None)
    return first.id_for_label if first else field.auto_id


@register.filter
def undo(message: Message) -> str:
    """Return the address that undoes what a message tells of; empty where nothing can be undone."""
    return undo_address(message)


def _look(field: BoundField) -> str:
    widget = field.field.widget
    if isinstance(widget, CheckboxInput | RadioSelect | CheckboxSelectMultiple):
        look = "form-check-input"
    elif isinstance(widget, Select):
        look = "form-select"
    else:
        look = "form-control"
    return f"{look} is-invalid" if field.errors else look
