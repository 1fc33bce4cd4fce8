from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.engine.learning.folders import AS_OF, UNSURE, leg, network, outcome, twenty
from waystation.engine.learning.jeffreys import jeffreys_interval
from waystation.engine.learning.learn import learn, share_of_judgement
from waystation.engine.learning.result import Learned, Lessons, Why
from waystation.engine.model import (
    Asked,
    Estimate,
    Experience,
    Judgement,
    LearningRules,
    Mode,
    Network,
    OutcomeKind,
    PastBelief,
    Quantity,
    Regime,
    Stated,
    Subject,
)

LEGS = (leg("L1", partner="G1", intercepted=UNSURE), leg("L2", intercepted=UNSURE), leg("F", Mode.FOOT))
NETWORK = network(
    LEGS, [*twenty(), outcome("L2", count=4, days=2.0), outcome("L1", OutcomeKind.CALLED_OFF)], ["G1", "G2"]
)


def one(lessons: Lessons, name: str = "L1", quantity: Quantity = Quantity.INTERCEPTED) -> Learned:
    return next(each for each in lessons.beliefs if (each.id, each.quantity) == (name, quantity))


def signed(leg: str | None = "F", asked: Asked = Asked.INTERCEPTED, **more: object) -> tuple[Judgement, ...]:
    answer = Estimate(100, 5, 20, 10, 0.8)
    return tuple(
        Judgement(expert, leg, asked, number, date(2026, 10, number), answer, signed=expert, **more)  # type: ignore[arg-type]
        for number in (1, 2)
        for expert in ("E1", "E2")
    )


def test_legs_of_one_mode_and_country_share_and_others_do_not() -> None:
    lessons = learn(NETWORK, Experience())
    assert {each.id for each in lessons.beliefs if each.subject is Subject.LEG} == {"L1", "L2"}
    assert one(lessons, "L2").like == 1
    assert one(lessons, "L2").mean > 0.01
    assert lessons.called_off == 1


def test_a_partner_is_believed_what_happened_under_them() -> None:
    found = one(learn(NETWORK, Experience()), "G1")
    assert (found.subject, found.missions, found.events) == (Subject.PARTNER, 20, 1)
    assert found.alone == jeffreys_interval(1, 20)
    assert not any(each.id == "G2" for each in learn(NETWORK, Experience()).beliefs)


def test_every_number_lies_within_its_interval_and_shares_are_shares() -> None:
    for each in learn(NETWORK, Experience()).beliefs:
        assert each.low <= each.mean <= each.high
        assert 0.0 <= each.judgement_share <= 1.0
        assert each.reasons == (each.reasons[0],)
        assert each.reasons[0].why is Why.FIRST


def test_days_are_learned_in_days() -> None:
    found = one(learn(NETWORK, Experience()), "L2", Quantity.DAYS)
    assert 1.0 < found.low < found.mean < 2.0
    assert found.stated == Stated(1.0, 10.0)


def test_judgement_speaks_where_nothing_has_happened_and_says_that_it_does() -> None:
    found = one(learn(NETWORK, Experience(judgements=signed())), "F")
    assert (found.missions, found.judgement_share, found.panel) == (0, 1.0, True)
    assert found.mean == pytest.approx(0.11, abs=0.03)


def test_the_more_missions_the_less_of_it_is_judgement() -> None:
    shares = [
        one(learn(network(LEGS[:1], [outcome("L1", count=count)], ["G1"]), Experience())).judgement_share
        for count in (1, 10, 100, 1000)
    ]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] > 0.6
    assert shares[-1] < 0.02


def test_share_of_judgement_by_hand() -> None:
    assert share_of_judgement(30.0, [15.0, 4.0], 0, Stated(0.1, 5.0)) == pytest.approx((5.0 + 10.0 / 5.0) / 30.0)
    assert share_of_judgement(8.0, [15.0], 0, None) == 0.0
    assert share_of_judgement(3.0, [0.0], 0, None) == 1.0


def test_nothing_at_all_teaches_nothing() -> None:
    assert learn(network(LEGS), Experience()).beliefs == ()


@settings(max_examples=6, deadline=None)
@given(st.permutations(range(len(NETWORK.outcomes))))
def test_the_order_of_outcomes_does_not_matter(order: list[int]) -> None:
    shuffled = replace(NETWORK, outcomes=tuple(NETWORK.outcomes[index] for index in order))
    one_way, other = learn(NETWORK, Experience()), learn(shuffled, Experience())
    for first, second in zip(one_way.beliefs, other.beliefs, strict=True):
        assert (first.id, first.mean, first.low, first.high) == pytest.approx(
            (second.id, second.mean, second.low, second.high)
        )


def test_rows_that_stand_for_several_passages_equal_those_passages() -> None:
    single = tuple(replace(each, count=1) for each in NETWORK.outcomes for _ in range(each.count))
    one_way, other = learn(NETWORK, Experience()), learn(replace(NETWORK, outcomes=single), Experience())
    assert [each.mean for each in one_way.beliefs] == pytest.approx([each.mean for each in other.beliefs])
    assert [each.missions for each in one_way.beliefs] == [each.missions for each in other.beliefs]


def test_a_discount_of_one_changes_nothing_and_of_nought_leaves_nothing() -> None:
    def of(discount: float) -> Learned:
        return one(learn(NETWORK, Experience(regimes=(Regime("closed", date(2026, 1, 1), discount),))))

    plain, same, half, none = one(learn(NETWORK, Experience())), of(1.0), of(0.5), of(0.0)
    assert (same.mean, same.weight) == pytest.approx((plain.mean, plain.weight))
    assert plain.weight > half.weight > none.weight
    assert (plain.effective, half.effective, none.effective) == (20.0, 10.0, 0.0)
    assert plain.judgement_share < half.judgement_share < none.judgement_share == 1.0


def kept(lessons: Lessons) -> tuple[PastBelief, ...]:
    return tuple(
        PastBelief(each.subject, each.id, each.quantity, AS_OF, each.mean, each.weight, each.missions, each.events,
                   each.judged, each.stated, each.regimes)
        for each in lessons.beliefs
    )  # fmt: skip


def learned_into(network: Network, lessons: Lessons) -> Network:
    legs = []
    for each in network.legs:
        by = {b.quantity: b for b in lessons.beliefs if b.id == each.id}
        if Quantity.INTERCEPTED in by:
            found = by[Quantity.INTERCEPTED]
            each = replace(each, intercepted=replace(each.intercepted, mean=found.mean, weight=found.weight))
        legs.append(each)
    return replace(network, legs=tuple(legs))


def test_learning_again_from_the_same_counts_nothing_twice() -> None:
    lessons = learn(NETWORK, Experience())
    again = learn(learned_into(NETWORK, lessons), Experience(past=kept(lessons)))
    first, second = one(lessons), one(again)
    assert second.mean == pytest.approx(first.mean)
    assert second.weight == pytest.approx(first.weight)
    assert (second.reasons[0].why, second.stated) == (Why.SAME, Stated(0.02, 10.0))


def test_what_changed_and_why() -> None:
    lessons = learn(NETWORK, Experience())
    more = replace(learned_into(NETWORK, lessons), outcomes=(*NETWORK.outcomes, *twenty(3)))
    again = learn(more, Experience(past=kept(lessons)))
    changed, borrowed = one(again), one(again, "L2")
    assert [(each.why, each.missions, each.events) for each in changed.reasons] == [(Why.MISSIONS, 20, 3)]
    assert [each.why for each in borrowed.reasons] == [Why.OTHERS]
    assert changed.before is not None
    assert changed.mean > changed.before.value == one(lessons).mean


def test_a_silence_raises_the_chance_by_what_people_were_asked() -> None:
    silent = replace(
        NETWORK, outcomes=(*NETWORK.outcomes, outcome("L1", OutcomeKind.UNKNOWN, count=3, on=date(2026, 10, 1)))
    )
    asked = Experience(judgements=signed(None, Asked.SILENT, silent_days=30))
    lessons = learn(silent, asked)
    assert lessons.silent == 3
    assert one(lessons).missions == 23
    assert one(lessons).mean > one(learn(NETWORK, Experience())).mean


def test_wider_intervals_when_asked_for() -> None:
    narrow, wide = (one(learn(NETWORK, Experience(), coverage)) for coverage in (0.8, 0.95))
    assert wide.low < narrow.low
    assert wide.high > narrow.high


def test_judgement_worth_nothing_is_not_counted() -> None:
    rules = LearningRules(judgement_cap=0.0)
    found = one(learn(NETWORK, Experience(judgements=signed("L1"), rules=rules)))
    assert (found.judged, found.panel) == (None, False)
    assert found.mean == pytest.approx(
        one(learn(NETWORK, Experience(unstated=frozenset({("L1", Quantity.INTERCEPTED)})))).mean
    )
