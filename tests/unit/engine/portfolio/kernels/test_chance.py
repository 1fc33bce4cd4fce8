from waystation.engine.portfolio.kernels.chance import draw, stream


def test_a_stream_lies_between_nothing_and_one_and_repeats_with_its_seed() -> None:
    one, other = stream(7), stream(7)
    drawn = [draw(one) for _ in range(2_000)]
    assert all(0.0 < each < 1.0 for each in drawn)
    assert abs(sum(drawn) / 2_000 - 0.5) < 0.03
    assert drawn == [draw(other) for _ in range(2_000)]
    assert draw(stream(8)) != drawn[0]
