import re
from pathlib import Path
from string import Formatter

import pytest

import waystation
from waystation.briefs.language import LANGUAGES, keys_of, language_of, template, text
from waystation.engine.journeys.eligibility import Rule
from waystation.engine.journeys.plan import ChoiceName, ObstacleKind, ReasonCode
from waystation.engine.model import Mode, PartnerKind, PlaceKind, Urgency
from waystation.kernel import BadInputError


def _placeholders(key: str, language: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template(language_of(language), key)) if name is not None}


def test_both_languages_say_the_same_things() -> None:
    assert keys_of("en") == keys_of("ko")


@pytest.mark.parametrize("key", sorted(keys_of("en")))
def test_placeholders_match(key: str) -> None:
    assert _placeholders(key, "en") == _placeholders(key, "ko")
    assert template("en", key).strip()
    assert template("ko", key).strip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_member_of_every_enum_has_its_words(language: str) -> None:
    wanted = {f"mode.{member}" for member in Mode}
    wanted |= {f"place_kind.{member}" for member in PlaceKind}
    wanted |= {f"partner_kind.{member}" for member in PartnerKind}
    wanted |= {f"choice.{member}" for member in ChoiceName} | {f"choice.{member}.means" for member in ChoiceName}
    wanted |= {f"ruled_out.{member}" for member in ReasonCode}
    wanted |= {f"urgency.{member}" for member in Urgency}
    wanted |= {f"rule.{member}" for member in Rule}
    wanted |= {f"month.{month}" for month in range(1, 13)}
    wanted |= {f"obstacle.{member}" for member in ObstacleKind}
    assert wanted <= keys_of(language_of(language))


def test_english_holds_no_korean_and_korean_is_all_korean() -> None:
    assert not any("가" <= letter <= "힣" for key in keys_of("en") for letter in template("en", key))
    bare = {key for key in keys_of("ko") if not any("가" <= letter <= "힣" for letter in template("ko", key))}
    # Without a Korean letter: signs and units only.
    assert bare <= {
        "action.on_days", "calls.between", "cap.days", "carry.need", "choices.mark", "day", "fresh.chance", "list.comma",
        "list.days", "money", "none", "percent", "stage.when.one", "window.dates",
        "deadline.point", "doubt.carrier", "interval.beside", "interval.full", "list.semicolon", "points.one",
        "points.other", "quantile.point", "range", "range.short", "number.interval",
        "compare.interval", "compare.line.arrow", "compare.otherwise", "compare.points", "select.difference", "select.short",
    }  # fmt: skip


def test_korean_sentences_are_polite_and_end_as_sentences_do() -> None:
    plain = [
        key
        for key in keys_of("ko")
        if template("ko", key).endswith("다.") and not template("ko", key).endswith("니다.")
    ]
    assert plain == []


def test_no_key_is_unused() -> None:
    source = Path(waystation.__file__).parent
    code = "".join(path.read_text("utf-8") for room in ("briefs", "cli") for path in (source / room).rglob("*.py"))
    built = {re.sub(r"\{[^}]*\}", ".+", text.replace(".", r"\.")) for text in re.findall(r'f"([\w.{}!]+)"', code)}
    built = {pattern for pattern in built if re.search("[a-z]", pattern) and r"\." in pattern}
    built |= {rf"{kind}\..+" for kind in re.findall(r'word\("(\w+)"', code)}
    # An action's key grows by what is said of it: company, and whether another follows.
    built.add(r"action\.(leg|wait|stop)(\.company)?(\.plain|\.and|\.until)?")
    unused = {key for key in keys_of("en") if f'"{key}"' not in code and not any(re.fullmatch(p, key) for p in built)}
    assert unused == set()


def test_a_value_is_never_read_as_a_template() -> None:
    assert text("en", "leg", leg="{x}{0}") == "leg {x}{0}"
    assert text("ko", "leg", leg="{x}{0}") == "{x}{0} 구간"


def test_korean_particles_follow_the_name() -> None:
    assert text("ko", "condition.is", condition="메콩강", levels="높음") == "메콩강이 ‘높음’"
    assert text("ko", "condition.is", condition="순찰대", levels="많음") == "순찰대가 ‘많음’"


def test_an_unknown_language_is_refused_with_those_known() -> None:
    with pytest.raises(BadInputError, match=r"'fr'.*en, ko"):
        language_of("fr")
