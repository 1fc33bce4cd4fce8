"""Plain names of countries and their parts, turned from English into Korean. Anything else stays as it was written."""

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
_KOREAN = {english.casefold(): korean for english, korean in COUNTRIES.values()} | {"korea": "한국"}


def in_korean(name: str) -> str:
    """Return ``South Korea`` or ``Northern Laos`` in Korean; a name of any other form is returned unchanged."""
    folded = " ".join(name.casefold().split())
    if folded in _KOREAN:
        return _KOREAN[folded]
    part, _, country = folded.partition(" ")
    if part in _PARTS and country in _KOREAN:
        return f"{_KOREAN[country]} {_PARTS[part]}"
    return name
