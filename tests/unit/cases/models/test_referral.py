import pytest

from waystation.cases.models import Referral
from waystation.kernel import BadInputError
from waystation.store.tiers import Tier


def test_it_is_sealed_whole_and_takes_only_declared_words() -> None:
    fields = Referral.sealed_fields()
    assert {name: field.tier for name, field in fields.items()} == dict.fromkeys(
        ("kind", "service", "to", "words", "consented", "answer", "answered_on"), Tier.WELFARE
    )
    assert fields["service"].encode("legal")
    with pytest.raises(BadInputError):
        fields["service"].encode("magic")
