import pytest

from waystation.exchange.exporting.purposes import FIELDS, PLAIN, TABLES, Purpose, What, kinds_for, needed_for
from waystation.store.tiers import Tier


def test_every_purpose_has_rows_and_columns_that_there_are() -> None:
    assert {purpose for purpose, _ in FIELDS} == set(Purpose)
    assert {what for _, what in FIELDS} == set(What) == set(TABLES)
    for (_, what), fields in FIELDS.items():
        assert set(fields) <= set(TABLES[what].sealed_fields()) | set(PLAIN)
        assert len(set(fields)) == len(fields)


def test_nobodys_words_as_a_witness_leave_by_an_export() -> None:
    assert all(Tier.EVIDENCE not in needed_for(*each).tiers for each in FIELDS)


@pytest.mark.parametrize("purpose", [Purpose.STATISTICS, Purpose.TRANSPORT])
def test_statistics_and_transport_name_nobody(purpose: Purpose) -> None:
    assert kinds_for(purpose)
    assert all(Tier.IDENTITY not in needed_for(purpose, what).tiers for what in kinds_for(purpose))


def test_statistics_have_no_code_and_no_place_and_no_words() -> None:
    told = {name for what in kinds_for(Purpose.STATISTICS) for name in FIELDS[Purpose.STATISTICS, what]}
    assert not told & {"code", "region", "whereabouts", "danger", "medical", "words", "note", "birth"}


def test_how_somebody_is_reached_goes_to_who_takes_care_of_them_alone() -> None:
    assert {purpose for purpose, what in FIELDS if what is What.CONTACTS} == {Purpose.REFERRAL, Purpose.HANDOVER}


def test_what_a_purpose_opens() -> None:
    assert needed_for(Purpose.TRANSPORT).sealed == ("party_size", "whereabouts", "needs")
    assert needed_for(Purpose.SUPERVISION).tiers == {Tier.WELFARE}
    assert needed_for(Purpose.TRANSPORT, What.PEOPLE).tiers == {Tier.WELFARE}
    assert needed_for(Purpose.REFERRAL, What.CONTACTS).tiers == {Tier.IDENTITY, Tier.WELFARE}
