import pytest

from waystation.cases.models import Flag
from waystation.kernel import BadInputError
from waystation.store.tiers import Tier


def test_it_is_sealed_whole_and_takes_only_declared_words() -> None:
    fields = Flag.sealed_fields()
    assert {name: field.tier for name, field in fields.items()} == dict.fromkeys(
        ("reason", "words", "until"), Tier.WELFARE
    )
    assert fields["reason"].encode("media")
    with pytest.raises(BadInputError):
        fields["reason"].encode("because")
