from uuid import uuid4

import pytest

from waystation.vault import Binding, TamperedError, new_identity, open_own, seal_own


def test_only_ones_own_secret_opens_it_and_only_in_its_place() -> None:
    me, place = new_identity(uuid4()), Binding("notes", uuid4(), "value", 1)
    sealed = seal_own(me, b"a view", place)
    assert open_own(me, memoryview(sealed), place) == b"a view"
    with pytest.raises(TamperedError):
        open_own(new_identity(me.person_id), sealed, place)
    with pytest.raises(TamperedError):
        open_own(me, sealed, Binding("notes", uuid4(), "value", 1))
