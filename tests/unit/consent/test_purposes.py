import ast
from pathlib import Path

import waystation.consent
from waystation.consent.purposes import FOR_OTHERS, NEVER_A_CONDITION, RESTS_ON, Activity, Purpose, rests_on


def test_every_activity_rests_on_something_and_something_rests_on_every_purpose() -> None:
    assert set(RESTS_ON) == set(Activity)
    assert all(RESTS_ON.values())
    assert all(rests_on(purpose) for purpose in Purpose)


def test_no_help_rests_on_filming_or_publication() -> None:
    """Consent to filming is never a condition of help."""
    helping = set(Activity) - FOR_OTHERS
    assert {Activity.PLANNING, Activity.SETTING_OUT, Activity.TREATMENT, Activity.CALLING} <= helping
    assert all(not RESTS_ON[activity] & NEVER_A_CONDITION for activity in helping)
    assert {Purpose.EVIDENCE, Purpose.PUBLICATION} == NEVER_A_CONDITION


def test_what_serves_others_rests_on_a_yes_to_that() -> None:
    assert all(RESTS_ON[activity] & NEVER_A_CONDITION for activity in FOR_OTHERS)


def test_what_stops_is_what_the_table_says() -> None:
    assert rests_on(Purpose.MOVEMENT) == (Activity.PLANNING, Activity.SETTING_OUT)
    assert Activity.PLANNING in rests_on(Purpose.CASEWORK)


def test_the_path_of_a_journey_never_names_filming() -> None:
    """What may keep somebody from moving stands in `safeguarding`: it knows nothing of consent to filming, nor of any consent."""
    folder = Path(waystation.consent.__file__).parents[1] / "safeguarding"
    files = [path for path in folder.rglob("*.py") if "migrations" not in path.parts]
    assert len(files) > 10
    for path in files:
        names = {
            node.module or ""
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.ImportFrom)
        }
        assert not any(name.startswith("waystation.consent") for name in names), path
