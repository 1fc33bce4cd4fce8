import re

from waystation.briefs.page_style import STYLE


def test_braces_close_and_nothing_is_loaded() -> None:
    assert STYLE.count("{") == STYLE.count("}")
    assert not re.search(r"url\(|@import|@font-face|</style", STYLE)


def test_it_knows_the_night_the_telephone_and_paper() -> None:
    assert "prefers-color-scheme:dark" in STYLE
    assert "max-width:34rem" in STYLE
    assert "size:A4" in STYLE
