from waystation.engine.model import Asked, OutcomeKind, Quantity
from waystation.formats.experience import LEARNED_COLUMNS
from waystation.formats.tables import TABLES
from waystation.formats.tables.learning import BELIEFS, CALIBRATION, JUDGEMENTS, OUTCOMES, REGIMES


def test_only_regimes_have_ids() -> None:
    assert REGIMES.has_ids
    assert not any(table.has_ids for table in (OUTCOMES, JUDGEMENTS, CALIBRATION, BELIEFS))


def test_every_word_of_the_vocabulary_can_be_written() -> None:
    for table, column, words in (
        (OUTCOMES, "outcome", OutcomeKind),
        (JUDGEMENTS, "asked", Asked),
        (BELIEFS, "quantity", Quantity),
    ):
        assert tuple(getattr(table.by_name[column].kind, "members", ())) == tuple(words)


def test_the_four_questions_may_wait_for_their_answer() -> None:
    assert not any(JUDGEMENTS.by_name[name].required for name in ("lowest", "highest", "best", "sure"))


def test_learned_columns_are_columns_of_legs() -> None:
    assert set(LEARNED_COLUMNS) == set(Quantity)
    assert {name for names in LEARNED_COLUMNS.values() for name in names} <= set(TABLES["legs.csv"].names)
