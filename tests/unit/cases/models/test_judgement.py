import pytest

from waystation.cases.models import Judgement
from waystation.kernel import BadInputError
from waystation.store.tiers import Tier


def test_it_is_sealed_whole_and_takes_only_declared_words() -> None:
    fields = Judgement.sealed_fields()
    assert {name: field.tier for name, field in fields.items()} == dict.fromkeys(
        ("subject", "result", "reason", "words"), Tier.WELFARE
    )
    assert fields["result"].encode("cannot_yet")
    with pytest.raises(BadInputError):
        fields["result"].encode("perhaps")
