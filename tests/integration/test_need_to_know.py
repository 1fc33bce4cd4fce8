"""Whatever is given, taken, renewed, sealed and destroyed, in any order: who may read reads, and nobody else does.

The keyrings are held against a model in plain Python: who was given which key, and what was last sealed.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from pytest_django import DjangoDbBlocker, Settings
from tests.unit.store.sheets import NOON, People, Sheet, people_of, sheet_table

from waystation.kernel import RuleRefusedError
from waystation.store import models as store_models
from waystation.store.keyring import Keyring, export_grants, import_grants
from waystation.store.models import Grant, Record, TierKey, Withdrawal
from waystation.store.tiers import Tier
from waystation.vault import NoKeyError

FIELD_OF = {Tier.IDENTITY: "name", Tier.MOVEMENT: "party", Tier.WELFARE: "urgency", Tier.EVIDENCE: "testimony"}
VALUES = {
    Tier.IDENTITY: st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=3),
    Tier.MOVEMENT: st.integers(1, 200),
    Tier.WELFARE: st.sampled_from(("now", "soon")),
    Tier.EVIDENCE: st.sampled_from(("", "Seen.", "Seen again.")),
}
PEOPLE, RECORDS = st.integers(0, 2), st.integers(0, 1)
TIERS = st.sampled_from(sorted(Tier))


@pytest.fixture(scope="module")
def _table(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), sheet_table():
        yield


@pytest.fixture(autouse=True)
def _sheets(_table: None, monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> None:
    monkeypatch.setattr(store_models, "sealed_models", lambda: [Sheet])
    settings.DATA_DIR = tmp_path


class NeedToKnow(RuleBasedStateMachine):
    """Three people, two records. The model: ``held`` keys, ``pending`` withdrawals, last ``values``."""

    def __init__(self) -> None:
        super().__init__()
        self.undone = ExitStack()
        self.undone.enter_context(transaction.atomic())
        self.people: People = people_of(3)
        self.ids: list[UUID] = list(self.people.identities)
        self.rings: list[Keyring] = [self.people.keyring(person_id) for person_id in self.ids]
        self.records: list[Record] = []
        self.held: dict[tuple[int, Tier], set[int]] = {}
        self.pending: dict[tuple[int, Tier], set[int]] = {}
        self.values: dict[tuple[int, Tier], object] = {}
        self.shredded: set[int] = set()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.close()

    def may(self, person: int, record: int, tier: Tier) -> bool:
        place = (record, tier)
        return record not in self.shredded and person in self.held[place] - self.pending[place]

    @initialize(given=st.lists(st.dictionaries(PEOPLE, st.sets(TIERS)), min_size=2, max_size=2))
    def begin(self, given: list[dict[int, set[Tier]]]) -> None:
        for number, recipients in enumerate(given):
            named = {self.ids[person]: tiers for person, tiers in recipients.items()}
            record = self.rings[0].create_record(kind="case", recipients=named, at=NOON)
            Sheet(id=record.pk, record=record).save()
            self.records.append(record)
            for tier in Tier:
                self.held[number, tier] = {person for person, tiers in recipients.items() if tier in tiers}
                self.pending[number, tier] = set()

    @rule(person=PEOPLE, record=RECORDS, tier=TIERS, data=st.data())
    def seal(self, person: int, record: int, tier: Tier, data: st.DataObject) -> None:
        value = data.draw(VALUES[tier])
        row = self.row(record)
        if not self.may(person, record, tier):
            with pytest.raises(NoKeyError):
                self.rings[person].seal(row, **{FIELD_OF[tier]: value})
            return
        self.rings[person].seal(row, **{FIELD_OF[tier]: value})
        row.save()
        self.values[record, tier] = value

    @rule(giver=PEOPLE, record=RECORDS, tier=TIERS, to=PEOPLE)
    def give(self, giver: int, record: int, tier: Tier, to: int) -> None:
        card = self.people.cards[self.ids[to]]
        if not self.may(giver, record, tier):
            with pytest.raises(NoKeyError):
                self.rings[giver].give(self.records[record], tier, card)
            return
        self.rings[giver].give(self.records[record], tier, card)
        self.held[record, tier].add(to)
        self.pending[record, tier].discard(to)

    @rule(taker=PEOPLE, record=RECORDS, tier=TIERS, person=PEOPLE)
    def take(self, taker: int, record: int, tier: Tier, person: int) -> None:
        place = (record, tier)
        if record in self.shredded:
            with pytest.raises(NoKeyError):
                self.rings[taker].take(self.records[record], tier, self.ids[person], at=NOON)
            return
        taken = self.rings[taker].take(self.records[record], tier, self.ids[person], at=NOON)
        if not self.may(taker, record, tier):
            assert (taken.held, taken.renewed) == (None, False)
            self.pending[place].add(person)
            return
        assert taken.held is (person in self.held[place])
        leaving = self.pending[place] | {person}
        assert taken.renewed is bool(leaving & self.held[place])
        if taken.renewed:
            self.held[place] -= leaving
            self.pending[place] = set()

    @rule(person=PEOPLE)
    def renew(self, person: int) -> None:
        expected = 0
        for (record, tier), pending in self.pending.items():
            if pending and self.may(person, record, tier):
                expected += bool(pending & self.held[record, tier])
                self.held[record, tier] -= pending
                self.pending[record, tier] = set()
        assert self.rings[person].renew_stale(at=NOON) == expected

    @rule(person=PEOPLE, record=RECORDS, hold=st.booleans())
    def shred(self, person: int, record: int, hold: bool) -> None:
        if hold:
            Record.objects.filter(pk=self.records[record].pk, shredded_at=None).update(hold=True, hold_by=self.ids[0])
            if record not in self.shredded:
                with pytest.raises(RuleRefusedError):
                    self.rings[person].shred(self.records[record], at=NOON)
            Record.objects.filter(pk=self.records[record].pk).update(hold=False, hold_by=None)
            return
        if person == 0:
            self.rings[person].shred(self.records[record], at=NOON)
            self.shredded.add(record)

    @rule(person=PEOPLE)
    def begin_a_new_process(self, person: int) -> None:
        self.rings[person] = self.people.keyring(self.ids[person])

    @rule()
    def bring_the_keys_back_from_their_backup(self) -> None:
        rows = list(export_grants())
        assert import_grants(rows) == len(rows)

    @invariant()
    def who_may_read_reads_and_nobody_else_does(self) -> None:
        for number, record in enumerate(self.records):
            row = self.row(number)
            for tier, name in FIELD_OF.items():
                self.reading(number, tier, row, name)
                for person, ring in enumerate(self.rings):
                    assert ring.may_open(record, tier) is self.may(person, number, tier)
                    if ring.may_open(record, tier):
                        holders = {self.ids[each] for each in self.held[number, tier] - self.pending[number, tier]}
                        assert ring.holders(record, tier) == holders

    def reading(self, record: int, tier: Tier, row: Sheet, name: str) -> None:
        if record in self.shredded:
            assert getattr(row, name) is None
            return
        value = self.values.get((record, tier))
        assert self.people.recovered().open(row, name) == {name: value}
        for person, ring in enumerate(self.rings):
            if self.may(person, record, tier) or value is None:
                assert ring.open(row, name) == {name: value}
            else:
                with pytest.raises(NoKeyError):
                    ring.open(row, name)
                assert ring.open_many([row], name) == {}

    @invariant()
    def nothing_is_left_of_what_was_destroyed(self) -> None:
        gone = [self.records[number].pk for number in self.shredded]
        for model in (Grant, TierKey, Withdrawal):
            assert not model._base_manager.filter(record_id__in=gone).exists()

    def row(self, record: int) -> Sheet:
        return Sheet._base_manager.get(pk=self.records[record].pk)


def test_who_may_read_reads_and_nobody_else_does(db: None) -> None:
    run_state_machine_as_test(NeedToKnow, settings=settings(max_examples=8, stateful_step_count=15, deadline=None))


@pytest.mark.long
def test_the_same_over_many_more_orders(db: None) -> None:
    run_state_machine_as_test(NeedToKnow, settings=settings(max_examples=50, stateful_step_count=30, deadline=None))
