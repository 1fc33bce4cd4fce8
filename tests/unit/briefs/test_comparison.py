import dataclasses
import math
from datetime import date

import pytest

from waystation.briefs import comparison as wording
from waystation.briefs.comparison import Pair
from waystation.briefs.voice import Voice
from waystation.engine.journeys.argument import Doubt, Interval
from waystation.engine.journeys.comparison import Change, Comparison, Effect, Part, Subject, divergences
from waystation.engine.journeys.comparison.result import Answer
from waystation.engine.journeys.eligibility import BrokenRule, GroupRefusedError, Rule
from waystation.engine.journeys.plan import ChoiceName, Plan
from waystation.engine.model import Belief, Group, Network
from waystation.kernel import Money

DAY = date(2026, 11, 18)
WORSE = Change(Part.LEG, ("L1",), "intercepted", Belief(0.04), Belief(0.06))
LONGER = Change(Part.LEG, ("L1",), "km", 1.0, 2.0)


@pytest.fixture
def pair(network: Network, group: Group) -> Pair:
    voice = Voice("en", network, group, DAY)
    return Pair(voice, voice, ("before", "after"))


def compared(first: Answer, second: Answer, *effects: Effect, together: float | None = None) -> Comparison:
    otherwise = divergences(first, second) if isinstance(first, Plan) and isinstance(second, Plan) else ()
    return Comparison(Subject.FOLDER, first, second, effects, 0.9432, together, otherwise)


def prefer(plan: Plan, name: ChoiceName) -> Plan:
    return dataclasses.replace(plan, chosen=name)


def test_the_headline(plan: Plan, blocked: Plan, pair: Pair) -> None:
    careful = prefer(plan, ChoiceName.CAREFUL)
    said = [
        (plan, careful, "The arrival is lower by 2.2 points: 92.1 % (after) against 94.3 % (before)."),
        (careful, plan, "The arrival is higher by 2.2 points: 94.3 % (after) against 92.1 % (before)."),
        (plan, plan, "The arrival is the same: 94.3 % (before; after)."),
        (plan, blocked, "Only one of them has a plan: before. There is none for: after."),
        (blocked, plan, "Only one of them has a plan: after. There is none for: before."),
        (blocked, blocked, "Neither has a plan (before; after)."),
    ]
    for first, second, sentence in said:
        assert wording.headline(compared(first, second), pair) == sentence


def test_both_answers_measure_by_measure(plan: Plan, pair: Pair) -> None:
    rows = wording.rows(compared(plan, prefer(plan, ChoiceName.CHEAPEST)), pair)
    assert [(row.name, row.first, row.second, row.difference) for row in rows][:4] == [
        ("Arrive", "94.3 %", "90.5 %", "−3.8 points"),
        ("Harm", "2.1 %", "2.1 %", "equal"),
        ("Neither", "3.6 %", "3.6 %", "equal"),
        ("Cost if arrived", "11,503 USD", "8,400 USD", "−3,103 USD"),
    ]
    assert rows[6].difference == "equal"
    assert (rows[-1].first, rows[-1].difference) == ("L1 → L2 → L3 → L4 → L6 → L7", "the same")


def test_small_differences_are_told_and_rounding_is_not(plan: Plan, pair: Pair) -> None:
    first = plan.choices[0].evaluation

    def differences(**changed: float) -> list[str]:
        choice = dataclasses.replace(plan.choices[0], evaluation=dataclasses.replace(first, **changed))  # type: ignore[arg-type]
        rows = wording.rows(compared(plan, dataclasses.replace(plan, choices=(choice,))), pair)
        return [row.difference for row in rows if row.difference not in {"equal", "the same"}]

    assert differences(days_expected=first.days_expected - 0.04) == ["−<0.1 days"]
    assert differences(cost_expected=first.cost_expected + 250.0) == ["+3 USD"]
    assert differences(days_expected=first.days_expected + 1e-9, cost_expected=first.cost_expected + 1e-3) == []


def test_intervals_stand_beside_where_the_plan_carries_them(plan: Plan, pair: Pair) -> None:
    one = Interval(0.9, 0.94, 0.97)
    money = Interval(1000000.0, 1100000.0, 1200000.0)
    doubt = Doubt(1000, 0.8, one, one, one, money, Interval(math.nan, math.nan, math.nan), (), (), (), ())
    sure = dataclasses.replace(plan.choices[0], doubt=doubt)
    rows = wording.rows(compared(dataclasses.replace(plan, choices=(sure,)), plan), pair)
    assert rows[0].first == "94.3 % [90 to 97 %]"
    assert rows[4].first == "11,043 USD [10,000 to 12,000 USD]"
    assert rows[6].first == "23.7 days"
    assert rows[0].second == "94.3 %"
    noted = compared(dataclasses.replace(plan, choices=(sure,)), plan)
    assert wording.interval_note(noted, pair) == (
        "In square brackets: the 80 % interval, because every chance is a belief and not a fact."
    )
    assert wording.interval_note(compared(plan, plan), pair) == ""


def test_no_difference_where_there_is_nothing_to_compare(plan: Plan, blocked: Plan, pair: Pair) -> None:
    assert {(row.second, row.difference) for row in wording.rows(compared(plan, blocked), pair)} == {("–", "")}
    won = dataclasses.replace(plan, currency="KRW")
    rows = wording.rows(compared(plan, won), pair)
    assert [row.difference for row in rows[3:6]] == ["", "", ""]


def test_effects_with_what_had_to_come_along(plan: Plan, pair: Pair) -> None:
    inn = Change(Part.PLACE, ("inn",), "", None, pair.first.places["la-n"])
    found = compared(plan, plan, Effect(WORSE, -0.02, (inn,)), Effect(LONGER, 0.0), Effect(inn, None), together=-0.015)
    first, alone = wording.effects(found, pair)
    assert (first.change.what, first.effect) == ("interception", "−2 points")
    assert first.along == ("with inn: added",)
    assert alone.effect == "not alone"
    assert [each.what for each in wording.without_effect(found, pair)] == ["length in km"]
    assert wording.effects_lead(found, pair).endswith("the likeliest arrival of 94.3 %.")
    assert len(wording.effect_notes(found, pair)) == 1
    assert wording.effect_notes(compared(plan, plan), pair) == []


def test_the_sum_and_what_is_beyond_it(plan: Plan, pair: Pair) -> None:
    both = Effect(WORSE, -0.02), Effect(LONGER, -0.001)
    assert wording.sums(compared(plan, plan, *both, together=-0.0215), pair) == [
        "All together: −2.1 points.",
        "Of that, beyond the sum of each alone, because the inputs act on each other: −0.05 points.",
    ]
    assert len(wording.sums(compared(plan, plan, *both, together=-0.021), pair)) == 1
    assert wording.sums(compared(plan, plan, both[0], together=-0.02), pair) == []


def test_where_the_plans_do_otherwise(plan: Plan, pair: Pair) -> None:
    start, *rest = plan.stages
    decisions = (dataclasses.replace(start.decisions[0], leg="L9", in_company=True), *start.decisions[1:])
    other = dataclasses.replace(plan, stages=(dataclasses.replace(start, decisions=decisions), *rest))
    found = compared(plan, other)
    (told,) = wording.otherwise(found, pair)
    assert told == (
        "Northeast China, days 0 to 6, if Patrols are few: before: leg L1 (by train to Central China); "
        "after: leg L9 (on foot to Northeast China) with a member of staff."
    )
    assert wording.otherwise(found, pair, most=0) == ["More such situations later on: 1."]
    assert wording.otherwise(compared(plan, plan), pair) == []


def test_the_same_parting_is_told_once(plan: Plan, pair: Pair) -> None:
    start, *rest = plan.stages
    weeks = tuple(
        dataclasses.replace(start.decisions[0], from_day=day, until_day=day + 1.0, leg="L9") for day in (0.0, 2.0, 4.0)
    )
    other = dataclasses.replace(plan, stages=(dataclasses.replace(start, decisions=weeks), *rest))
    found = compared(plan, other)
    assert len(found.otherwise) == 3
    (told,) = wording.otherwise(found, pair)
    assert told.startswith("Northeast China, days 0 to 1,")


def test_why_there_is_no_plan(blocked: Plan, plan: Plan, pair: Pair) -> None:
    assert wording.reasons(plan, pair.first) == []
    assert "10,137 USD" in wording.reasons(blocked, pair.first)[0]
    refused = GroupRefusedError("family", (BrokenRule(Rule.ASSESSMENT, "t4"),))
    assert wording.reasons(refused, pair.first) == [
        "Group family cannot be planned for yet.",
        "Traveller t4 is a child: a best interests assessment must be approved first.",
    ]


def test_points_are_no_more_exact_than_they_are(pair: Pair) -> None:
    said = [wording.points(gain, pair.first) for gain in (0.0, 1e-12, 2e-5, 0.00123, -0.01, -0.0345)]
    assert said == ["equal", "equal", "+<0.01 points", "+0.12 points", "−1 point", "−3.5 points"]


def test_it_is_all_said_in_korean(plan: Plan, blocked: Plan, network: Network, group: Group) -> None:
    voice = Voice("ko", network, group, DAY)
    pair = Pair(voice, voice, ("이전안", "이후안"))
    found = compared(
        plan, prefer(plan, ChoiceName.CAREFUL), Effect(WORSE, -0.02), Effect(LONGER, 0.001), together=-0.02
    )
    assert wording.headline(found, pair) == "도착 확률이 2.2 %p 낮습니다: 92.1 %(이후안), 94.3 %(이전안)."
    assert wording.sums(found, pair)[0] == "모두 함께: −2 %p."
    assert wording.rows(compared(plan, blocked), pair)[-1].name == "가장 유력한 길"
    assert Money(0, "USD").currency == plan.currency
