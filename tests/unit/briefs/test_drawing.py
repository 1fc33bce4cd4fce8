from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waystation.briefs.drawing import plain, safe, svg, width_of


@settings(deadline=None)
@given(st.text())
def test_any_text_at_all_can_stand_in_svg(text: str) -> None:
    document = svg((10, 10), "", text, [f'<text x="0" y="0">{safe(text)}</text>'])
    assert ET.fromstring(document.encode("utf-8", "replace")) is not None


@pytest.mark.parametrize(("value", "shown"), [(1.0, "1"), (1.25, "1.2"), (-0.01, "0"), (-3.14, "-3.1"), (420.0, "420")])
def test_coordinates_are_short(value: float, shown: str) -> None:
    assert plain(value) == shown


def test_korean_is_wider_than_english() -> None:
    assert width_of("라오스", 10) > width_of("abc", 10)


def test_a_description_is_heard_and_read() -> None:
    root = ET.fromstring(svg((10, 10), "", "A title", [], "What it shows"))
    space = "{http://www.w3.org/2000/svg}"
    assert root.get("aria-label") == "A title. What it shows"
    assert (root.findtext(f"{space}title"), root.findtext(f"{space}desc")) == ("A title", "What it shows")
    assert ET.fromstring(svg((10, 10), "", "A title", [])).find(f"{space}desc") is None
