from uuid import uuid4

from django.utils.translation import override

from waystation.audit.payload import Payload
from waystation.web.log_words import facts_of

RECORD, PERSON = uuid4(), uuid4()
NAMES = {PERSON: "한지우"}


def said(language: str, **details: object) -> dict[str, str]:
    payload = Payload(record_id=RECORD, tier="movement", details=details)  # type: ignore[arg-type] # what an entry may hold
    with override(language):
        return dict(facts_of(payload, NAMES))


def test_fields_parts_and_roles_are_called_what_pages_call_them() -> None:
    assert said("ko", fields=["birth_date", "needs"])["항목 이름"] == "생년월일, 필요한 것"
    assert said("en", roles=["case_lead"])["roles"] == "Case lead"
    assert said("en")["part"] == "Where"


def test_people_are_called_by_their_names() -> None:
    assert said("en", person=str(PERSON))["person"] == "한지우"


def test_what_nobody_knows_is_shown_as_it_is() -> None:
    stranger = str(uuid4())
    assert said("en", person=stranger, oddity="x")["person"] == stranger
    assert said("en", oddity="x")["oddity"] == "x"


def test_a_key_is_shortened() -> None:
    assert said("en", sign_public="ab" * 32)["signing key"] == "abababababababab…"


def test_what_is_sealed_to_another_key_says_so() -> None:
    with override("en"):
        assert facts_of(None, NAMES) == [("About", "Sealed to a key that is not here")]
