import io
import re
from typing import Any

from django.urls import reverse
from tests.office import Office
from tests.unit.exchange.forms.test_definitions import brought
from tests.unit.exchange.forms.test_submissions import case_of
from tests.unit.intake.books import xlsx

from waystation.exchange.forms.submissions import read_submission
from waystation.exchange.models import OwnForm, Submission

KOBO: dict[str, list[list[Any]]] = {
    "Family": [["head", "age", "way/region", "way/needs/rest", "case", "shoe", "_index", "_uuid"]],
    "child": [["first", "years", "_parent_index"], ["Bo", 3, 1]],
}


def send(office: Office, form: OwnForm, data: bytes, code: str = "") -> Any:
    file = io.BytesIO(data)
    file.name = "submissions"
    client = office.client("caseworker")
    return client.post(reverse("intake.submissions", args=[form.pk]), {"file": file, "code": code})


def send_all(office: Office, form: OwnForm, files: dict[str, bytes], code: str = "") -> Any:
    sent = []
    for name, data in files.items():
        sent.append(io.BytesIO(data))
        sent[-1].name = name
    client = office.client("caseworker")
    return client.post(reverse("intake.submissions", args=[form.pk]), {"file": sent, "code": code})


def stage_of(page: str) -> str:
    found = re.search(r'name="stage" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def test_a_workbook_of_kobo_is_mapped_filed_and_the_mapping_kept(office: Office) -> None:
    form, case = brought(office), case_of(office)
    rows = [["Sky", 34, "North", 1, case.code, "43", 1, "u1"], ["Rain", "x", "north", 0, case.code, "40", 2, "u2"]]
    data = xlsx({**KOBO, "Family": [*KOBO["Family"], *rows]})
    page = send(office, form, data).content.decode()
    assert "It would file 1; 0 are here already; 1 are wrong" in page
    assert "row 3 · age" in page
    client = office.client("caseworker")
    given = {"stage": stage_of(page), "take": "1", "m/0/5": "guardian"}
    answer = client.post(reverse("intake.submissions", args=[form.pk]), given, follow=True)
    assert "Filed: 1. Here already: 0. Left out: 1." in answer.content.decode()
    kept = Submission.objects.select_related("record", "form").get()
    opened = read_submission(keyring=office.keyring("caseworker"), submission=kept, at=office.later())
    assert opened.answers["child"] == [{"first": "Bo", "years": "3"}]
    again = send(office, form, data).content.decode()
    assert "It would file 0; 1 are here already; 1 are wrong" in again
    assert '<option value="guardian" selected>' in again


def test_one_instance_of_odk_is_filed_to_the_case_that_is_named(office: Office) -> None:
    form, case = brought(office), case_of(office)
    data = b"<data id='tested'><head>Sky</head><way><region>north</region></way><meta><instanceID>u</instanceID></meta></data>"
    page = send(office, form, data, case.code).content.decode()
    assert "It would file 1" in page
    client = office.client("caseworker")
    client.post(reverse("intake.submissions", args=[form.pk]), {"stage": stage_of(page), "take": "1"})
    assert Submission.objects.get().record_id == case.pk


def test_a_hostile_file_is_refused_in_words(office: Office) -> None:
    form = brought(office)
    page = send(office, form, b'<!DOCTYPE d [<!ENTITY x "y">]><d>&x;</d>').content.decode()
    assert "XML entities" in page
    assert 'name="take"' not in page
    assert send(office, form, b"").status_code == 422
    stray = office.client("caseworker").post(reverse("intake.submissions", args=[form.pk]), {"stage": "x", "take": "1"})
    assert stray.status_code == 422


def test_the_tables_of_odk_are_read_together_and_joined_by_their_keys(office: Office) -> None:
    form, case = brought(office), case_of(office)
    files = {
        "family-child.csv": b"first,years,PARENT_KEY,KEY\nBo,3,uuid:1,uuid:1/child[1]\nAn,5,uuid:1,uuid:1/child[2]\n",
        "family.csv": b"head,age,way-region,KEY\nSky,34,north,uuid:1\nRain,x,north,uuid:2\n",
    }
    page = send_all(office, form, files, case.code).content.decode()
    assert "It would file 1; 0 are here already; 1 are wrong" in page
    assert "Write a whole number, such as 34." in page
    assert "family" not in page.replace("Family", "").replace("family</h1>", "")
    client = office.client("caseworker")
    given = {"stage": stage_of(page), "take": "1"}
    answer = client.post(reverse("intake.submissions", args=[form.pk]), given, follow=True)
    assert "Filed: 1. Here already: 0. Left out: 1." in answer.content.decode()
    kept = Submission.objects.select_related("record", "form").get()
    opened = read_submission(keyring=office.keyring("caseworker"), submission=kept, at=office.later())
    assert opened.answers["child"] == [{"first": "Bo", "years": "3"}, {"first": "An", "years": "5"}]


def test_several_instances_are_sent_at_once_and_a_faulty_one_loses_none(office: Office) -> None:
    form, case = brought(office), case_of(office)
    one = "<data id='tested'><head>Sky</head><way><region>north</region></way><meta><instanceID>u{}</instanceID></meta></data>"
    files = {f"{at}.xml": one.format(at).encode() for at in (1, 2, 1)}
    files["3.xml"] = one.format(3).replace("<head>Sky</head>", "").encode()
    files["4.xml"] = one.format(4).replace("tested", "another").encode()
    page = send_all(office, form, files, case.code).content.decode()
    assert "This was filled in with another form" in page


def test_the_same_sheet_twice_is_refused(office: Office) -> None:
    form = brought(office)
    page = send_all(office, form, {"a.csv": b"head,KEY\nSky,1\n", "b.csv": b"head,KEY\nRain,2\n"}).content.decode()
    assert "Two files hold this sheet" in page
    assert 'name="take"' not in page
