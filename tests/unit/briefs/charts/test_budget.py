import re
from dataclasses import replace
from xml.etree import ElementTree as ET

from tests.unit.briefs.arguments import argued, usd

from waystation.briefs.charts.budget import budget_chart
from waystation.briefs.voice import Voice
from waystation.engine.journeys.argument import Interval
from waystation.engine.journeys.plan import BudgetPoint, Plan
from waystation.engine.model import Caps, Group, Network


def test_the_curve_rises_in_steps_and_shows_the_cap(plan: Plan, network: Network, group: Group) -> None:
    drawn = budget_chart(plan, Voice("en", network, group, plan.start))
    ET.fromstring(drawn.screen)
    assert drawn.screen.count('class="ws-rise"') == 1
    assert 'class="ws-cap"' in drawn.screen
    assert "currentColor" not in drawn.paper
    assert (
        drawn.alternative == "Curve of arrival against the hard budget, from 0 % at 9,000 USD to 94.3 % at 15,000 USD."
    )


def test_without_a_cap_none_is_drawn(plan: Plan, network: Network, group: Group) -> None:
    drawn = budget_chart(replace(plan, caps=Caps()), Voice("ko", network, group, plan.start))
    assert 'class="ws-cap"' not in drawn.screen


def test_the_interval_is_a_band_and_the_hopeless_stretch_is_left_out(
    plan: Plan, network: Network, group: Group
) -> None:
    voice = Voice("en", network, group, plan.start)
    assert 'class="ws-band"' not in budget_chart(plan, voice).screen
    told = argued(plan)
    hopeless = tuple(BudgetPoint(usd(budget), 0.0) for budget in (0, 4000))
    drawn = budget_chart(replace(told, budget_curve=(*hopeless, *told.budget_curve)), voice)
    assert drawn.screen.count('class="ws-band"') == 1
    assert ">9,000 USD</text>" in drawn.screen
    assert ">0 USD</text>" not in drawn.screen


def test_a_single_point_above_nothing_keeps_two(plan: Plan, network: Network, group: Group) -> None:
    flat = replace(plan, budget_curve=(BudgetPoint(usd(1), 0.5), BudgetPoint(usd(2), 0.5)))
    ET.fromstring(budget_chart(flat, Voice("en", network, group, plan.start)).screen)


def test_between_two_intervals_the_band_keeps_its_distance(plan: Plan, network: Network, group: Group) -> None:
    interval = Interval(0.4, 0.5, 0.6)
    curve = (
        BudgetPoint(usd(0), 0.0, Interval(0.0, 0.0, 0.0)),
        BudgetPoint(usd(1), 0.5, interval),
        BudgetPoint(usd(51), 0.8),
        BudgetPoint(usd(101), 1.0, Interval(0.6, 0.8, 1.0)),
    )
    drawn = budget_chart(replace(plan, budget_curve=curve), Voice("en", network, group, plan.start)).screen
    band = re.search(r'class="ws-band" d="([^"]+)"', drawn)
    assert band is not None
    # On a sheet of 148 units between 22 and 170: below the curve by 0.1, 0.25 and 0.4, above it by 0.1, 0.05 and 0.
    heights = {float(y) for y in re.findall(r"[ML][0-9.]+ ([0-9.]+)", band[1])}
    assert heights == {round(22 + 148 * (1 - chance), 1) for chance in (0.6, 0.85, 1.0, 0.4, 0.55)}
