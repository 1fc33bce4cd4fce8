from dataclasses import replace
from datetime import date

import pytest
from tests.unit.engine.portfolio.networks import FIRST, TERMS, group_of, network_of

from waystation.briefs.decision import words
from waystation.briefs.voice import Voice
from waystation.engine.model import Network
from waystation.engine.portfolio.decision import Decision, Scarce
from waystation.engine.portfolio.rows import Row, RowKind
from waystation.engine.portfolio.select import select


@pytest.fixture(scope="module")
def network() -> Network:
    return network_of((group_of("a", 2), group_of("b", 4), group_of("c", 3)))


@pytest.fixture(scope="module")
def decision(network: Network) -> Decision:
    return select(network, FIRST, TERMS, [])


@pytest.fixture
def voice(network: Network) -> Voice:
    return Voice("en", network, network.groups[0], FIRST)


def test_a_shadow_price_is_said_so_that_a_donor_understands_it(decision: Decision, voice: Voice) -> None:
    told = replace(
        decision, until=date(2027, 4, 1), scarce=(Scarce(RowKind.MONEY, "general 2027-Q1", 100_000.0, 0.4, 0.8),)
    )
    assert words.scarce(told, voice) == ["1,000 USD more for general 2027-Q1: 0.4 people more by 1 Apr 2027."]
    assert words.scarce(replace(told, scarce=()), voice)[0].startswith("A little more")


@pytest.mark.parametrize("kind", list(RowKind))
def test_every_limit_has_words_in_both_languages(kind: RowKind, network: Network) -> None:
    for language in ("en", "ko"):
        voice = Voice(language, network, network.groups[0], FIRST)
        assert words.resource(Row(kind, "H", 1), FIRST, voice)


def test_a_bed_has_a_night_and_a_partner_a_week(voice: Voice) -> None:
    assert "5 Jan" in words.resource(Row(RowKind.BEDS, "H", 1), FIRST, voice)
    assert "11 Jan" in words.resource(Row(RowKind.PARTNER, "p", 1), FIRST, voice)


def test_who_does_not_go_is_told_what_is_short_and_what_would_be_enough(decision: Decision, voice: Voice) -> None:
    told = dict(words.not_now(decision, voice))
    assert set(told) == {"a", "b", "c"} - set(decision.chosen)
    assert told
    assert all("lacks" in why and "it would fit" in why and "is worth" in why for why in told.values())
    assert not any(voice.say("select.section.not_now") in why for why in told.values())  # it stands above them


def test_a_broken_promise_is_said_first(decision: Decision, voice: Voice) -> None:
    assert words.promises(decision, voice) == []
    assert "promised" in words.promises(replace(decision, broken_promises=("a",)), voice)[0]


def test_every_table_has_as_many_cells_as_columns(decision: Decision, voice: Voice) -> None:
    for table in (words.now_table(decision, voice), words.fairness(decision, voice)):
        assert {len(row) for row in table.rows} == {len(table.head)}
