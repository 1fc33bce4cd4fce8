from tests.unit.store.sheets import NOON, VALUES, Office, Sheet
from waystation.store.keyring.keys import OpenKey
from waystation.store.keyring.making import make_key
from waystation.store.keyring.places import Place
from waystation.store.keyring.rotation import seal_again
from waystation.store.models import TierKey
from waystation.store.tiers import Tier
from waystation.vault import Binding, open_sealed


def test_only_the_tier_of_the_record_is_sealed_again(desk: Office) -> None:
    other_record = desk.ada.create_record(kind="case", recipients={desk.ada.person_id: set(Tier)}, at=NOON)
    other = Sheet(record=other_record)
    desk.ada.seal(other, name="Ri Duri")
    other.save()
    before = desk.stored()
    place = Place(desk.record.pk, Tier.WELFARE)
    old = desk.ada.demand_key(desk.record, Tier.WELFARE)[1]
    row = TierKey.objects.get(record=desk.record, tier=Tier.WELFARE)
    new = make_key(desk.people.root, place, before=OpenKey(old, row), at=NOON)
    done = seal_again(place, new, {1: old})
    assert (done.fields, done.files, done.damaged) == (2, 0, 0)
    after = desk.stored()
    assert (after.name, after.party, after.testimony) == (before.name, before.party, before.testimony)
    assert after.urgency is not None
    bound = Binding("store_sheet", after.pk, "urgency", 2)
    assert open_sealed(new.key, after.urgency.sealed, bound) == b"soon"
    assert desk.ada.open(Sheet._base_manager.get(pk=other.pk), "name") == {"name": "Ri Duri"}
    assert desk.ada.open(after, "name")["name"] == VALUES["name"]


def test_plain_columns_that_somebody_changes_meanwhile_are_left_alone(desk: Office) -> None:
    Sheet._base_manager.filter(pk=desk.sheet.pk).update(code="new")
    desk.ada.take(desk.record, Tier.IDENTITY, desk.ben.person_id, at=NOON)
    assert desk.stored().code == "new"
