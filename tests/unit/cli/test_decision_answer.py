from pathlib import Path

import pytest
from tests.unit.engine.portfolio.networks import FIRST, TERMS, group_of, network_of

from waystation.briefs.voice import Voice
from waystation.cli.decision_answer import print_decision
from waystation.engine.portfolio.select import select


@pytest.mark.parametrize(("language", "words"), [("en", ["Not now", "What if"]), ("ko", ["지금은 아님", "만약"])])
def test_every_part_is_printed_in_both_languages(
    language: str, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    network = network_of((group_of("a", 2), group_of("b", 4), group_of("c", 3)))
    decision = select(network, FIRST, TERMS)
    print_decision(decision, Voice(language, network, network.groups[0], FIRST), [Path("out/x.pdf")])  # type: ignore[arg-type]
    printed = capsys.readouterr().out
    assert all(word in printed for word in [*words, "out/x.pdf", "a", "b", "c"])
