from dataclasses import replace
from xml.etree import ElementTree as ET

from waystation.briefs.curve import picture
from waystation.briefs.voice import Voice
from waystation.engine.journeys.plan import Plan
from waystation.engine.model import Caps, Group, Network


def test_the_curve_rises_in_steps_and_shows_the_cap(plan: Plan, network: Network, group: Group) -> None:
    drawn = picture(plan, Voice("en", network, group, plan.start))
    ET.fromstring(drawn.screen)
    assert drawn.screen.count('class="ws-rise"') == 1
    assert 'class="ws-cap"' in drawn.screen
    assert "currentColor" not in drawn.paper
    assert (
        drawn.alternative == "Curve of arrival against the hard budget, from 0 % at 9,000 USD to 94.3 % at 15,000 USD."
    )


def test_without_a_cap_none_is_drawn(plan: Plan, network: Network, group: Group) -> None:
    drawn = picture(replace(plan, caps=Caps()), Voice("ko", network, group, plan.start))
    assert 'class="ws-cap"' not in drawn.screen
