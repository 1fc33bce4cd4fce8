from tests.unit.store.sheets import NOON, Office
from waystation.store.keyring.keys import demand_statement
from waystation.store.keyring.making import grant_rows, make_key, save_grants
from waystation.store.keyring.places import Place
from waystation.store.keyring.trust import Trust
from waystation.store.models import Grant, Record
from waystation.store.tiers import Tier
from waystation.vault import RECOVERY, commitment, open_box


def test_a_key_is_signed_committed_to_and_holds_the_one_before(desk: Office) -> None:
    record = Record.objects.create(kind="case", created_at=NOON)
    trust = Trust(desk.people.root.sign_public, desk.people.recovery.public, desk.people.cards)
    place = Place(record.pk, Tier.WELFARE)
    first = make_key(desk.people.root, place, before=None, at=NOON)
    second = make_key(desk.people.root, place, before=first, at=NOON)
    assert [first.version, second.version] == [1, 2]
    assert first.held()[1] is None
    assert second.held()[1] == first.key
    for key in (first, second):
        demand_statement(key.row, trust)
        assert commitment(key.key) == key.row.commitment
    assert first.row.box_public != second.row.box_public


def test_grants_say_nothing_of_whom_they_are_for(desk: Office) -> None:
    record = Record.objects.create(kind="case", created_at=NOON)
    trust = Trust(desk.people.root.sign_public, desk.people.recovery.public, desk.people.cards)
    key = make_key(desk.people.root, Place(record.pk, Tier.WELFARE), before=None, at=NOON)
    people = [*desk.people.cards, RECOVERY]
    save_grants(grant_rows(key, trust, people))
    stored = list(Grant.objects.filter(record=record))
    assert len(stored) == len(people)
    for person_id, identity in desk.people.identities.items():
        mine = [grant for grant in stored if bytes(grant.tag) == key.tag_of(person_id)]
        assert [open_box(identity.box_secret, bytes(grant.sealed)) for grant in mine] == [key.key]
        assert all(
            needle not in bytes(grant.sealed) + bytes(grant.tag)
            for grant in stored
            for needle in (person_id.bytes, identity.box_public)
        )
    assert len({len(grant.sealed) for grant in stored}) == 1


def test_grants_are_inserted_in_the_order_of_their_random_ids(desk: Office) -> None:
    rows = list(Grant.objects.filter(record=desk.record).order_by("id").values_list("id", flat=True))
    assert rows == sorted(rows)
    assert len(rows) == 4 * 3
