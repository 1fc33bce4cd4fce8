from uuid import UUID

from waystation.accounts import errors
from waystation.kernel import BadInputError, RuleRefusedError


def test_every_refusal_is_a_rule_and_every_mistake_an_input() -> None:
    raised = {kind for kind in vars(errors).values() if isinstance(kind, type) and kind.__module__ == errors.__name__}
    assert raised - {errors.SharesDifferError} == {kind for kind in raised if issubclass(kind, RuleRefusedError)}
    assert issubclass(errors.SharesDifferError, BadInputError)


def test_what_a_second_person_is_needed_for_is_told() -> None:
    refusal = errors.SecondPersonNeededError("shred", UUID(int=5))
    assert (refusal.purpose, refusal.record_id) == ("shred", UUID(int=5))


def test_wrong_shares_are_named_by_position_alone() -> None:
    refusal = errors.SharesDifferError((1,))
    assert refusal.wrong == (1,)
