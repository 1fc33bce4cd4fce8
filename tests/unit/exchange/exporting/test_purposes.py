from waystation.cases.models import Case
from waystation.exchange.exporting.purposes import FIELDS, PLAIN, Purpose, needed_for
from waystation.store.tiers import Tier


def test_every_purpose_has_columns_that_there_are() -> None:
    assert set(FIELDS) == set(Purpose)
    known = set(Case.sealed_fields()) | set(PLAIN)
    assert all(set(fields) <= known for fields in FIELDS.values())


def test_nobodys_words_as_a_witness_leave_by_an_export() -> None:
    assert all(Tier.EVIDENCE not in needed_for(purpose).tiers for purpose in Purpose)


def test_statistics_and_transport_name_nobody() -> None:
    assert Tier.IDENTITY not in needed_for(Purpose.STATISTICS).tiers | needed_for(Purpose.TRANSPORT).tiers
    assert "code" not in FIELDS[Purpose.STATISTICS]


def test_what_a_purpose_opens() -> None:
    assert needed_for(Purpose.TRANSPORT).sealed == ("party_size", "whereabouts", "needs")
    assert needed_for(Purpose.SUPERVISION).tiers == {Tier.WELFARE}
