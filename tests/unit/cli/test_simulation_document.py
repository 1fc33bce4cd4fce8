import json

from tests.oracle.small_journeys import ALONE, START, leg, network
from tests.unit.engine.organisations_by_hand import prepared

from waystation.cli.simulation_document import hindcast_document, replayed_document, study_document
from waystation.engine.model import Caps
from waystation.engine.simulation.hindcast import hindcast
from waystation.engine.simulation.journey import replay_plan
from waystation.engine.simulation.measures import MEASURES
from waystation.engine.simulation.study import study


def test_money_is_text_and_chances_are_numbers() -> None:
    found = replay_plan(network([leg("ride", "origin", "goal", fee=10)]), ALONE, START, Caps(), 1, 10)
    document = replayed_document(found, 1)
    assert document["cost_quantiles"] == ["10.00"] * 3
    assert document["exact"]["arrive"] == 1.0
    json.dumps(document, allow_nan=False)


def test_a_run_without_arrivals_has_no_nan() -> None:
    found = replay_plan(network([leg("ride", "origin", "goal", intercepted=1.0)]), ALONE, START, Caps(), 1, 10)
    assert replayed_document(found, 1)["days_quantiles"] == [None] * 3


def test_every_measure_of_every_arm_is_there() -> None:
    made = prepared()
    document = study_document(study([made, made], ["first_come"], 1, 5), made)
    names = {measure.name for measure in MEASURES}
    assert [set(arm["measures"]) for arm in document["arms"]] == [names, names]
    assert [set(arm["differences"]) for arm in document["arms"]] == [set(), names]
    assert isinstance(document["arms"][0]["measures"]["spent"]["mean"], str)
    json.dumps(document, allow_nan=False)


def test_years_carry_their_gain() -> None:
    document = hindcast_document(hindcast({2000 + n: 100 + n for n in range(6)}))
    assert set(document["years"][0]) >= {
        "year",
        "actual",
        "last_year",
        "forecast",
        "gain",
        "covered",
        "told",
    }
    json.dumps(document, allow_nan=False)
