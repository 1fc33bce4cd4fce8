from uuid import uuid4

from django.urls import reverse
from tests.office import Office

from waystation.continuity.errors import StoppedError
from waystation.continuity.steps import Steps
from waystation.exchange.errors import CountsDifferError
from waystation.web.views.exchange.staged import WORK


def page(office: Office, work: object, kind: str = "export", by: str = "case_lead") -> str:
    job = WORK.start(kind, office.id("case_lead"), work)  # type: ignore[arg-type] # what these tests do
    return office.client(by).get(reverse("exchange.job", args=[job.id])).content.decode()


def raising(error: Exception) -> object:
    def work(steps: Steps) -> object:
        raise error

    return work


def test_what_came_of_it_is_said(office: Office) -> None:
    assert "Stopped as asked." in page(office, raising(StoppedError("x")))
    assert "3 rows and 5 columns" in page(office, raising(CountsDifferError(3, 5)))
    assert "It failed." in page(office, raising(ValueError("Plantedname")))
    assert "Plantedname" not in page(office, raising(ValueError("Plantedname")))


def test_anothers_work_is_nobodys_business(office: Office) -> None:
    job = WORK.start("export", office.id("case_lead"), lambda steps: None)
    client = office.client("director")
    assert client.get(reverse("exchange.job", args=[job.id])).status_code == 404
    assert client.post(reverse("exchange.job.stop", args=[job.id])).status_code == 404
    assert client.get(reverse("exchange.job", args=[uuid4()])).status_code == 404


def test_it_can_be_asked_to_stop(office: Office) -> None:
    job = WORK.start("export", office.id("case_lead"), lambda steps: None)
    assert office.client("case_lead").post(reverse("exchange.job.stop", args=[job.id])).status_code == 303
    assert job.asked_to_stop
