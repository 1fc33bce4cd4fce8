"""A brief as an A4 PDF, set by Typst. Texts travel as JSON strings, so none of them can be read as mark-up."""

import json
from datetime import UTC, datetime
from functools import singledispatch
from importlib.resources import as_file, files

from waystation.briefs.blocks import Facts, Paragraph, Picture, Points, Stages, Table
from waystation.briefs.content import BriefContent
from waystation.kernel import BrokenPromiseError

_ASSETS = "waystation.briefs"
_SMALLEST_WEIGHT, _LARGEST_WEIGHT = 6, 40

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
                sys_inputs={"brief": json.dumps(_page(content), ensure_ascii=True)},
                timestamp=int(midnight.timestamp()),
            )
        except typst.TypstError as error:
            message = f"the brief could not be set as PDF: {error}"
            raise BrokenPromiseError(message) from error
    return bytes(compiled)


def _page(content: BriefContent) -> dict[str, Json]:
    return {
        "language": content.language,
        "title": content.title,
        "head": list(content.head),
        "answer": content.answer,
        "remarks": list(content.remarks),
        "private": content.private,
        "page_word": content.page_word,
        "sections": [
            {"title": section.title, "blocks": [_data(block) for block in section.blocks]}
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
    columns = [[head, *(row[column] for row in block.rows)] for column, head in enumerate(block.head)]
    return {
        "kind": "table",
        "head": list(block.head),
        "rows": [list(row) for row in block.rows],
        "numeric": list[Json](sorted(block.numeric)),
        "marked": block.marked,
        "widths": [_weight(texts) for texts in columns],
    }


@_data.register
def _(block: Points) -> dict[str, Json]:
    return {"kind": "points", "items": [list(item) for item in block.items]}


@_data.register
def _(block: Stages) -> dict[str, Json]:
    items: list[Json] = [
        {
            "heading": stage.heading,
            "facts": list(stage.facts),
            "sentences": list(stage.sentences),
            "main": stage.on_main_line,
        }
        for stage in block.items
    ]
    return {"kind": "stages", "items": items, "branch": block.branch}


@_data.register
def _(block: Picture) -> dict[str, Json]:
    return {"kind": "picture", "svg": block.paper, "alternative": block.alternative, "width": block.width_mm}


def _weight(texts: list[str]) -> int:
    """Return how much of the page's width a column gets, by its longest text."""
    return min(_LARGEST_WEIGHT, max(_SMALLEST_WEIGHT, *(len(text) for text in texts)))
