from waystation.engine.model import Network
from waystation.engine.portfolio.decision import Decision, Standing
from waystation.engine.portfolio.rows import RowKind


def test_what_is_short_is_named_with_how_much_and_its_price(decision: Decision, small: Network) -> None:
    waiting = [each for each in decision.verdicts if each.standing is Standing.NOT_NOW]
    assert waiting
    for each in waiting:
        assert each.wanting is not None
        assert all(short.missing > 0.0 and short.price >= 0.0 for short in each.wanting.short)
        assert sum(short.price for short in each.wanting.short) <= each.wanting.price + 1e-9
        money = [short.missing for short in each.wanting.short if short.row.kind is RowKind.MONEY]
        assert all(missing <= each.wanting.plan.spending + 1e-6 for missing in money)
