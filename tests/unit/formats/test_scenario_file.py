from pathlib import Path

import pytest

from waystation.engine.simulation.scenario import Change, ChangeKind
from waystation.formats.scenario_file import read_scenario

EXAMPLES = Path(__file__).parents[3] / "examples" / "scenarios"


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.toml")), ids=lambda path: path.stem)
def test_every_shipped_scenario_is_without_fault(path: Path) -> None:
    scenario, faults = read_scenario(path.read_text("utf-8"), path.name)
    assert faults == []
    assert scenario is not None
    assert scenario.note


def test_all_four_kinds_of_event_are_shipped() -> None:
    read = [read_scenario(path.read_text("utf-8"), path.name)[0] for path in EXAMPLES.glob("*.toml")]
    assert {change.kind for each in read if each is not None for change in each.changes} == set(ChangeKind)


def test_what_is_written_is_read() -> None:
    text = """
name = "worse"
[organisation]
gives_up = 0.02
party = 3
[[change]]
kind = "risk"
factor = 2
legs = ["a"]
begins = 0.1
ends = 0.2
[[change]]
kind = "partner_lost"
partners = ["d1"]
from_week = 4
weeks = 8
"""
    scenario, faults = read_scenario(text, "worse.toml")
    assert faults == []
    assert scenario is not None
    assert dict(scenario.settings) == {"gives_up": 0.02, "party": 3}
    assert list(scenario.changes) == [
        Change(ChangeKind.RISK, 2.0, frozenset({"a"}), begins=0.1, ends=0.2),
        Change(ChangeKind.PARTNER_LOST, partners=frozenset({"d1"}), from_week=4, weeks=8),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("\nname = = 3", "s.toml:2:8: this is not TOML"),
        ('note = "x"', "s.toml:1:1: a scenario needs a name"),
        ('name = "x"\nnmae = 3', "s.toml:2:1: there is no key 'nmae'; did you mean name?"),
        ('name = "x"\n[organisation]\ngives_up = 3', "s.toml:3:1: gives_up is a chance from 0 to 1, not 3"),
        ('name = "x"\n[organisation]\nparty = 2.5', "s.toml:3:1: 2.5 is no number that party takes"),
        ('name = "x"\norganisation = 3', "s.toml:2:1: organisation is no table"),
        ('name = "x"\nchange = 3', "s.toml:2:1: change is no list of tables"),
        ('name = "x"\n[[change]]\nfactor = 2', "s.toml:2:1: a change needs a kind"),
        ('name = "x"\n[[change]]\nkind = "war"', "s.toml:3:1: there is no kind 'war'; write one of risk"),
        ('name = "x"\n[[change]]\nkind = "risk"', "s.toml:3:1: no factor is given"),
        ('name = "x"\n[[change]]\nkind = "price"\nfactor = 0', "s.toml:4:1: 0 is no factor; write a number above 0"),
        ('name = "x"\n[[change]]\nkind = "closed"\nweeks = 0', "s.toml:4:1: 0 is no number of weeks"),
        ('name = "x"\n[[change]]\nkind = "closed"\nlegs = "a"', "s.toml:4:1: 'a' is no list of ids"),
        ('name = "x"\n[[change]]\nkind = "partner_lost"', "s.toml:3:1: no partner is named"),
        (
            'name = "x"\n[[change]]\nkind = "closed"\n[[change]]\nkind = "closed"\nbegins = 0.1\nweeks = 3',
            "s.toml:6:1: begins goes without from_week and weeks",
        ),
        ('name = "x"\n' + '[[change]]\nkind = "closed"\n' * 5, "s.toml:2:1: 5 changes; write at most 4"),
    ],
)
def test_each_fault_has_its_place_and_what_would_be_right(text: str, said: str) -> None:
    scenario, faults = read_scenario(text, "s.toml")
    assert scenario is None
    assert any(str(fault).startswith(said) for fault in faults), [str(fault) for fault in faults]
    assert all(fault.right for fault in faults)


def test_all_faults_come_at_once() -> None:
    _, faults = read_scenario('nmae = "x"\n[[change]]\nkind = "war"\nfactor = -1', "s.toml")
    assert len(faults) == 4
