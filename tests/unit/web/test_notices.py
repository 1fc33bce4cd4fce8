from django.contrib.messages.constants import SUCCESS
from django.contrib.messages.storage.base import BaseStorage, Message
from django.http import HttpRequest
from django.test import RequestFactory

from waystation.web.notices import notify, undo_address


class Kept(BaseStorage):
    """Keeps messages where the test can see them."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.seen: list[Message] = []

    def add(self, level: int, message: str, extra_tags: str | None = "") -> None:
        self.seen.append(Message(level, message, extra_tags=extra_tags))


def told(text: str, undo_url: str = "") -> Message:
    request = RequestFactory().get("/")
    kept = Kept(request)
    request._messages = kept  # type: ignore[attr-defined]  # where Django keeps its storage
    notify(request, text, undo_url=undo_url)
    return kept.seen[0]


def test_a_notice_is_a_success_unless_said_otherwise() -> None:
    assert (told("Kept.").level, told("Kept.").message) == (SUCCESS, "Kept.")


def test_the_way_back_travels_with_the_notice() -> None:
    assert undo_address(told("Taken.", "/access/undo")) == "/access/undo"


def test_without_a_way_back_there_is_none() -> None:
    assert undo_address(told("Kept.")) == ""
    assert undo_address(Message(SUCCESS, "Kept.")) == ""
