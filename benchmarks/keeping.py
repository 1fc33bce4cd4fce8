"""Where what was measured is kept: a file in ``out/bench``, and with ``--record`` a page of the documents."""

from pathlib import Path

PAGE = Path("docs/benchmarks.md")


def keep(name: str, found: str, *, recorded: bool = False, page: Path = PAGE) -> None:
    """Write what was found to ``out/bench/NAME.md``; if it is to be recorded, also between the page's two marks of that name.

    Raises
    ------
    ValueError
        If it is to be recorded and the page has no such marks: nothing is written to the page.
    """
    folder = Path("out/bench")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name.replace(' ', '-')}.md").write_text(found, encoding="utf-8")
    if recorded:
        page.write_text(between_marks(page.read_text(encoding="utf-8"), name, found), encoding="utf-8")


def between_marks(text: str, name: str, found: str) -> str:
    """Return a page's text with what was found between ``<!-- name -->`` and ``<!-- end of name -->``."""
    first, last = f"<!-- {name} -->", f"<!-- end of {name} -->"
    before, begins, rest = text.partition(first)
    _, ends, after = rest.partition(last)
    if not begins or not ends:
        message = f"the page has no {first} followed by {last}: write both where the table is to stand"
        raise ValueError(message)
    return f"{before}{first}\n\n{found.rstrip()}\n\n{last}{after}"
