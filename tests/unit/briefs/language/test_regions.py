import pytest

from waystation.briefs.language.regions import in_korean


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("South Korea", "대한민국"),
        ("North Korea", "북한"),
        ("Northern Laos", "라오스 북부"),
        ("north China", "중국 북부"),
        ("Southern South Korea", "대한민국 남부"),
        ("the river", "강"),
        ("Patrols in China", "중국 순찰"),
        ("the border of Mongolia", "몽골 국경"),
        ("Mekong", "Mekong"),
        ("the river in Xanadu", "the river in Xanadu"),
        ("메콩강", "메콩강"),
        ("", ""),
    ],
)
def test_plain_names_are_said_in_korean(name: str, expected: str) -> None:
    assert in_korean(name) == expected
