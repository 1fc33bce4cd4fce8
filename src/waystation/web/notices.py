"""What is said after something was done, with the way back where there is one."""

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest

_UNDO = "undo:"


def notify(request: HttpRequest, text: str, *, undo_url: str = "", level: int = messages.SUCCESS) -> None:
    """Say ``text`` at the top of the next page, and offer to undo it by posting to ``undo_url`` where one is given."""
    messages.add_message(request, level, text, extra_tags=f"{_UNDO}{undo_url}" if undo_url else "")


def undo_address(message: Message) -> str:
    """Return the address given to `notify`; empty for none."""
    return message.extra_tags.removeprefix(_UNDO) if (message.extra_tags or "").startswith(_UNDO) else ""
