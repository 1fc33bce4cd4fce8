import pytest

from waystation.cases.models import Household
from waystation.kernel import BadInputError
from waystation.store.tiers import Tier


def test_it_is_sealed_whole_and_takes_only_declared_words() -> None:
    fields = Household.sealed_fields()
    assert {name: field.tier for name, field in fields.items()} == dict.fromkeys(
        ("kind", "members", "inseparable", "not_consenting"), Tier.WELFARE
    )
    assert fields["kind"].encode("group")
    with pytest.raises(BadInputError):
        fields["kind"].encode("crowd")
