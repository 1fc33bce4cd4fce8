"""A brief as an A4 PDF, set by Typst. Texts travel as JSON strings, so none of them can be read as mark-up."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import singledispatch
from importlib.resources import as_file, files

from waystation.briefs.blocks import Beside, Facts, Paragraph, Picture, Points, Section, Stages, Table
from waystation.briefs.content import BriefContent
from waystation.briefs.course import CaseText
from waystation.briefs.drawing import width_of
from waystation.briefs.figures import tied
from waystation.kernel import BrokenPromiseError

_ASSETS = "waystation.briefs"
_FEW_ROWS, _FEW_BLOCKS = 12, 3
_SHORT, _LARGEST_SHARE = 14, 40
_FULL_LINE, _BROKEN, _MARGINS = 125, 16, 7
"""Letters that fit a line of a table; that are kept together in a long cell; that the margins of a cell take."""

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]


def render_pdf(content: BriefContent) -> bytes:
    """Return the PDF: the same bytes for the same content, dated with the day the brief belongs to.

    Typst is loaded here and not before, because it makes every command slower to start.

    Raises
    ------
    BrokenPromiseError
        If Typst refuses the page.
    """
    import typst

    midnight = datetime(content.as_of.year, content.as_of.month, content.as_of.day, tzinfo=UTC)
    assets = files(_ASSETS).joinpath("assets")
    with as_file(assets.joinpath("pretendard")) as fonts:
        try:
            compiled = typst.compile(
                assets.joinpath("brief.typ").read_bytes(),
                font_paths=typst.Fonts(include_system_fonts=False, font_paths=[str(fonts)]),
                ignore_system_fonts=True,
                sys_inputs={"brief": _encodable(tied(json.dumps(_page(content), ensure_ascii=False)))},
                timestamp=int(midnight.timestamp()),
            )
        except typst.TypstError as error:
            message = f"the brief could not be set as PDF: {error}"
            raise BrokenPromiseError(message) from error
    return bytes(compiled)


def _encodable(text: str) -> str:
    """Replace what UTF-8 cannot hold, such as half of a surrogate pair."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _page(content: BriefContent) -> dict[str, Json]:
    return {
        "language": content.language,
        "title": content.title,
        "head": list(content.head),
        "answer": content.answer,
        "remarks": list(content.remarks),
        "private": content.private,
        "sections": [
            {"title": section.title, "whole": _is_short(section), "blocks": [_data(block) for block in section.blocks]}
            for section in content.sections
        ],
    }


@singledispatch
def _data(block: object) -> dict[str, Json]:
    message = f"no page is known for {type(block).__name__}"
    raise TypeError(message)


@_data.register
def _(block: Paragraph) -> dict[str, Json]:
    return {"kind": "paragraph", "text": block.text, "quiet": block.quiet}


@_data.register
def _(block: Facts) -> dict[str, Json]:
    return {"kind": "facts", "items": [list(item) for item in block.items], "main": block.main}


@_data.register
def _(block: Table) -> dict[str, Json]:
    columns = list(zip(block.head, *block.rows, strict=True))
    if sum(max(map(_length, texts)) for texts in columns) > _FULL_LINE:
        # Too much for one line: every column gives way, numbers between their words as well.
        widths: list[Json] = [_needed(texts) for texts in columns]
    else:
        widths = [_share(list(texts)) if at not in block.numeric else None for at, texts in enumerate(columns)]
    return {
        "kind": "table",
        "head": list(block.head),
        "rows": [list(row) for row in block.rows],
        "numeric": list[Json](sorted(block.numeric)),
        "marked": block.marked,
        "widths": widths,
    }


@_data.register
def _(block: Points) -> dict[str, Json]:
    return {"kind": "points", "items": [list(item) for item in block.items], "quiet": block.quiet}


@_data.register
def _(block: Stages) -> dict[str, Json]:
    items: list[Json] = [
        {
            "heading": stage.heading,
            "facts": list(stage.facts),
            "usual": [_case(case) for case in stage.cases if not case.rare],
            "rare": [_case(case) for case in stage.cases if case.rare],
            "notes": list(stage.notes),
            "main": stage.on_main_line,
        }
        for stage in block.items
    ]
    return {"kind": "stages", "items": items, "branch": block.branch, "rare": block.rare}


@_data.register
def _(block: Picture) -> dict[str, Json]:
    return {"kind": "picture", "svg": block.paper, "alternative": block.alternative, "height": block.height_mm}


@_data.register
def _(block: Beside) -> dict[str, Json]:
    return {"kind": "beside", "table": _data(block.table), "picture": _data(block.picture)}


def _case(case: CaseText) -> Json:
    if case.is_short:
        return {"text": case.sentence, "steps": []}
    return {"text": f"{case.lead}:" if case.lead else "", "steps": list(case.steps)}


def _is_short(section: Section) -> bool:
    """Whether a section should stand on one page: few blocks, few rows, and nothing among them that may be parted."""
    rows = sum(len(block.rows) for block in section.blocks if isinstance(block, Table))
    if rows > _FEW_ROWS or len(section.blocks) > _FEW_BLOCKS:
        return False
    return not any(isinstance(block, Points | Stages | Beside) for block in section.blocks)


def _length(text: str) -> int:
    """Return about how many Latin letters wide a text is."""
    return round(width_of(text, 1.0) / width_of("n", 1.0))


def _needed(texts: Sequence[str]) -> int:
    """Return a column's share of the page by its longest cell, of which long ones can be broken, and its head's longest word."""
    head, *cells = texts
    return _MARGINS + max(_length(word) for word in (*head.split(), *(cell[:_BROKEN] for cell in cells)))


def _share(texts: list[str]) -> int | None:
    """Return a column's share of the page's width by its longest text; None for a short one, which takes what it needs."""
    longest = max(map(len, texts))
    return None if longest <= _SHORT else min(_LARGEST_SHARE, longest)
