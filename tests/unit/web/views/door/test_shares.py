import re
from typing import Any

import pytest
from django.test import Client
from tests.unit.web.views.door.test_set_up import drawn

from waystation.config.desk import Desk


@pytest.fixture
def at_shares(desk: Desk, browser: Client) -> Client:
    """A browser that has come as far as the five sheets."""
    words = drawn(browser)
    browser.post("/set-up/repeat", {"typed": " ".join(words)})
    return browser


def asked(browser: Client) -> list[int]:
    page = browser.get("/set-up/confirm").content.decode()
    return [int(number) for number in re.findall(r"words of sheet (\d)", page)]


def test_five_sheets_are_shown_and_set_for_print(desk: Desk, at_shares: Client) -> None:
    assert at_shares.get("/set-up/shares").status_code == 200
    page = at_shares.get("/set-up/sheets").content.decode()
    for share in desk.shares():
        for word in share.split():
            assert f"<span>{word}</span>" in page
    pdf: Any = at_shares.get("/set-up/sheets.pdf")
    assert (pdf["Content-Type"], pdf["Content-Disposition"]) == ("application/pdf", "inline")
    assert pdf["Cache-Control"] == "no-store"
    assert pdf.content.startswith(b"%PDF")


def test_two_are_asked_for_by_number_and_stay_the_same(desk: Desk, at_shares: Client) -> None:
    numbers = asked(at_shares)
    assert len(set(numbers)) == 2
    assert asked(at_shares) == numbers
    shares = desk.shares()
    first, second = (shares[number - 1] for number in numbers)
    wrong = at_shares.post("/set-up/confirm", {"share_0": second, "share_1": first})
    assert wrong.status_code == 422
    assert wrong.content.decode().count("This is not that sheet") >= 2
    half = at_shares.post("/set-up/confirm", {"share_0": first, "share_1": first})
    assert half.status_code == 422
    right = at_shares.post("/set-up/confirm", {"share_0": first.upper(), "share_1": f" {second}\n"})
    assert right["Location"] == "/set-up/done"
    assert at_shares.get("/set-up/done").status_code == 200
    for over in ("/set-up/shares", "/set-up/sheets", "/set-up/sheets.pdf", "/set-up/confirm"):
        assert at_shares.get(over)["Location"] == "/"
    assert at_shares.post("/set-up/shares/renew")["Location"] == "/"


def test_after_an_interruption_new_sheets_or_any_two(desk: Desk, at_shares: Client) -> None:
    old = desk.shares()
    desk._shares = ()  # as in a fresh process
    page = at_shares.get("/set-up/shares").content.decode()
    assert "interrupted" in page
    assert at_shares.get("/set-up/sheets")["Location"] == "/set-up/shares"
    assert at_shares.get("/set-up/sheets.pdf")["Location"] == "/set-up/shares"
    assert asked(at_shares) == []
    assert at_shares.post("/set-up/shares/renew")["Location"] == "/set-up/shares"
    assert not set(old) & set(desk.shares())
    desk._shares, new = (), desk.shares()
    assert at_shares.post("/set-up/confirm", {"share_0": new[0], "share_1": new[0]}).status_code == 422
    assert at_shares.post("/set-up/confirm", {"share_0": old[0], "share_1": new[0]}).status_code == 422
    assert at_shares.post("/set-up/confirm", {"share_0": new[3], "share_1": new[0]})["Location"] == "/set-up/done"


def test_without_the_secret_no_sheets_can_be_made(desk: Desk, at_shares: Client) -> None:
    (desk.folder / "unconfirmed.sealed").unlink()
    desk._shares = ()
    assert "no sheets can be made" in at_shares.post("/set-up/shares/renew", follow=True).content.decode()


def test_nobody_else_sees_a_sheet(at_shares: Client) -> None:
    stranger = Client(HTTP_HOST="127.0.0.1")
    for page in ("/set-up/shares", "/set-up/sheets", "/set-up/sheets.pdf", "/set-up/confirm", "/set-up/done"):
        assert stranger.get(page)["Location"] == "/unlock"
