import pytest

from waystation.cases.models import Contact
from waystation.kernel import BadInputError
from waystation.store.tiers import Tier


def test_it_is_sealed_whole_and_takes_only_declared_words() -> None:
    fields = Contact.sealed_fields()
    assert {name: field.tier for name, field in fields.items()} == {
        "whose": Tier.IDENTITY,
        "address": Tier.IDENTITY,
        **dict.fromkeys(("way", "safe_time", "caution"), Tier.WELFARE),
    }
    assert fields["way"].encode("email")
    with pytest.raises(BadInputError):
        fields["way"].encode("pigeon")
