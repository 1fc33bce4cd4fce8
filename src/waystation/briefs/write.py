"""Leave a brief on disk: a page, a PDF and a map, each whole or not at all."""

from pathlib import Path

from waystation.briefs.content import brief_content
from waystation.briefs.html import render_html
from waystation.briefs.language import language_of
from waystation.briefs.pdf import render_pdf
from waystation.briefs.put import put_files
from waystation.engine.journeys.plan import Plan
from waystation.engine.model import Group, Network


def write_brief(plan: Plan, network: Network, group: Group, folder: Path, language: str) -> tuple[Path, ...]:
    """Write ``brief.html``, ``brief.pdf`` and ``map.svg`` into a folder, which is made if it is missing.

    All three are made in full before the first is put in its place; each then appears at once or not at all, over an
    older one of its name. Nothing else in the folder is touched.

    Returns
    -------
    tuple of Path
        The files written. ``map.svg`` is left out when no place of the plan can be drawn.

    Raises
    ------
    BadInputError
        If the language is unknown, or the folder is a file or cannot be written to.
    """
    content = brief_content(plan, network, group, language_of(language))
    made = {"brief.html": render_html(content).encode(), "brief.pdf": render_pdf(content)}
    if content.map_svg:
        made["map.svg"] = (content.map_svg + "\n").encode()
    return put_files(made, folder)
