from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from waystation.engine.learning.learn import learn
from waystation.engine.learning.result import Lessons
from waystation.engine.model import Asked, Estimate, LearningRules, LevelRef, Quantity, Stated, Subject
from waystation.formats import FolderTables, read_folder
from waystation.formats.experience import LEARNED_COLUMNS, LearnedFaultError, experience_of, learned_files, with_lessons
from waystation.formats.folder import replace_folder

Write = Callable[[dict[str, str]], Path]


@pytest.fixture
def folder(full: dict[str, str], write: Write) -> Path:
    """Return a full folder in which nothing was learned yet."""
    del full["beliefs.csv"]
    return write(full)


def learned(folder: Path) -> tuple[FolderTables, Lessons]:
    reading = read_folder(folder)
    assert reading.network is not None
    return reading.tables, learn(reading.network, experience_of(reading.tables))


def test_what_a_folder_holds_for_learning(full: dict[str, str], write: Write) -> None:
    found = experience_of(read_folder(write(full)).tables)
    assert [(each.id, each.begins, each.discount, each.legs) for each in found.regimes] == [
        ("before", date(2019, 1, 1), 1.0, frozenset()),
        ("closed", date(2026, 1, 1), 0.5, frozenset({"AB"})),
    ]
    assert found.rules == LearningRules(15.0, 25.0, 0.03, 10.0)
    first, second, *_, awaited = found.judgements
    assert (first.expert, first.leg, first.round, first.signed) == ("E1", "AB", 1, "")
    assert first.estimate == Estimate(100, 1.0, 6.0, 2.0, 0.8)
    assert (second.round, second.signed) == (2, "E1")
    assert (awaited.asked, awaited.estimate) == (Asked.DEMAND, None)
    assert [each.silent_days for each in found.judgements] == [None, None, 30, 30, None]
    assert [(each.chance, each.true) for each in found.closed_answers] == [(0.7, True), (0.2, None)]
    leg, partner = found.past
    assert (leg.subject, leg.judged, leg.stated) == (Subject.LEG, Stated(0.02, 20.0), Stated(0.02, 25.0))
    assert leg.regimes == ("before", "closed")
    assert (partner.subject, partner.quantity, partner.judged) == (Subject.PARTNER, Quantity.DAYS, None)


def test_a_blank_chance_is_not_stated(full: dict[str, str], write: Write) -> None:
    unstated = experience_of(read_folder(write(full)).tables).unstated
    assert ("BC", Quantity.TURNED_BACK) in unstated
    assert ("CD", Quantity.DEMAND) in unstated
    assert ("AB", Quantity.INTERCEPTED) not in unstated


def test_only_learned_columns_change_and_all_else_is_the_same_to_the_byte(folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    tables, lessons = learned(folder)
    files = learned_files(folder, with_lessons(tables, lessons))
    assert {name for name in files if files[name] != before.get(name)} == {"legs.csv", "beliefs.csv"}
    replace_folder(folder, files)
    after = read_folder(folder)
    assert after.faults == ()
    columns = {name for names in LEARNED_COLUMNS.values() for name in names}
    changed = {
        name
        for old, new in zip(tables.rows("legs.csv"), after.tables.rows("legs.csv"), strict=True)
        for name in old.cells
        if old[name] != new[name]
    }
    assert changed
    assert changed <= columns
    assert after.tables["legs.csv"].columns == tables["legs.csv"].columns


def test_what_was_written_is_what_was_believed(folder: Path) -> None:
    tables, lessons = learned(folder)
    replace_folder(folder, learned_files(folder, with_lessons(tables, lessons)))
    network = read_folder(folder).network
    assert network is not None
    legs = {leg.id: leg for leg in network.legs}
    for each in lessons.beliefs:
        if each.subject is Subject.LEG and each.quantity is Quantity.INTERCEPTED:
            assert legs[each.id].intercepted.mean == pytest.approx(each.mean, rel=1e-5)
            assert legs[each.id].intercepted.weight == pytest.approx(each.weight, rel=1e-5)
        if each.subject is Subject.LEG and each.quantity is Quantity.DAYS:
            days = legs[each.id].days
            assert (days.low + days.likely + days.high) / 3 == pytest.approx(each.mean, rel=1e-3)


def test_learning_twice_writes_the_same_bytes(folder: Path) -> None:
    written = []
    for _ in range(3):
        tables, lessons = learned(folder)
        files = learned_files(folder, with_lessons(tables, lessons))
        replace_folder(folder, files)
        written.append(files)
    assert written[1]["legs.csv"] == written[2]["legs.csv"]
    assert written[1]["beliefs.csv"] == written[2]["beliefs.csv"]
    assert {each.reasons[0].why for each in learned(folder)[1].beliefs} == {"same"}


def test_a_demand_of_no_amount_is_not_written(folder: Path) -> None:
    tables, lessons = learned(folder)
    (interception,) = [each for each in lessons.beliefs if (each.id, each.quantity) == ("AB", Quantity.INTERCEPTED)]
    asked = replace(interception, id="BC", quantity=Quantity.DEMAND)
    made = with_lessons(tables, replace(lessons, beliefs=(asked,)))
    assert made.by_id("legs.csv")["BC"].is_blank("demand")
    assert made.by_id("legs.csv")["BC"].cells == tables.by_id("legs.csv")["BC"].cells


def test_chances_that_cannot_be_together_are_not_written(folder: Path) -> None:
    tables, lessons = learned(folder)
    high = tuple(replace(each, mean=0.9) for each in lessons.beliefs if each.quantity is not Quantity.DAYS)
    with pytest.raises(LearnedFaultError, match="sum to more than 1"):
        with_lessons(tables, replace(lessons, beliefs=high))


def test_what_could_not_be_read_again_is_not_written(folder: Path) -> None:
    tables, lessons = learned(folder)
    endless = tuple(replace(each, mean=5000.0) for each in lessons.beliefs if each.quantity is Quantity.DAYS)
    with pytest.raises(LearnedFaultError, match="out of range"):
        with_lessons(tables, replace(lessons, beliefs=endless))


def test_levels_of_an_outcome_are_read(folder: Path) -> None:
    network = read_folder(folder).network
    assert network is not None
    assert network.outcomes[0].levels == {LevelRef("patrols", "many")}
