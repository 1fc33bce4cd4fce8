"""The recovery sheets as PDF, set by Typst from memory to memory: no share is ever in a file."""

import json
from collections.abc import Sequence
from importlib.resources import as_file, files

from django.utils.translation import override

from waystation.kernel import BrokenPromiseError
from waystation.web.wording import say


def sheets_pdf(shares: Sequence[str], language: str) -> bytes:
    """Return one A4 page for each share, its words numbered, in the page's ``language`` (``en`` or ``ko``).

    Raises
    ------
    BrokenPromiseError
        If Typst refuses the page. The message repeats nothing of it.
    """
    import typst

    with override(language):
        content = _content(shares, language)
    fonts_folder = files("waystation.briefs").joinpath("assets", "pretendard")
    source = files("waystation.web.sheets").joinpath("recovery.typ").read_bytes()
    with as_file(fonts_folder) as fonts:
        try:
            compiled = typst.compile(
                source,
                font_paths=typst.Fonts(include_system_fonts=False, font_paths=[str(fonts)]),
                ignore_system_fonts=True,
                sys_inputs={"sheets": json.dumps(content, ensure_ascii=False)},
                timestamp=0,
            )
        except typst.TypstError:
            raise BrokenPromiseError("the recovery sheets could not be set") from None
    return bytes(compiled)


def _content(shares: Sequence[str], language: str) -> dict[str, object]:
    return {
        "language": language,
        "title": say("door.sheets.title"),
        "what": say("door.sheets.what"),
        "keep": say("door.sheets.keep"),
        "kept_by": say("door.sheets.kept_by"),
        "date": say("door.sheets.date"),
        "sheets": [
            {"heading": say("door.sheets.number", number=number), "words": share.split()}
            for number, share in enumerate(shares, start=1)
        ],
    }
