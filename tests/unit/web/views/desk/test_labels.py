from typing import Any

from django.utils.translation import override

from waystation.cases.whole import Told
from waystation.web.views.desk.labels import label


def test_a_person_is_a_number_and_an_age_where_names_stay_closed() -> None:
    row: Any = None
    with override("en"):
        assert label(2, Told(row, {"age_band": "75+", "names": [{"text": "Han Sol"}]})) == "Person 2 · 75 and older"
        assert label(1, Told(row, {})) == "Person 1 · age unknown"
