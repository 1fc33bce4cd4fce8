from waystation.engine.portfolio.rows import Row, RowKind


def test_limits_have_an_order_of_their_own() -> None:
    rows = [Row(RowKind.PARTNER, "p", 1), Row(RowKind.MONEY, "x"), Row(RowKind.PARTNER, "p", 0)]
    assert [row.at for row in sorted(rows)] == [-1, 0, 1]
