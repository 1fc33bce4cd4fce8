import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from waystation.briefs.content import brief_content
from waystation.briefs.html import render_html
from waystation.briefs.language import LANGUAGES, Language
from waystation.engine.journeys.plan import Plan, ReasonCode, RuledOut
from waystation.engine.model import Group, Network

HOSTILE = "</title></style><script>alert(1)</script><img src=http://evil/x onerror=y>\"'&{}#$\\*_`@~<한글>\n😀\x00\x1b"


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in {"meta", "br", "path", "rect", "circle"}:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def _read(page: str) -> _Reader:
    reader = _Reader()
    reader.feed(page)
    assert reader.open == []
    return reader


def hostile_network(network: Network) -> Network:
    return replace(
        network,
        name=HOSTILE,
        places=tuple(replace(place, name=f"{place.name} {HOSTILE}") for place in network.places),
        conditions=tuple(replace(condition, name=HOSTILE) for condition in network.conditions),
        partners=tuple(replace(partner, id=partner.id) for partner in network.partners),
        sources={"S-1": HOSTILE},
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_runs_nothing_and_loads_nothing(
    plan: Plan, network: Network, group: Group, language: Language
) -> None:
    page = render_html(brief_content(plan, network, group, language))
    reader = _read(page)
    assert {"script", "img", "link", "iframe", "object", "image", "base", "form"}.isdisjoint(reader.tags)
    loading = [value for name, value in reader.attributes if name in {"src", "srcset", "data", "action", "xlink:href"}]
    assert loading == []
    assert all(value and value.startswith("#") for name, value in reader.attributes if name == "href")
    assert not any(name.startswith("on") for name, _ in reader.attributes)
    assert "url(" not in page
    assert "@import" not in page
    assert f'<html lang="{language}">' in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_names_stay_text(plan: Plan, network: Network, group: Group, language: Language) -> None:
    hostile = hostile_network(network)
    told = replace(
        plan, network=HOSTILE, group=HOSTILE, ruled_out=(RuledOut(HOSTILE, ReasonCode.NEED, HOSTILE, HOSTILE),)
    )
    page = render_html(brief_content(told, hostile, group, language))
    reader = _read(page)
    assert "script" not in reader.tags
    assert "img" not in reader.tags
    assert "\x00" not in page
    assert "<script>alert(1)</script>" in "".join(reader.text)  # the reader sees it as text
    assert "😀" in "".join(reader.text)


def test_the_same_content_gives_the_same_page(plan: Plan, network: Network, group: Group) -> None:
    first = render_html(brief_content(plan, network, group, "ko"))
    assert first == render_html(brief_content(plan, network, group, "ko"))


def test_a_long_brief_loses_nothing(plan: Plan, network: Network, group: Group) -> None:
    sources = {f"SRC-{n}": f"source number {n}" for n in range(300)}
    stages = tuple(replace(stage, place=f"{stage.place}") for stage in plan.stages) * 20
    long_plan = replace(plan, stages=stages)
    page = render_html(brief_content(long_plan, replace(network, sources=sources), group, "en"))
    assert all(f"SRC-{n}: source number {n}<" in page for n in range(300))
    assert page.count('<p class="when">') == len(stages)


def test_the_page_links_to_every_section(plan: Plan, network: Network, group: Group) -> None:
    page = render_html(brief_content(plan, network, group, "en"))
    targets = set(re.findall(r'<a href="#([^"]+)"', page))
    assert targets == set(re.findall(r'<section id="([^"]+)"', page))


def test_no_names_of_travellers_beyond_their_codes(plan: Plan, network: Network, group: Group) -> None:
    noted = replace(group, note="Mrs. Secret of the third house")
    assert "Secret" not in render_html(brief_content(plan, network, noted, "en"))
