import io

import pytest

from waystation.intake.encodings import Encoding, decoded, find_encoding

KOREAN = "이름,사는 곳,나이\n" + "김하늘,북쪽 마을,41\n박바다,남쪽 강가,7\n" * 5
CHINESE = "姓名,地方,年龄\n" + "王小明,北方的城市,四十一\n李大海,南方的河边,七\n" * 5
ARABIC = "الاسم,المكان\n" + "سلمى,قرية في الشمال\nيوسف,مدينة على النهر\n" * 5


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"a,b\n1,2\n", Encoding("utf-8")),
        (KOREAN.encode(), Encoding("utf-8")),
        (KOREAN.encode("utf-8-sig"), Encoding("utf-8", 3)),
        (KOREAN.encode("utf-16"), Encoding("utf-16-le", 2)),
        (b"\xfe\xff" + KOREAN.encode("utf-16-be"), Encoding("utf-16-be", 2)),
        ("name,age\nalpha,3\n".encode("utf-16-le"), Encoding("utf-16-le", 0, assumed=True)),
        ("name,age\nalpha,3\n".encode("utf-16-be"), Encoding("utf-16-be", 0, assumed=True)),
        (KOREAN.encode("euc-kr"), Encoding("cp949", 0, assumed=True)),
        (CHINESE.encode("gb18030"), Encoding("gb18030", 0, assumed=True)),
        (ARABIC.encode("cp1256"), Encoding("cp1256", 0, assumed=True)),
    ],
)
def test_the_encoding_of_a_table_is_found_and_a_guess_says_so(raw: bytes, expected: Encoding) -> None:
    assert find_encoding(io.BytesIO(raw)) == expected


@pytest.mark.parametrize(
    "raw", [bytes(range(128, 256)) * 3, b"\xff\xfeab\x00\xd8", b"caf\xe9 \xe0 la \xf1\xf4\xee\xf8\xfd\n"]
)
def test_bytes_that_are_no_text_known_here_are_not_guessed(raw: bytes) -> None:
    assert find_encoding(io.BytesIO(raw)) is None


def test_a_character_may_lie_across_two_pieces() -> None:
    text = "가" * 50_000
    assert "".join(decoded(io.BytesIO(text.encode()), "utf-8")) == text
