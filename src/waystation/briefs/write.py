"""Leave a brief on disk: a page, a PDF and a map, each whole or not at all."""

import errno
import os
import tempfile
from pathlib import Path

from waystation.briefs.content import brief_content
from waystation.briefs.html import render_html
from waystation.briefs.language import language_of
from waystation.briefs.pdf import render_pdf
from waystation.engine.journeys.plan import Plan
from waystation.engine.model import Group, Network
from waystation.kernel import BadInputError


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
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return _put(made, folder)
    except (FileExistsError, NotADirectoryError):
        message = f"{folder} is a file or lies under one; a brief needs a folder"
        raise BadInputError(message) from None
    except OSError as error:
        message = f"the brief cannot be written to {folder}: {error.strerror or error}"
        raise BadInputError(message) from error


def _put(made: dict[str, bytes], folder: Path) -> tuple[Path, ...]:
    """Write each file beside its place under another name, then move all of them in."""
    for name in made:
        if (folder / name).is_dir():
            raise IsADirectoryError(errno.EISDIR, f"{name} is a folder")
    waiting: list[tuple[Path, Path]] = []
    try:
        for name, content in made.items():
            handle, beside = tempfile.mkstemp(prefix=f".{name}.", dir=folder)
            waiting.append((Path(beside), folder / name))
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(beside).chmod(0o600)
        for beside_path, target in waiting:
            beside_path.replace(target)
    finally:
        for beside_path, _ in waiting:
            beside_path.unlink(missing_ok=True)
    return tuple(target for _, target in waiting)
