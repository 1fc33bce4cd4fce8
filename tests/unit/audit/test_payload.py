from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waystation.audit.errors import TellingDetailError
from waystation.audit.payload import PADDED_TO, Payload, from_bytes, to_bytes
from waystation.store.tiers import Tier
from waystation.vault import TamperedError

CODES = st.from_regex(r"[a-z0-9_.:-]{0,30}", fullmatch=True)
DETAILS = st.dictionaries(CODES, st.one_of(CODES, st.integers(0, 2**40), st.lists(CODES, max_size=4)), max_size=5)


@given(record=st.none() | st.uuids(), tier=st.none() | st.sampled_from(Tier), details=DETAILS)
@settings(deadline=None, max_examples=50)
def test_what_is_written_is_read(
    record: UUID | None, tier: Tier | None, details: dict[str, str | int | list[str]]
) -> None:
    payload = Payload(record, tier, details)
    plain = to_bytes(payload)
    assert from_bytes(plain) == payload
    assert len(plain) % PADDED_TO == 0


@pytest.mark.parametrize("value", ["Kim Ji-woo lives", "한지우", "a\nb", "x" * 121, ["ok", "two words"]])
def test_words_of_people_are_refused_and_not_repeated(value: str | list[str]) -> None:
    with pytest.raises(TellingDetailError) as refused:
        to_bytes(Payload(uuid4(), None, {"note": value}))
    assert "Kim" not in str(refused.value)
    assert "한" not in str(refused.value)


def test_length_does_not_tell_how_much_was_noted() -> None:
    assert len(to_bytes(Payload())) == len(
        to_bytes(Payload(uuid4(), Tier.WELFARE, {"fields": ["note"], "version": 12}))
    )


@pytest.mark.parametrize("plain", [b"", b"{}", b"[]", b'{"record": "x", "tier": null, "details": {}}', b"\xff"])
def test_what_is_no_payload_is_refused(plain: bytes) -> None:
    with pytest.raises(TamperedError):
        from_bytes(plain)
