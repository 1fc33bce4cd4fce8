from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import uuid4

from hypothesis import given, settings
from hypothesis import strategies as st

from waystation.cases.index.entry import Entry
from waystation.cases.index.order import BITS, Order, due_of, key_of, marks_of
from waystation.cases.index.reasons import Reason
from waystation.cases.steps.vocabulary import Priority, Step
from waystation.cases.summary import Outline, Summary
from waystation.store.tiers import Tier

AT = datetime(2031, 3, 1, 9, 0, tzinfo=UTC)


def some(number: int) -> list[Entry]:
    """Return invented cases, the same for the same number."""
    chance = Random(number)
    found = []
    for place in range(number):
        step, priority = chance.choice(list(Step)), chance.choice(list(Priority))
        due = date(2031, 3, 1 + chance.randrange(20)) if chance.random() < 0.5 else None
        at = AT - timedelta(minutes=chance.randrange(5 * number))
        found.append(
            Entry(
                id=uuid4(),
                code=f"{place:03d}",
                version=1,
                team_id=None,
                created_at=at,
                updated_at=at,
                closed_at=None if chance.random() < 0.7 else at,
                maker=uuid4(),
                held=False,
                tiers=frozenset({Tier.WELFARE}),
                summary=Summary(step, priority=priority, due=due) if chance.random() < 0.6 else None,
                outline=Outline("", 1, step, priority) if chance.random() < 0.5 else None,
                words=chance.choice([b" old river", b" river", b" coast", b""]),
                why=tuple(chance.sample(list(Reason), chance.randrange(3))),
                whose=chance.choice([("mine", "all"), ("team", "all"), ("all",)]),
            )
        )
    return found


def test_every_word_has_a_bit_of_its_own() -> None:
    assert len({*BITS.values()}) == len(BITS) < 64
    assert all(bit.bit_count() == 1 for bit in BITS.values())
    assert {value for name, value in BITS if name == "step"} == {str(each) for each in Step}


def test_what_bears_the_marks_is_found_in_order() -> None:
    entries = some(80)
    order = Order.of(entries)
    assert order.entries == sorted(entries, key=key_of)
    for (name, value), bit in BITS.items():
        found = order.marked(bit)
        assert found == [each for each in order.entries if _holds(each, name, value)], (name, value)
    both = order.marked(BITS["state", "open"] | BITS["what", "overdue"])
    assert both == [each for each in order.entries if each.open and Reason.OVERDUE in each.why]


def test_due_first_and_what_is_never_due_last() -> None:
    order = Order.of(some(60))
    found = order.marked(0, due_first=True)
    days = [each.summary.due for each in found if each.summary and each.summary.due]
    assert days == sorted(days)
    assert found[len(days) :] == [each for each in order.entries if due_of(each) == due_of(found[-1])]


def test_every_word_must_be_found() -> None:
    order = Order.of(some(40))
    assert order.with_words([b" ri"]) == [each for each in order.entries if b" ri" in each.words]
    assert order.with_words([b" old", b" ri"]) == [each for each in order.entries if each.words == b" old river"]
    assert order.with_words([]) == order.with_words([b" nothing"]) == []


@settings(deadline=None, max_examples=30)
@given(st.integers(1, 30), st.integers(0, 10), st.integers(0, 10))
def test_moving_a_few_is_sorting_all(number: int, gone: int, moved: int) -> None:
    entries = some(number)
    before = Order.of(entries)
    left, others = entries[gone:], entries[:gone]
    newer = [replace(each, updated_at=AT + timedelta(days=1), closed_at=None) for each in left[:moved]]
    found = before.moved([*others, *left[:moved]], newer)
    assert found == Order.of([*left[moved:], *newer])
    assert before == Order.of(entries)


def _holds(entry: Entry, name: str, value: str) -> bool:
    known = entry.summary or entry.outline
    return {
        "state": value == ("open" if entry.open else "closed"),
        "whose": value in entry.whose,
        "what": value in entry.why,
        "step": known is not None and known.step == value,
        "priority": known is not None and known.priority == value,
    }[name]


def test_marks_are_those_of_the_case() -> None:
    assert all(bool(marks_of(each) & bit) is _holds(each, *word) for each in some(20) for word, bit in BITS.items())
