import pytest

from waystation.matching.name import compare_names, read_names
from waystation.matching.word import WordLevel


def divided(text: str) -> list[tuple[str, str]]:
    return [
        (name.first.shown if name.first else "", name.second.shown if name.second else "") for name in read_names(text)
    ]


def test_a_comma_states_which_part_is_which() -> None:
    assert [(name.stated, name.first.shown if name.first else "") for name in read_names("Kim, Seung-eun")] == [
        (True, "Kim")
    ]
    assert read_names(" , ") == ()


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [("김성은", "김", "성은"), ("남궁석", "남궁", "석"), ("欧阳秀英", "欧阳", "秀英"), ("陈 小平", "陈", "小平")],
)
def test_hangul_and_characters_are_divided_after_the_surname(text: str, first: str, second: str) -> None:
    assert divided(text) == [(first, second)]


def test_either_end_of_other_names_may_be_the_familys() -> None:
    assert divided("Sung Eun Kim") == [("Sung", "Eun-Kim"), ("Kim", "Sung-Eun"), ("Kim", "Sung")]


@pytest.mark.parametrize("text", ["Pak Un-ju 박은주", "Pak Un-ju (박은주)", "박은주 / Pak Un-ju"])
def test_a_name_in_two_scripts_is_two_names(text: str) -> None:
    assert set(divided(text)) == {("Pak", "Un-ju"), ("Un-ju", "Pak"), ("박", "은주")}


def test_links_are_left_out_and_beginnings_joined() -> None:
    assert divided("Mohammed bin Abdul Rahman")[0] == ("Mohammed", "Abdul-Rahman")
    assert divided("عبد الرحمن خالد")[0] == ("عبدالرحمن", "خالد")


def compared(one: str, other: str) -> tuple[WordLevel | None, WordLevel | None, bool | None]:
    found = compare_names(read_names(one), read_names(other))
    assert found is not None
    return found.first, found.second, found.swapped


def test_the_order_of_a_name_does_not_matter() -> None:
    assert compared("Sung Eun Kim", "Kim Sung-eun") == (WordLevel.SAME, WordLevel.SAME, None)


def test_two_stated_parts_crosswise_are_swapped() -> None:
    assert compared("waller, lachlan", "lachlan, waller") == (WordLevel.SAME, WordLevel.SAME, True)
    assert compared("waller, lachlan", "waller, lachlna") == (WordLevel.SAME, WordLevel.CLOSE, False)


def test_of_two_ways_that_agree_as_well_the_familys_part_agrees() -> None:
    found = compare_names(read_names("Younghee Lee"), read_names("Lee Young-soo"))
    assert found is not None
    assert (found.first, found.second) == (WordLevel.SAME, WordLevel.LIKE)


def test_a_missing_part_says_nothing() -> None:
    assert compared("waller, ", "waller, lachlan") == (WordLevel.SAME, None, False)
    assert compare_names((), read_names("Kim")) is None
