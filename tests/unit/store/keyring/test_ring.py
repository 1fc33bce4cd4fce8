import pytest
from tests.unit.store.sheets import NOON, VALUES, Office

from waystation.store.tiers import Tier
from waystation.vault import NoKeyError


def test_what_was_sealed_opens_for_those_who_were_given_it_and_nobody_else(desk: Office) -> None:
    for keyring in (desk.ada, desk.ben, desk.again(desk.ada), desk.people.recovered()):
        assert keyring.open(desk.stored()) == VALUES
    with pytest.raises(NoKeyError):
        desk.eve.open(desk.stored(), "name")


def test_giving_and_taking(desk: Office) -> None:
    desk.ada.give(desk.record, Tier.IDENTITY, desk.people.cards[desk.eve.person_id])
    assert desk.eve.open(desk.stored(), "name") == {"name": "Ri Hana"}
    assert desk.eve.tiers_of(desk.record) == {Tier.IDENTITY}
    assert desk.ada.holders(desk.record, Tier.IDENTITY) == {desk.ada.person_id, desk.ben.person_id, desk.eve.person_id}
    taken = desk.ben.take(desk.record, Tier.IDENTITY, desk.eve.person_id, at=NOON)
    assert (taken.held, taken.renewed, taken.version, taken.fields) == (True, True, 2, 3)
    with pytest.raises(NoKeyError):
        desk.eve.open(desk.stored(), "name")
    assert desk.ada.open(desk.stored()) == VALUES


def test_taking_without_the_key(desk: Office) -> None:
    taken = desk.eve.take(desk.record, Tier.IDENTITY, desk.ben.person_id, at=NOON)
    assert (taken.held, taken.renewed) == (None, False)
    with pytest.raises(NoKeyError):
        desk.ben.open(desk.stored(), "name")
    assert desk.ada.withdrawn(desk.record, desk.ben.person_id) == {Tier.IDENTITY}
    assert desk.ada.renew_stale(at=NOON) == 1
    assert desk.ada.renew_stale(at=NOON) == 0
    assert desk.ada.holders(desk.record, Tier.IDENTITY) == {desk.ada.person_id}
    assert desk.again(desk.ada).open(desk.stored()) == VALUES
