import io
import sys
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from waystation.briefs import pdf
from waystation.briefs.blocks import Section, Table
from waystation.briefs.content import BriefContent, brief_content
from waystation.briefs.language import LANGUAGES, Language
from waystation.briefs.pdf import render_pdf
from waystation.engine.journeys.plan import Plan
from waystation.engine.model import Group, Network


def text_of(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_korean_is_in_the_text_layer(plan: Plan, network: Network, group: Group) -> None:
    text = text_of(render_pdf(brief_content(plan, network, group, "ko")))
    for words in (
        "여정 계획서",
        "단계와 갈림길",
        "라오스 북부",
        "책임자에게 연락합니다",
        "대한민국에 도착할 확률은",
        "확인 연락",
    ):
        assert words in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_section_is_on_paper(plan: Plan, network: Network, group: Group, language: Language) -> None:
    content = brief_content(plan, network, group, language)
    text = text_of(render_pdf(content))
    assert all(section.title in text for section in content.sections)
    assert "94.3" in text


def test_the_same_content_gives_the_same_bytes_dated_by_the_plan(plan: Plan, network: Network, group: Group) -> None:
    content = brief_content(plan, network, group, "ko")
    first = render_pdf(content)
    assert first == render_pdf(content)
    created = PdfReader(io.BytesIO(first)).metadata
    assert created is not None
    assert created.creation_date is not None
    assert created.creation_date.date() == plan.as_of


def test_pages_are_a4_and_numbered(plan: Plan, network: Network, group: Group) -> None:
    pages = PdfReader(io.BytesIO(render_pdf(brief_content(plan, network, group, "en")))).pages
    assert [round(float(side)) for side in pages[0].mediabox[2:]] == [595, 842]
    assert f"1 / {len(pages)}" in pages[0].extract_text()
    assert f"{len(pages)} / {len(pages)}" in pages[-1].extract_text()


def _bare() -> BriefContent:
    return BriefContent("en", "t", (), "a", (), "p", (), date(2026, 11, 15), "")


@pytest.fixture(scope="module")
def bare() -> BriefContent:
    return _bare()


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(st.one_of(st.sampled_from("#$\\*_`@~<>[]{}()\"'/=-+:;%&^|\n\t가힣한글😀é"), st.characters()), max_size=40)
)
def test_no_text_is_read_as_markup(bare: BriefContent, text: str) -> None:
    from waystation.briefs.blocks import Facts, Paragraph, Points

    blocks = (Paragraph(text), Facts(((text, text),)), Points(((text, text),)), Table((text, text), ((text, text),)))
    content = replace(bare, title=text, answer=text, sections=(Section("x", text, blocks),))
    assert render_pdf(content).startswith(b"%PDF")


@pytest.mark.parametrize(
    "text",
    ['#panic("x")', "$1/0$", "\\u{41}", "*bold*", '"quoted"', '#import "x.typ"', "= heading", "a // b", "<label>"],
)
def test_markup_is_printed_as_it_was_written(bare: BriefContent, text: str) -> None:
    assert text in text_of(render_pdf(replace(bare, answer=text)))


def test_hostile_names_are_set_as_they_are(plan: Plan, network: Network, group: Group) -> None:
    hostile = '#eval("1") $x$ \\ * _ ` @ <b> </svg> 한글 😀 \x00 \ud800'
    places = tuple(replace(place, name=f"{place.name} {hostile}") for place in network.places)
    content = brief_content(replace(plan, network=hostile), replace(network, places=places), group, "ko")
    assert "라오스" not in hostile
    assert '#eval("1") $x$ \\ * _ ` @ <b> </svg> 한글' in text_of(render_pdf(content))


def test_a_long_brief_loses_nothing(plan: Plan, network: Network, group: Group) -> None:
    sources = {f"SRC-{n}": f"source number {n}" for n in range(200)}
    text = text_of(render_pdf(brief_content(plan, replace(network, sources=sources), group, "en")))
    assert all(f"SRC-{n}:" in text for n in range(200))


def test_the_typesetter_is_loaded_only_when_a_pdf_is_made() -> None:
    import subprocess

    code = "import sys, waystation.briefs.write, waystation.briefs.wording; sys.exit('typst' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_every_column_of_a_wide_table_gives_way() -> None:
    head = ("Parties", "Staff along", "Expected to arrive", "Days until the last", "Exposed at once")
    short = Table(head, (("a", "b", "1", "2", "3"),), frozenset({2, 3, 4}))
    long = replace(
        short, rows=(("t1, t2, t4 / t3, t5 / t6, t7", "wherever it is offered", "4.80 of 5", "41 days", "5" * 60),)
    )
    assert pdf._data(short)["widths"] == [None, None, None, None, None]
    widths = pdf._data(long)["widths"]
    assert isinstance(widths, list)
    assert all(isinstance(width, int) for width in widths)
    assert text_of(render_pdf(replace(_bare(), sections=(Section("x", "Wide", (long,)),)))).count("4.80") == 1
