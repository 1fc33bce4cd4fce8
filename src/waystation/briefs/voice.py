import datetime as dt
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from waystation.briefs import figures
from waystation.briefs.language import Language, keys_of, text
from waystation.briefs.language.countries import COUNTRIES
from waystation.briefs.language.regions import in_korean
from waystation.engine.model import Condition, Group, Leg, Network, Partner, Place
from waystation.kernel import Money

_NAME_GOES_ON = re.compile(r"\s(?:and|at|between|by|for|from|in|of|on|to)\s")


@dataclass(frozen=True)
class Voice:
    """Names things of one network to the people of one group, in one language.

    Every method returns plain text; nothing is escaped for HTML, Typst or a terminal.

    Attributes
    ----------
    start
        The day from which days are counted.
    """

    language: Language
    network: Network
    group: Group
    start: dt.date

    @cached_property
    def places(self) -> dict[str, Place]:
        """Places by id."""
        return {place.id: place for place in self.network.places}

    @cached_property
    def legs(self) -> dict[str, Leg]:
        """Legs by id."""
        return {leg.id: leg for leg in self.network.legs}

    @cached_property
    def partners(self) -> dict[str, Partner]:
        """Partners by id."""
        return {partner.id: partner for partner in self.network.partners}

    @cached_property
    def conditions(self) -> dict[str, Condition]:
        """Conditions by id."""
        return {condition.id: condition for condition in self.network.conditions}

    def say(self, key: str, **values: str) -> str:
        """Return a text of this language with its placeholders filled."""
        return text(self.language, key, **values)

    def listed(self, items: list[str], last: str = "list.and") -> str:
        """Return items as a list in words, the last joined by "and" (or by "or": ``list.or``)."""
        if len(items) <= 1:
            return "".join(items)
        return self.say(last, first=self.say("list.comma").join(items[:-1]), last=items[-1])

    def place(self, place_id: str) -> str:
        """Return what a place is called: its name, else its region, else its country, else its code."""
        place = self.places.get(place_id)
        if place is None:
            return place_id
        name = place.name or place.region
        if not name:
            return self.country(place.country) or place_id
        return in_korean(name) if self.language == "ko" else name

    def country(self, code: str) -> str:
        """Return the name of a country, or its code where none is kept."""
        names = COUNTRIES.get(code.upper())
        return names[0 if self.language == "en" else 1] if names else code

    def leg(self, leg_id: str) -> str:
        """Return a leg by its code."""
        return self.say("leg", leg=leg_id)

    def leg_way(self, leg_id: str) -> str:
        """Return a leg by its code, with how and where it goes."""
        leg = self.legs.get(leg_id)
        if leg is None:
            return self.leg(leg_id)
        return self.say("leg.way", leg=leg_id, mode=self.say(f"mode.{leg.mode}"), place=self.place(leg.target))

    def condition(self, condition_id: str) -> str:
        """Return what a condition is called."""
        condition = self.conditions.get(condition_id)
        name = condition.name if condition and condition.name else condition_id
        return in_korean(name) if self.language == "ko" else name

    def capitalised(self, sentence: str) -> str:
        """Return a sentence that begins with a capital letter where the language has them; codes are not touched."""
        return sentence[:1].upper() + sentence[1:] if self.language == "en" else sentence

    def condition_at(self, condition_id: str, levels: Iterable[str]) -> str:
        """Return a condition at some levels: ``Mekong is high or in flood``."""
        name = self.condition(condition_id)
        words = self.listed([self.level(level) for level in levels], "list.or")
        return self.say("condition.are" if _is_plural(name) else "condition.is", condition=name, levels=words)

    def level(self, name: str) -> str:
        """Return a level in words where this language has one, else its code."""
        return self.word("level", name)

    def word(self, kind: str, code: str) -> str:
        """Return the word for a code of some kind (``level``, ``need``), or the code where there is none."""
        key = f"{kind}.{code}"
        return self.say(key) if key in keys_of(self.language) else code.replace("_", " ")

    def date(self, on: dt.date, *, year: bool = False) -> str:
        """Return a calendar day; the year is added when asked for or when it is not the year of the start."""
        return figures.calendar(self.language, on, year=year or on.year != self.start.year)

    def iso_date(self, iso: str) -> str:
        """Return a calendar day given as ``2026-12-02``; anything else is returned as it is."""
        try:
            return self.date(dt.date.fromisoformat(iso))
        except ValueError:
            return iso

    def date_of(self, day: float) -> dt.date:
        """Return the calendar day that lies so many days after the start."""
        return self.start + dt.timedelta(days=math.floor(day + 1e-9))

    def day(self, day: float) -> str:
        """Return a day counted from the start together with its date."""
        if math.isnan(day):
            return self.say("none")
        return self.say("day", number=figures.number(day), date=self.date(self.date_of(day)))

    def days(self, days: float) -> str:
        """Return a length of time in days."""
        return figures.counted(self.language, "days", days)

    def least_days(self, days: float) -> str:
        """Return a least sufficient length of time, rounded up to what is shown so that it does suffice."""
        return self.days(math.ceil(days * 10.0 - 1e-9) / 10.0)

    def hours(self, hours: float) -> str:
        """Return a length of time in hours."""
        return figures.counted(self.language, "hours", hours)

    def least_hours(self, hours: float) -> str:
        """Return a least sufficient number of hours, rounded up to what is shown so that it does suffice."""
        return self.hours(math.ceil(hours * 10.0 - 1e-9) / 10.0)

    def people(self, count: int) -> str:
        """Return a number of people."""
        return figures.counted(self.language, "people", count)

    def percent(self, chance: float) -> str:
        """Return a chance in percent."""
        return figures.percent(self.language, chance)

    def percent_range(self, low: float, high: float) -> str:
        """Return the chances between two bounds in percent."""
        return figures.percent_range(self.language, low, high)

    def interval(self, low: float, high: float) -> str:
        """Return the same for a table or for brackets."""
        return figures.short_percent_range(self.language, low, high)

    def points(self, gain: float) -> str:
        """Return how far two chances lie apart."""
        return figures.points(self.language, gain)

    def money(self, amount: Money) -> str:
        """Return an exact amount."""
        return figures.money(self.language, amount)

    def mean_money(self, minor: float, currency: str) -> str:
        """Return a mean amount given in minor units."""
        return figures.mean_money(self.language, minor, currency)


def _is_plural(name: str) -> bool:
    """Guess whether an English name takes "are": by the noun at its head, as in ``patrols in the north``."""
    head = _NAME_GOES_ON.split(name)[0].casefold()
    return head.endswith("s") and not head.endswith(("ss", "us", "is", "os"))
