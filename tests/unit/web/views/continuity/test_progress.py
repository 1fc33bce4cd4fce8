from uuid import uuid4

from django.test import Client
from django.urls import reverse
from tests.unit.continuity.conftest import Home

from waystation.continuity.errors import FAULTS, NotWholeError
from waystation.continuity.jobs import Job, State
from waystation.kernel import RuleRefusedError
from waystation.web.views.continuity.seat import JOBS


def put(home: Home, **values: object) -> str:
    job = Job("backup", home.office.id("director"), **values)  # type: ignore[arg-type] # its own fields
    JOBS._jobs[job.id] = job
    return reverse("continuity.job", args=[job.id])


def test_a_running_job_is_polled_and_can_be_stopped(home: Home, director: Client) -> None:
    address = put(home, step="write", done=3, total=7)
    page = director.get(address).content.decode()
    assert f'hx-get="{address}"' in page
    assert 'aria-live="polite"' in page
    assert "Sealing and writing" in page
    part = director.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert 'value="3"' in part
    assert director.post(f"{address}/stop").status_code == 303
    assert "stops at its next step" in director.get(address).content.decode()


def test_when_it_ends_the_poll_leads_to_the_result(home: Home, director: Client) -> None:
    address = put(home, state=State.STOPPED)
    answer = director.get(address, headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == address
    assert "Nothing was kept" in director.get(address).content.decode()


def test_failures_are_said_in_words_and_tell_no_detail(home: Home, director: Client) -> None:
    for error in (OSError("/secret/path"), RuleRefusedError("the reason of it"), ValueError("Planted Name")):
        page = director.get(put(home, state=State.FAILED, error=error)).content.decode()
        assert str(error) not in page
        assert "alert-danger" in page
    for fault in FAULTS:
        page = director.get(put(home, state=State.FAILED, error=NotWholeError(fault, "x"))).content.decode()
        assert "alert-danger" in page


def test_anothers_job_and_an_unknown_one_are_not_there(home: Home, director: Client) -> None:
    address = put(home)
    assert home.office.client("case_lead").get(address).status_code == 404
    assert director.get(reverse("continuity.job", args=[uuid4()])).status_code == 404
