import json

from tests.unit.engine.portfolio.networks import FIRST, TERMS, group_of, network_of

from waystation.cli.decision_document import decision_document
from waystation.engine.portfolio.select import select
from waystation.engine.portfolio.what_if import Supposed


def test_everything_is_told_as_plain_values() -> None:
    network = network_of((group_of("a", 2), group_of("b", 4), group_of("c", 3)))
    decision = select(network, FIRST, TERMS, [Supposed("money", "general 2027-Q1", 100_000.0)])
    told = json.loads(json.dumps(decision_document(decision)))
    assert told["chosen"] == list(decision.chosen)
    assert told["what_if"][0]["more"] == "1000.00"
    assert told["held"]["replays"] == TERMS.replays
    waiting = [each for each in told["groups"] if each["standing"] == "not_now"]
    assert waiting
    assert waiting[0]["not_now"]["short"]
    assert told["spending"][0]["available"] == "1500.00"
