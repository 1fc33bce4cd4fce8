"""A brief as one HTML page: no script, nothing loaded from outside, for a telephone at night and for paper."""

from functools import singledispatch

from waystation.briefs.blocks import Beside, Facts, Paragraph, Picture, Points, Section, Stages, Table
from waystation.briefs.content import BriefContent
from waystation.briefs.course import CaseText, StageText
from waystation.briefs.drawing import safe
from waystation.briefs.figures import tied
from waystation.briefs.page_style import STYLE

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_CARDS_FROM = 4
"""Tables of at least so many columns become a card for each row on a narrow screen, unless numbers are compared."""
_FIT_A_TELEPHONE = 5
"""So many columns of numbers can still be read side by side there."""


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
        f"<title>{_text(content.title)}</title>",
        f"<style>{STYLE}</style>",
        "</head>",
    ]
    lines = "".join(f"<p>{_text(line)}</p>" for line in content.head)
    remarks = "".join(f"<p>{_text(remark)}</p>" for remark in content.remarks)
    links = "".join(f'<a href="#{safe(section.id)}">{_text(section.title)}</a>' for section in content.sections)
    body = [
        "<body>",
        "<main>",
        f'<header><h1>{_text(content.title)}</h1>{lines}<p class="private">{_text(content.private)}</p></header>',
        f'<section class="answer"><p class="lead">{_text(content.answer)}</p>{remarks}</section>',
        f"<nav>{links}</nav>",
        *(_section(section) for section in content.sections),
        "</main>",
        "</body>",
        "</html>",
        "",
    ]
    return "\n".join(head + body)


def _text(text: str) -> str:
    return safe(tied(text))


def _section(section: Section) -> str:
    blocks = "\n".join(_block(block) for block in section.blocks)
    return f'<section id="{safe(section.id)}">\n<h2>{_text(section.title)}</h2>\n{blocks}\n</section>'


@singledispatch
def _block(block: object) -> str:
    message = f"no HTML is known for {type(block).__name__}"
    raise TypeError(message)


@_block.register
def _(block: Paragraph) -> str:
    opening = '<p class="quiet">' if block.quiet else "<p>"
    return f"{opening}{_text(block.text)}</p>"


@_block.register
def _(block: Facts) -> str:
    items = ""
    for index, (name, value) in enumerate(block.items):
        opening = '<div class="main">' if index < block.main else "<div>"
        items += f"{opening}<dt>{_text(name)}</dt><dd>{_text(value)}</dd></div>"
    return f'<dl class="facts">{items}</dl>'


@_block.register
def _(block: Table) -> str:
    def kind(column: int) -> str:
        names = [name for name, holds in (("num", column in block.numeric), ("mark", column == block.marked)) if holds]
        return f' class="{" ".join(names)}"' if names else ""

    head = "".join(f'<th scope="col"{kind(column)}>{_text(text)}</th>' for column, text in enumerate(block.head))
    rows = []
    for row in block.rows:
        first = f'<th scope="row"{kind(0)}>{_text(row[0])}</th>'
        rest = "".join(
            f'<td{kind(column)} data-label="{_text(block.head[column])}">{_text(text)}</td>'
            for column, text in enumerate(row[1:], 1)
        )
        rows.append(f"<tr>{first}{rest}</tr>")
    if block.marked is not None or _is_all_numbers(block):
        layout = ' class="whole"'
    elif len(block.head) >= _CARDS_FROM:
        layout = ' class="cards"'
    else:
        layout = ' class="whole narrow"'
    table = f"<table{layout}><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    return f'<div class="wide">{table}</div>'


@_block.register
def _(block: Points) -> str:
    items = "".join(
        f"<li>{f'<strong>{_text(lead)}:</strong> ' if lead else ''}{_text(text)}</li>" for lead, text in block.items
    )
    opening = '<ul class="quiet">' if block.quiet else "<ul>"
    return f"{opening}{items}</ul>"


@_block.register
def _(block: Stages) -> str:
    return f'<ol class="stages">{"".join(_stage(stage, block) for stage in block.items)}</ol>'


@_block.register
def _(block: Picture) -> str:
    return f"<figure>{block.screen}</figure>"


@_block.register
def _(block: Beside) -> str:
    return f'<div class="beside">{_block(block.table)}{_block(block.picture)}</div>'


def _is_all_numbers(table: Table) -> bool:
    columns = len(table.head)
    return _CARDS_FROM <= columns <= _FIT_A_TELEPHONE and len(table.numeric) == columns - 1


def _stage(stage: StageText, block: Stages) -> str:
    mark = "" if stage.on_main_line else f' <span class="branch">{_text(block.branch)}</span>'
    facts = "".join(f"<span>{_text(fact)}</span> " for fact in stage.facts)
    usual = "".join(_case(case) for case in stage.cases if not case.rare)
    notes = "".join(f'<li class="note">{_text(note)}</li>' for note in stage.notes)
    rare = "".join(_case(case) for case in stage.cases if case.rare)
    if rare:
        rare = f'<div class="rare"><p>{_text(block.rare)}</p><ul>{rare}</ul></div>'
    opening = "<li>" if stage.on_main_line else '<li class="off">'
    heading = f'<h3>{_text(stage.heading)}{mark}</h3><p class="when">{facts}</p>'
    return f"{opening}{heading}<ul>{usual}{notes}</ul>{rare}</li>"


def _case(case: CaseText) -> str:
    if case.is_short:
        return f"<li>{_text(case.sentence)}</li>"
    steps = "".join(f"<li>{_text(step)}</li>" for step in case.steps)
    lead = f"{_text(case.lead)}:" if case.lead else ""
    return f'<li>{lead}<ol class="steps">{steps}</ol></li>'
