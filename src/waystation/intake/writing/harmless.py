"""Text that a spreadsheet would run as a formula is given an apostrophe, and loses it when it comes back."""

MARK = "'"
_RUN = frozenset("=+-@\t\r|%＝＋－＠")
"""What a spreadsheet takes for the beginning of a formula or a command."""


def harmless(text: str) -> str:
    """Return a text that no spreadsheet runs. ``restored`` gives the text back."""
    return MARK + text if _is_marked(text) or text[:1] in _RUN else text


def restored(text: str) -> str:
    """Return what `harmless` was given; any other text as it is."""
    return text[1:] if text[:1] == MARK and (text[1:2] in _RUN or _is_marked(text[1:])) and len(text) > 1 else text


def _is_marked(text: str) -> bool:
    """Tell whether a text is apostrophes, one or more, before what a spreadsheet would run."""
    bare = text.lstrip(MARK)
    return len(bare) < len(text) and bare[:1] in _RUN and bare != ""
