import pytest

from waystation.kernel import BadInputError
from waystation.matching.entry import Entry, make_ready
from waystation.matching.people import PEOPLE


def test_every_field_is_read_and_what_cannot_be_read_is_not_known() -> None:
    values = {
        "name": ("Kim, Sung-eun", "김성은"),
        "born": ("in spring",),
        "place": ("Hyesan",),
        "contact": ("010-1234-5678",),
    }
    ready = make_ready(Entry("one", values), PEOPLE)
    assert [len(read) for read in ready.fields] == [2, 0, 1, 1]
    assert [place for place, _ in ready.groups] == [0, 0, 0, 0, 2, 3]


def test_a_code_is_read() -> None:
    from waystation.matching.schema import Field, Kind, Schema

    ready = make_ready(Entry("one", {"post": ("27-76",)}), Schema((Field("post", Kind.CODE),)))
    assert ready.fields == (("2776",),)


def test_a_field_the_schema_does_not_know_is_refused() -> None:
    with pytest.raises(BadInputError, match="shoe"):
        make_ready(Entry("one", {"shoe": ("42",)}), PEOPLE)
