import pytest

from tests.unit.intake.books import family_form
from waystation.intake.faults import FaultCode
from waystation.intake.limits import Limits
from waystation.intake.submissions.instance import read_instance

FORM = family_form()
GOOD = b"""<?xml version="1.0"?>
<data id="tested" version="1" xmlns:jr="http://openrosa.org/javarosa">
  <head>A</head><age>41</age><way><region>north</region><needs>rest food</needs></way>
  <child jr:template=""><first/></child>
  <child><first>x</first></child><child><first>y</first><years>3</years></child>
  <gone>old</gone>
  <meta><instanceID>uuid:1</instanceID></meta>
</data>"""


def test_an_instance_is_read_and_what_the_form_lacks_is_named() -> None:
    found, faults = read_instance(FORM, GOOD)
    assert faults == ()
    assert found is not None
    assert found.key == "uuid:1"
    assert found.answers == {
        "head": "A",
        "age": "41",
        "way": {"region": "north", "needs": "rest food"},
        "child": [{"first": "x"}, {"first": "y", "years": "3"}],
    }
    assert [(each.code, each.column) for each in found.faults] == [(FaultCode.NODE_UNKNOWN, "gone")]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'<!DOCTYPE d [<!ENTITY x "y">]><d>&x;</d>', FaultCode.ENTITIES),
        (b'<!DOCTYPE d SYSTEM "http://127.0.0.1/x"><d/>', FaultCode.ENTITIES),
        (b"<data><head>A</data>", FaultCode.DAMAGED),
        (b"", FaultCode.DAMAGED),
        (b"\xff\xfe\x00", FaultCode.DAMAGED),
        (b'<data id="other"/>', FaultCode.OTHER_FORM),
        (b"<data>" + b"<child>" * 100 + b"</child>" * 100 + b"</data>", None),
    ],
)
def test_what_cannot_be_used_is_refused(data: bytes, code: FaultCode | None) -> None:
    found, faults = read_instance(FORM, data)
    if code is None:
        assert found is not None
        return
    assert found is None
    assert [each.code for each in faults] == [code]


def test_an_instance_may_not_be_endless() -> None:
    assert [each.code for each in read_instance(FORM, GOOD, Limits(bytes=20))[1]] == [FaultCode.TOO_LARGE]
    many, _ = read_instance(FORM, b"<data>" + b"<child><first>x</first></child>" * 500 + b"</data>")
    assert many is not None
    assert len(many.answers["child"]) == 200
    assert FaultCode.TOO_MANY_ROWS in {each.code for each in many.faults}
