from waystation.cases.models import Traveller
from waystation.cases.whole import Told
from waystation.web.wording import say


def label(place: int, told: Told[Traveller]) -> str:
    """Return what a person is called where names stay closed: a number and an age band."""
    band = told["age_band"]
    return say("desk.person", place=place, age=say(f"desk.age.{band}") if band else say("desk.age.unknown"))
