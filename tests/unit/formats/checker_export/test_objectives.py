from waystation.engine.journeys.process import NO_MONEY, MoneyGrid, Process
from waystation.formats.checker_export.objectives import describe


def test_every_line_is_a_comment_that_both_programs_skip(process: Process) -> None:
    assert all(line.startswith("//") for line in describe(process, NO_MONEY))


def test_it_says_where_and_when_the_journey_starts(process: Process) -> None:
    text = "\n".join(describe(process, NO_MONEY))
    assert "It starts on 2026-06-01 at A-1 and has 2 slots of\n// 24 hours" in text
    assert "Money is counted but not limited." in text


def test_it_says_how_much_money_is_in_the_states(process: Process) -> None:
    assert "13 steps of 1.00 USD to begin with" in "\n".join(describe(process, MoneyGrid(step=100, steps=13)))
