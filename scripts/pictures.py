"""Draw the pictures of the real output in ``docs/pictures/`` anew: ``make pictures``.

The command is run as a person would run it. The screen becomes an SVG, the first pages of the brief become PNGs.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import typst
from rich.console import Console
from rich.terminal_theme import DIMMED_MONOKAI
from rich.text import Text

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
LINES_SHOWN = 44
WIDTH = 100
PIXELS_PER_INCH = 100


def run(*arguments: str) -> str:
    """Run the command and return what it prints, colours included."""
    program = "from waystation.cli.main import main; main()"
    environment = os.environ | {"FORCE_COLOR": "1", "COLUMNS": str(WIDTH), "TERM": "xterm-256color"}
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env=environment,
    )
    return done.stdout


def screen(printed: str, title: str) -> str:
    """Return printed lines as an SVG that loads nothing; only the first are shown."""
    with Path(os.devnull).open("w") as nowhere:
        console = Console(record=True, width=WIDTH, file=nowhere, force_terminal=True)
        lines = printed.splitlines()
        shown = lines[:LINES_SHOWN] + (["…"] if len(lines) > LINES_SHOWN else [])
        console.print(Text.from_ansi("\n".join(shown)))
        svg = console.export_svg(title=title, theme=DIMMED_MONOKAI, unique_id="screen")
    without_fonts = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    return without_fonts.replace("Fira Code, monospace", "Menlo, DejaVu Sans Mono, Consolas, monospace")


def page(pdf: Path, number: int) -> bytes:
    """Return a page of a PDF as a PNG."""
    source = f'#set page(width: auto, height: auto, margin: 0pt)\n#image("{pdf.name}", page: {number})'
    beside = pdf.with_suffix(".typ")
    beside.write_text(source, "utf-8")
    return bytes(typst.compile(beside, format="png", ppi=PIXELS_PER_INCH))


def main(folder: str, group: str, budget: str) -> None:
    """Draw every picture."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    command = ("plan", folder, "--group", group, "--budget", budget)
    for language in ("en", "ko"):
        with tempfile.TemporaryDirectory() as out:
            printed = run(*command, "--language", language, "--brief", out)
            if language == "en":
                title = f"waystation {' '.join(command)}"
                (PICTURES / "plan.svg").write_text(screen(printed, title), "utf-8")
            (PICTURES / f"brief-{language}.png").write_bytes(page(Path(out) / "brief.pdf", 1))


if __name__ == "__main__":
    main(*sys.argv[1:])
