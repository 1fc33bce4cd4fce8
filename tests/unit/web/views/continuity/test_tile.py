from datetime import timedelta

from django.test import RequestFactory
from django.utils.timezone import now
from tests.unit.continuity.conftest import Home

from waystation.continuity.models import Drill
from waystation.web.views.continuity.tile import tiles


def drilled(days: int, ok: bool = True) -> None:
    Drill.objects.create(at=now() - timedelta(days=days), by="0" * 32, stamp="1", ok=ok)


def test_it_warns_until_a_drill_was_good_lately(home: Home) -> None:
    request = RequestFactory().get("/")
    assert tiles(request) == []
    request.person = home.office.person("safeguarding")  # type: ignore[attr-defined] # what the middleware sets
    assert tiles(request) == []
    request.person = home.office.person("director")  # type: ignore[attr-defined] # the same
    (never,) = tiles(request)
    assert (never.tone, never.value) == ("warning", "never")
    drilled(1, ok=False)
    assert tiles(request)[0].value == "never"
    drilled(31)
    assert tiles(request)[0].tone == "warning"
    drilled(2)
    (good,) = tiles(request)
    assert (good.tone, good.note) == ("good", "")
    assert str(good.value) == (now() - timedelta(days=2)).date().isoformat()
