import unicodedata
from time import perf_counter

import pytest
from django.db import connection
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.unit.store.sheets import Office, Sheet
from waystation.store.keyring.sealing import sealed_value
from waystation.store.search import find, folded, matches
from waystation.store.tiers import Tier
from waystation.vault import TamperedError


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("hana", "Ri Hana"),
        ("HAN ri", "Ri Hana"),
        ("muller", "Jürgen MÜLLER"),
        ("strasse", "Straße"),
        ("oneil", "O'Neil"),
        ("o’neil", "Shaun O'Neil"),
        ("lodz", "Łódź"),
        ("nguyen", "Nguyễn Văn An"),
        ("ibrahim", "İbrahim Işık"),
        ("isik", "İbrahim Işık"),
        ("김하나", "김하나"),
        ("하나", "김하나"),
        ("김하", "김하나"),
        ("기", "김하나"),
        ("김ㅎ", "김하나"),
        (unicodedata.normalize("NFD", "김하나"), "김하나"),
        ("김하나", unicodedata.normalize("NFD", "김하나")),
        ("محمد", "مُحَمَّد"),
        ("احمد", "أحمد"),
        ("فاطمه", "فاطمة"),
        ("علي", "علی"),
        ("محمد", "محـــمد"),
        ("小明", "王小明"),
        ("王", "王小明"),
        ("ｗａｎｇ", "Wang Xiaoming"),
        ("ใจ", "สมชาย ใจดี"),
        ("ชาย", "สมชาย ใจดี"),
        ("mary smith", "Smith-Jones, Mary"),
        ("jones", "Smith-Jones, Mary"),
    ],
)
def test_a_name_is_found_as_people_type_it(query: str, name: str) -> None:
    assert matches(folded(query), folded(name))


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("ana", "Ri Hana"),
        ("ri duri", "Ri Hana"),
        ("김두리", "김하나"),
        ("나", "김하늘"),
        ("أحمد", "محمد"),
        ("大", "王小明"),
    ],
)
def test_another_name_is_not_found(query: str, name: str) -> None:
    assert not matches(folded(query), folded(name))


NAMES = st.text(st.characters(codec="utf-8", categories=("L", "M", "Zs")), min_size=1, max_size=12)


@given(name=NAMES)
@example(name="𝑨")
@example(name="ᾼ")
@settings(deadline=None, max_examples=300)
def test_both_ways_of_composing_fold_alike_and_folding_is_final(name: str) -> None:
    once = folded(name)
    assert folded(unicodedata.normalize("NFD", name)) == folded(unicodedata.normalize("NFC", name)) == once
    assert folded(once) == once
    assert matches(once, once)


def sheets(desk: Office, names: list[str]) -> list[Sheet]:
    rows = []
    for name in names:
        row = Sheet(record=desk.record)
        desk.ada.seal(row, name=name, needs={"said": [name, None, True]})
        row.save()
        rows.append(row)
    return rows


def test_it_finds_in_the_order_given_over_all_fields(desk: Office) -> None:
    rows = sheets(desk, ["Ri Hana", "Kim Duri", "김하나"])
    assert find(desk.ada, rows, ["name", "alias"], "hana") == [rows[0].pk]
    assert find(desk.ada, rows, ["name"], "kim d") == [rows[1].pk]
    assert find(desk.ada, rows, ["needs"], "하나") == [rows[2].pk]
    assert find(desk.ada, reversed(rows), ["name", "needs"], "i") == []
    assert find(desk.ada, [desk.stored(), *rows], ["name"], "ri") == [desk.sheet.pk, rows[0].pk]
    for nothing in ("", "  ", "'", "!?"):
        assert find(desk.ada, rows, ["name"], nothing) == []


def test_only_what_a_person_may_open_is_looked_through(desk: Office) -> None:
    sheets(desk, ["Ri Hana"])
    assert find(desk.eve, Sheet._base_manager.all(), ["name"], "hana") == []
    desk.ada.give(desk.record, Tier.IDENTITY, desk.people.cards[desk.eve.person_id])
    assert len(find(desk.eve, Sheet._base_manager.all(), ["name"], "hana")) == 2
    assert desk.sheet.pk not in find(desk.eve, Sheet._base_manager.all(), ["name", "party"], "hana")


def test_a_changed_value_is_not_passed_over(desk: Office) -> None:
    Sheet._base_manager.update(name=desk.sheet.alias)
    with pytest.raises(TamperedError):
        find(desk.ada, Sheet._base_manager.all(), ["name"], "hana")


@pytest.mark.long
def test_ten_thousand_names_take_well_under_a_second(desk: Office) -> None:
    syllables = "김이박최정강조윤장임하나두리서준민지우현"
    version, key = desk.ada.demand_key(desk.record, Tier.IDENTITY)
    field, everything = Sheet.sealed_fields()["name"], []
    for number in range(10_000):
        name = f"{syllables[number % 10]}{syllables[number % 13]}{syllables[number % 17]} Jürgen-{number}"
        row = Sheet(record=desk.record)
        row.name = sealed_value(row, field, version, key, name.encode())
        everything.append(row)
    with connection.execute_wrapper(refuse_writing):
        begun = perf_counter()
        found = find(desk.ada, everything, ["name"], "jurgen 9999")
        seconds = perf_counter() - begun
    assert found == [everything[9999].pk]
    assert seconds < 1.0


def refuse_writing(execute, sql, params, many, context):  # type: ignore[no-untyped-def] # as Django calls it
    assert sql.lstrip().upper().startswith("SELECT"), sql
    return execute(sql, params, many, context)
