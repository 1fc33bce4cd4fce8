import pytest

from tests.unit.intake.books import family_form, sheet_of
from waystation.intake.faults import FaultCode
from waystation.intake.submissions.mapping import (
    IGNORED,
    INDEX,
    KEY,
    PARENT,
    FormMapping,
    SheetMapping,
    is_target,
    mapping_document,
    mapping_of,
    suggest,
)
from waystation.kernel import BadInputError

FORM = family_form()


def targets(*columns: str, **options: str) -> dict[str, str]:
    mapping, _ = suggest(FORM, [sheet_of([columns], options.get("sheet", ""))])
    return dict(mapping.sheets[0].columns)


@pytest.mark.parametrize(
    ("column", "target"),
    [
        ("head", "head"),
        ("way/town", "way/town"),
        ("way-town", "way/town"),
        ("Town", "way/town"),
        ("Who asks", "head"),
        ("way/needs", "way/needs"),
        ("way/needs/rest", "way/needs=rest"),
        ("way-needs/rest", "way/needs=rest"),
        ("_uuid", KEY),
        ("meta/instanceID", KEY),
        ("KEY", KEY),
        ("_index", INDEX),
        ("_submission_time", IGNORED),
        ("__version__", IGNORED),
        ("SET OF child", IGNORED),
        ("shoe size", ""),
        ("first", ""),
    ],
)
def test_columns_of_odk_and_kobo_are_understood(column: str, target: str) -> None:
    assert targets(column) == {column: target}


def test_a_column_that_fits_nothing_is_named() -> None:
    _, faults = suggest(FORM, [sheet_of([["head", "shoe size"]])])
    assert [(each.code, each.column) for each in faults] == [(FaultCode.COLUMN_UNKNOWN, "shoe size")]


def test_a_sheet_of_a_repeat_is_recognised_by_its_name_or_its_columns() -> None:
    main = sheet_of([["head", "_index"]], "Family")
    for columns in (["first", "years", "_parent_index"], ["child/first", "_parent_index"]):
        mapping, _ = suggest(FORM, [main, sheet_of([columns], "child")])
        assert mapping.sheets[1].repeat == ("child",)
        assert mapping.sheets[1].columns[columns[0]] == "child/first"
        assert mapping.sheets[1].columns["_parent_index"] == PARENT
    odk, _ = suggest(FORM, [main, sheet_of([["first", "PARENT_KEY", "KEY"]], "Family-child")])
    assert odk.sheets[1].columns == {"first": "child/first", "PARENT_KEY": PARENT, "KEY": INDEX}


def test_what_a_person_kept_comes_first() -> None:
    kept = FormMapping((SheetMapping("", (), {"shoe size": "age", "head": "nobody/here"}),))
    mapping, faults = suggest(FORM, [sheet_of([["head", "shoe size"]])], kept)
    assert mapping.sheets[0].columns == {"head": "head", "shoe size": "age"}
    assert faults == ()


def test_a_mapping_comes_back_as_it_was() -> None:
    mapping, _ = suggest(FORM, [sheet_of([["head", "way/needs/rest"]])])
    assert mapping_of(mapping_document(mapping)) == mapping
    with pytest.raises(BadInputError):
        mapping_of([{"sheet": "x"}])


def test_targets() -> None:
    assert is_target(FORM, "way/needs=rest")
    assert not any(is_target(FORM, text) for text in ("", "way", "way/needs=sleep", "head=rest", "@else"))
