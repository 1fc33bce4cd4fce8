"""A brief as one HTML page: no script, nothing loaded from outside, for a telephone at night and for paper."""

from functools import singledispatch

from waystation.briefs.blocks import Facts, Paragraph, Picture, Points, Section, Stages, Table
from waystation.briefs.content import BriefContent
from waystation.briefs.course import StageText
from waystation.briefs.drawing import safe
from waystation.briefs.page_style import STYLE

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_CARDS_FROM = 4
"""Tables of at least so many columns become a card for each row on a narrow screen, unless columns are compared."""


def render_html(content: BriefContent) -> str:
    """Return the page. Every text of the content is escaped; drawings are put in as they are."""
    head = [
        "<!doctype html>",
        f'<html lang="{content.language}">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{safe(_POLICY)}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        '<meta name="robots" content="noindex">',
        f"<title>{safe(content.title)}</title>",
        f"<style>{STYLE}</style>",
        "</head>",
    ]
    lines = "".join(f"<p>{safe(line)}</p>" for line in content.head)
    remarks = "".join(f"<p>{safe(remark)}</p>" for remark in content.remarks)
    body = [
        "<body>",
        "<main>",
        f'<header><h1>{safe(content.title)}</h1>{lines}<p class="private">{safe(content.private)}</p></header>',
        f'<section class="answer"><p class="lead">{safe(content.answer)}</p>{remarks}</section>',
        *(_section(section) for section in content.sections),
        "</main>",
        "</body>",
        "</html>",
        "",
    ]
    return "\n".join(head + body)


def _section(section: Section) -> str:
    blocks = "\n".join(_block(block) for block in section.blocks)
    return f'<section id="{safe(section.id)}">\n<h2>{safe(section.title)}</h2>\n{blocks}\n</section>'


@singledispatch
def _block(block: object) -> str:
    message = f"no HTML is known for {type(block).__name__}"
    raise TypeError(message)


@_block.register
def _(block: Paragraph) -> str:
    opening = '<p class="quiet">' if block.quiet else "<p>"
    return f"{opening}{safe(block.text)}</p>"


@_block.register
def _(block: Facts) -> str:
    items = ""
    for index, (name, value) in enumerate(block.items):
        opening = '<div class="main">' if index < block.main else "<div>"
        items += f"{opening}<dt>{safe(name)}</dt><dd>{safe(value)}</dd></div>"
    return f'<dl class="facts">{items}</dl>'


@_block.register
def _(block: Table) -> str:
    def kind(column: int) -> str:
        names = [name for name, holds in (("num", column in block.numeric), ("mark", column == block.marked)) if holds]
        return f' class="{" ".join(names)}"' if names else ""

    head = "".join(f'<th scope="col"{kind(column)}>{safe(text)}</th>' for column, text in enumerate(block.head))
    rows = []
    for row in block.rows:
        first = f'<th scope="row"{kind(0)}>{safe(row[0])}</th>'
        rest = "".join(
            f'<td{kind(column)} data-label="{safe(block.head[column])}">{safe(text)}</td>'
            for column, text in enumerate(row[1:], 1)
        )
        rows.append(f"<tr>{first}{rest}</tr>")
    cards = ' class="cards"' if len(block.head) >= _CARDS_FROM and block.marked is None else ""
    table = f"<table{cards}><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    return f'<div class="wide">{table}</div>'


@_block.register
def _(block: Points) -> str:
    items = "".join(
        f"<li>{f'<strong>{safe(lead)}</strong> ' if lead else ''}{safe(text)}</li>" for lead, text in block.items
    )
    return f"<ul>{items}</ul>"


@_block.register
def _(block: Stages) -> str:
    return f'<ol class="stages">{"".join(_stage(stage, block.branch) for stage in block.items)}</ol>'


@_block.register
def _(block: Picture) -> str:
    return f"<figure>{block.screen}</figure>"


def _stage(stage: StageText, branch: str) -> str:
    mark = "" if stage.on_main_line else f' <span class="branch">{safe(branch)}</span>'
    facts = "".join(f"<span>{safe(fact)}</span> " for fact in stage.facts)
    sentences = "".join(f"<li>{safe(sentence)}</li>" for sentence in stage.sentences)
    opening = "<li>" if stage.on_main_line else '<li class="off">'
    return f'{opening}<h3>{safe(stage.heading)}{mark}</h3><p class="when">{facts}</p><ul>{sentences}</ul></li>'
