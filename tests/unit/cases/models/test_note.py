import pytest

from waystation.cases.models import Note
from waystation.kernel import BadInputError
from waystation.store.tiers import Tier


def test_it_is_sealed_whole_and_takes_only_declared_words() -> None:
    fields = Note.sealed_fields()
    assert {name: field.tier for name, field in fields.items()} == {"text": Tier.WELFARE}
    assert fields["text"].encode("a line")
    with pytest.raises(BadInputError):
        fields["text"].encode("x" * 20_001)
