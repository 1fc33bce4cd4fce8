import re
from pathlib import Path

import pytest
from django.utils.translation import override

import waystation.web
from waystation.web.wording import LANGUAGES, UnknownTextError, active_language, catalogue, placeholders, say, say_lazy

WEB = Path(waystation.web.__file__).parent
SOURCES = [path for kind in ("*.py", "*.html") for path in WEB.rglob(kind)]
SAID = re.compile(r"""(?:\bsay(?:_lazy)?\(\s*|{%\s*say\s+)["']([a-z][\w.]*[\w])["']""")
QUOTED = re.compile(r"""["']([a-z][\w.]*)(?=["'{])""")
QUOTED_COMMAND = re.compile("“.*?”")
PLURALS = (".one", ".other")


def base_of(key: str) -> str:
    return key.removesuffix(".one").removesuffix(".other")


def written() -> set[str]:
    """Every quoted text in templates and Python that could be a key, or the beginning of one."""
    return {found for path in SOURCES for found in QUOTED.findall(path.read_text(encoding="utf-8"))}


def test_a_text_is_said_in_the_active_language() -> None:
    with override("en"):
        english = say("frame.lock")
    with override("ko"):
        assert (english, say("frame.lock")) == ("Lock", "잠그기")


def test_a_language_without_catalogues_is_answered_in_english() -> None:
    with override("fr"):
        assert active_language() == "en"


def test_regional_codes_count_as_their_language() -> None:
    with override("ko-kr"):
        assert active_language() == "ko"


def test_one_and_many_differ_and_thousands_are_separated() -> None:
    with override("en"):
        assert say("form.errors", count=1).startswith("One thing")
        assert say("form.errors", count=1200).startswith("1,200 things")


def test_a_lazy_text_follows_the_language_at_the_moment_it_is_shown() -> None:
    label = say_lazy("form.save")
    with override("en"):
        first = str(label)
    with override("ko"):
        assert (first, str(label)) == ("Save", "저장")


def test_a_value_is_never_read_as_a_template() -> None:
    with override("en"):
        assert say("frame.sort.by", column="{count}") == "Sort by {count}"


@pytest.mark.parametrize(
    ("key", "values"), [("frame.nothing_like_it", {}), ("frame.sort.by", {}), ("frame.sort.by", {"colum": "x"})]
)
def test_an_unknown_key_or_an_empty_placeholder_is_an_error(key: str, values: dict[str, str]) -> None:
    with override("en"), pytest.raises(UnknownTextError, match=key):
        say(key, **values)


def test_both_languages_have_the_same_keys() -> None:
    missing = {language: set(catalogue("en")) ^ set(catalogue(language)) for language in LANGUAGES}
    assert missing == {language: set() for language in LANGUAGES}


def test_both_languages_have_the_same_placeholders() -> None:
    english, korean = catalogue("en"), catalogue("ko")
    differing = {
        key for key in english.keys() & korean.keys() if placeholders(english[key]) != placeholders(korean[key])
    }
    assert differing == set()


def test_placeholders_carry_no_format() -> None:
    """A width or a conversion would be read differently by each language."""
    formatted = {
        key for language in LANGUAGES for key, text in catalogue(language).items() if re.search(r"{\w*[:!.\[]", text)
    }
    assert formatted == set()


def test_plurals_come_in_pairs() -> None:
    keys = set(catalogue("en"))
    lone = {
        key
        for key in keys
        if key.endswith(PLURALS) and key.count(".") > 1 and not {base_of(key) + end for end in PLURALS} <= keys
        # "other" alone may be one of several words to choose from; a text with a number in it never is.
        if key.endswith(".one") or "count" in placeholders(catalogue("en")[key])
    }
    assert lone == set()


def test_no_text_is_empty_or_left_in_the_other_language() -> None:
    hangul = re.compile("[가-힣]")
    assert {key for key, text in catalogue("en").items() if not text.strip() or hangul.search(text)} == set()
    words = re.compile("[A-Za-z]{4,} [a-z]{3,} [a-z]{3,}")
    korean = {key: QUOTED_COMMAND.sub("", text) for key, text in catalogue("ko").items()}
    assert {key for key, text in korean.items() if not text.strip() or words.search(text)} == set()


def test_every_text_that_is_asked_for_exists() -> None:
    keys = {base_of(key) for key in catalogue("en")} | set(catalogue("en"))
    asked = {(path.name, key) for path in SOURCES for key in SAID.findall(path.read_text(encoding="utf-8"))}
    assert {(name, key) for name, key in asked if key not in keys} == set()


def test_no_text_is_there_for_nobody() -> None:
    """A key is used where it stands whole in quotes, or where its beginning up to a dot does (``f"people.role.{role}"``)."""
    found = written()
    beginnings = tuple(text for text in found if text.endswith("."))
    unused = {
        key
        for key in catalogue("en")
        if key not in found and base_of(key) not in found and not key.startswith(beginnings)
    }
    assert unused == set()
