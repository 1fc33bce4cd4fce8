from waystation.engine.model import Urgency
from waystation.engine.portfolio.decision import Decision, Standing, Verdict


def test_the_chosen_are_those_who_go(decision: Decision) -> None:
    assert decision.chosen == tuple(each.group for each in decision.verdicts if each.going is not None)


def test_the_margin_lies_between_never_and_always() -> None:
    verdicts = [Verdict("a", 1, Urgency.NORMAL, Standing.NOW, stability=each) for each in (None, 0.05, 0.5, 0.95)]
    assert [each.is_marginal for each in verdicts] == [False, False, True, False]
