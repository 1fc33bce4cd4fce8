from waystation.formats.checks.known import Known


def test_advice_names_the_nearest_or_a_few() -> None:
    assert Known(["river", "road"], "add it").advice("rivr") == "did you mean river?"
    assert Known([], "add it").advice("zzz") == "add it"
    assert Known("hgfedcba", "add it").advice("zzz") == "add it, or use one of a, b, c, d, e, f, …"
    assert Known("ab", "add it").advice("zzz") == "add it, or use one of a, b"


def test_names_are_known_by_their_very_letters() -> None:
    known = Known(["L1"])
    assert "L1" in known
    assert "l1" not in known
    assert known.nearest("l1") == "L1"


def test_a_file_of_unknown_words_does_not_take_for_ever() -> None:
    known = Known(f"leg{number}" for number in range(5_000))
    words = [f"lag{number}" for number in range(1000)]
    found = [known.nearest(word) for word in words]
    assert found[:6].count(None) == 0
    assert set(found[6:]) == {None}
    assert known.nearest(words[0]) == found[0]
