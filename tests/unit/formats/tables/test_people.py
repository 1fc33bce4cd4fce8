from waystation.formats.tables.people import GROUPS, TRAVELLERS


def test_no_column_can_hold_who_somebody_is() -> None:
    telling = {"name", "born", "birthday", "address", "phone", "passport", "debt", "owes"}
    assert telling.isdisjoint({*GROUPS.names, *TRAVELLERS.names})


def test_people_are_asked_for_no_more_than_planning_needs() -> None:
    assert {column.name for column in GROUPS.columns if column.required} == {"id", "place"}
    assert {column.name for column in TRAVELLERS.columns if column.required} == {"id", "group", "age_band"}
