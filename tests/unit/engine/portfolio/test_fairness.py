from datetime import date

from waystation.engine.model import Urgency
from waystation.engine.portfolio.decision import Going, Standing, Verdict
from waystation.engine.portfolio.fairness import fairness


def test_who_waits_is_counted_by_declared_need() -> None:
    going = Going("safest", date(2027, 1, 11), 1.0, 0.0, 0.0, 5.0)
    verdicts = (
        Verdict("a", 2, Urgency.URGENT, Standing.NOW, going, waited=10),
        Verdict("b", 3, Urgency.URGENT, Standing.NOT_NOW, waited=20),
        Verdict("c", 1, Urgency.URGENT, Standing.REFUSED, waited=40),
        Verdict("d", 1, Urgency.NORMAL, Standing.NO_PLAN),
    )
    urgent, normal = fairness(verdicts, date(2027, 1, 4))
    assert (urgent.groups, urgent.people, urgent.going, urgent.people_going) == (3, 6, 1, 2)
    assert urgent.waited == (30.0, 40)
    assert urgent.until_start == 17.0
    assert (normal.waited, normal.until_start) == (None, None)
