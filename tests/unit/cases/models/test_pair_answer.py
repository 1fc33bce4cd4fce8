import pytest

from waystation.cases.models import PAIR_ANSWERS, PairAnswer
from waystation.kernel import BadInputError


def test_an_answer_is_one_of_the_declared_and_its_reason_has_a_length() -> None:
    fields = PairAnswer.sealed_fields()
    assert all(fields["answer"].encode(answer) for answer in PAIR_ANSWERS)
    with pytest.raises(BadInputError):
        fields["answer"].encode("perhaps")
    with pytest.raises(BadInputError):
        fields["reason"].encode("x" * 2_001)


def test_everything_that_is_said_is_sealed_for_those_who_know_how_people_are() -> None:
    assert {name: field.tier for name, field in PairAnswer.sealed_fields().items()} == {
        "other": "welfare",
        "answer": "welfare",
        "reason": "welfare",
        "before": "welfare",
    }
