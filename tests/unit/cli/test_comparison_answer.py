import dataclasses
from datetime import date
from pathlib import Path

import pytest

from waystation.briefs.comparison import Pair
from waystation.briefs.voice import Voice
from waystation.cli.comparison_answer import print_comparison
from waystation.cli.folder import open_folder
from waystation.engine.journeys.comparison import Question, Subject, compare
from waystation.engine.journeys.plan import ChoiceName
from waystation.engine.model import Belief, Caps, Network
from waystation.kernel import Money

DAY = date(2026, 11, 20)


@pytest.fixture
def network(three_places: Path) -> Network:
    return open_folder(three_places, as_json=False)


def said(subject: Subject, first: Question, second: Question, capsys: pytest.CaptureFixture[str]) -> str:
    voices = [Voice("en", each.network, each.group, each.start) for each in (first, second)]
    print_comparison(compare(subject, first, second), Pair(voices[0], voices[1], ("one", "other")))
    out, err = capsys.readouterr()
    assert err == ""
    assert "\x1b" not in out
    return out


def asked(network: Network, **caps: object) -> Question:
    return Question(network, network.groups[0], Caps(days=20, **caps), DAY)  # type: ignore[arg-type]


def test_two_folders_side_by_side(network: Network, capsys: pytest.CaptureFixture[str]) -> None:
    legs = tuple(dataclasses.replace(leg, intercepted=Belief(0.2), km=leg.km + 1) for leg in network.legs)
    out = said(Subject.FOLDER, asked(network), asked(dataclasses.replace(network, legs=legs)), capsys)
    for words in ("The arrival is lower by", "Likeliest way", "interception", "20 %", "All together: −"):
        assert words in out
    assert out.index("What changed the answer") < out.index("What differs and changes less than") < out.index("km")


def test_equal_folders(network: Network, capsys: pytest.CaptureFixture[str]) -> None:
    out = said(Subject.FOLDER, asked(network), asked(network), capsys)
    for words in ("The arrival is the same", "No input differs", "Nowhere: the plans do the same"):
        assert words in out


def test_long_lists_of_what_changes_nothing_are_cut(network: Network, capsys: pytest.CaptureFixture[str]) -> None:
    told = {f"S{n}": "told" for n in range(20)}
    second = dataclasses.replace(network, sources={**network.sources, **told})
    assert "and 5 more" in said(Subject.FOLDER, asked(network), asked(second), capsys)


def test_two_choices_tell_where_they_part(network: Network, capsys: pytest.CaptureFixture[str]) -> None:
    other = dataclasses.replace(asked(network), prefer=ChoiceName.FASTEST)
    out = said(Subject.CHOICE, asked(network), other, capsys)
    assert "Where the plans do otherwise" in out
    assert "What changed the answer" not in out


def test_one_without_a_plan(network: Network, capsys: pytest.CaptureFixture[str]) -> None:
    out = said(Subject.BUDGET, asked(network), asked(network, budget=Money(1, "USD")), capsys)
    for words in ("Only one of them has a plan: one.", "Why there is no plan: other", "Raise the budget"):
        assert words in out
    assert "Where the plans do otherwise" not in out


def test_one_refused_by_a_rule(network: Network, capsys: pytest.CaptureFixture[str]) -> None:
    unasked = dataclasses.replace(network.groups[0], consent_on=None)
    out = said(Subject.FOLDER, asked(network), dataclasses.replace(asked(network), group=unasked), capsys)
    assert "cannot be planned for yet" in out
    assert "What changed the answer" not in out
