"""Plain names of countries, their parts and what changes there, from English into Korean; other names stay as written."""

import re

from waystation.briefs.language.countries import COUNTRIES

_PARTS = {
    "central": "중부",
    "east": "동부",
    "eastern": "동부",
    "inner": "내륙",
    "middle": "중부",
    "north": "북부",
    "northeast": "동북부",
    "northeastern": "동북부",
    "northern": "북부",
    "northwest": "서북부",
    "northwestern": "서북부",
    "south": "남부",
    "southeast": "동남부",
    "southeastern": "동남부",
    "southern": "남부",
    "southwest": "서남부",
    "southwestern": "서남부",
    "west": "서부",
    "western": "서부",
}
_THINGS = {
    "border": "국경",
    "checkpoints": "검문",
    "checks": "검문",
    "flights": "항공편",
    "law": "법",
    "patrols": "순찰",
    "rains": "비",
    "river": "강",
    "road": "도로",
    "sea": "바다",
    "snow": "눈",
    "weather": "날씨",
}
_KOREAN = {english.casefold(): korean for english, korean in COUNTRIES.values()} | {"korea": "한국"}


def in_korean(name: str) -> str:
    """Return ``Northern Laos``, ``the river`` or ``patrols in China`` in Korean; any other name is returned unchanged."""
    folded = " ".join(name.casefold().split()).removeprefix("the ")
    thing, _, where = re.sub(r" (?:in|of) ", "|", folded, count=1).partition("|")
    if thing in _THINGS:
        place = _place(where)
        if place is not None or not where:
            return f"{place} {_THINGS[thing]}" if place else _THINGS[thing]
    return _place(folded) or name


def _place(folded: str) -> str | None:
    if folded in _KOREAN:
        return _KOREAN[folded]
    part, _, country = folded.partition(" ")
    return f"{_KOREAN[country]} {_PARTS[part]}" if part in _PARTS and country in _KOREAN else None
