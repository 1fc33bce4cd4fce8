from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from waystation.cases.steps.blocks import Asked, Block, Companion
from waystation.cases.steps.vocabulary import Need, Step


def test_a_question_shows_no_keys_and_a_block_is_about_the_whole_case_unless_it_names_somebody() -> None:
    keyring: Any = "the keys"
    record: Any = "a record"
    asked = Asked(keyring, record, Step.MOVEMENT, (Companion(UUID(int=1), "75+", is_child=False),), datetime.now(UTC))
    assert "the keys" not in repr(asked)
    assert Block(Need.CONSENT, "consent.withdrawn").traveller is None
