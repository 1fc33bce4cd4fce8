import dataclasses

import pytest
from tests.oracle.small_journeys import ALONE, START, leg, network

from waystation.briefs.language import keys_of
from waystation.cli.simulation_answer import END_NAMES, MEASURE_NAMES, RULE_NAMES, print_replayed
from waystation.engine.model import Caps
from waystation.engine.simulation.journey import replay_plan
from waystation.engine.simulation.live import COMPILED
from waystation.engine.simulation.script import ENDS


def test_every_measure_end_and_rule_has_words() -> None:
    assert set(END_NAMES) == set(ENDS)
    assert set(COMPILED) <= set(RULE_NAMES)
    named = {*END_NAMES.values(), *MEASURE_NAMES.values(), *RULE_NAMES.values()}
    assert named <= keys_of("en")


def test_a_simulation_that_disagrees_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    found = replay_plan(network([leg("ride", "origin", "goal")]), ALONE, START, Caps(), 1, 10)
    print_replayed(found, "en")
    assert "agree" in capsys.readouterr().out
    print_replayed(dataclasses.replace(found, z=found.z | {"harm": -4.5}), "en")
    assert "use neither" in capsys.readouterr().out
