import pytest

from waystation.cases.models import Exit
from waystation.kernel import BadInputError
from waystation.store.tiers import Tier


def test_it_is_sealed_whole_and_takes_only_declared_words() -> None:
    fields = Exit.sealed_fields()
    assert {name: field.tier for name, field in fields.items()} == dict.fromkeys(
        ("outcome", "on", "words"), Tier.WELFARE
    )
    assert fields["outcome"].encode("died")
    with pytest.raises(BadInputError):
        fields["outcome"].encode("forgotten")
