"""What people ask of the desk all day: each as one request, with the status that answers it."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.office import SeatedClient

    from benchmarks.desk_store import Filled

Ask = Callable[[], Any]


@dataclass(frozen=True)
class Question:
    """One request, the status that answers it, and what happens before it each time."""

    ask: Ask
    status: int = 200
    before: Ask = lambda: None

    def once(self) -> None:
        """Ask once, for nothing but what is compiled and remembered on the way."""
        self.before()
        self.check(self.ask())

    def check(self, answer: Any) -> None:
        """Raise RuntimeError if it was not answered as it should be."""
        if answer.status_code != self.status:
            raise RuntimeError(f"answered {answer.status_code}, not {self.status}: no time is worth anything then")


def asks(client: "SeatedClient", store: "Filled") -> dict[str, Question]:
    """Return what this person may ask, by what it is called."""
    from waystation.accounts.permissions import Action, may

    person = store.office.person(client.desk.token.removeprefix("seat of "))
    found = _reading(client, store)
    if may(person, Action.CASE_CHANGE):
        found |= _saving(client, store)
    if may(person, Action.CASE_CREATE):
        found |= _first_call(client)
    return found


def _reading(client: "SeatedClient", store: "Filled") -> dict[str, Question]:
    five, twelve = (store.households[size] for size in (5, 12))
    return {
        "list": Question(lambda: client.get("/cases?state=open")),
        "list, narrowed, due first": Question(lambda: client.get("/cases?step=screening&priority=urgent&order=due")),
        "list, page 100": Question(lambda: client.get("/cases?state=open&page=100")),
        "search by name": Question(lambda: client.post("/cases/search", {"text": "은주 33"})),
        "search, many found": Question(lambda: client.post("/cases/search", {"text": "valley"})),
        "a case": Question(lambda: client.get(f"/cases/{store.own}")),
        "a case of 5 with all papers": Question(lambda: client.get(f"/cases/{five}")),
        "a case of 12 with all papers": Question(lambda: client.get(f"/cases/{twelve}")),
        "home": Question(lambda: client.get("/")),
    }


def _saving(client: "SeatedClient", store: "Filled") -> dict[str, Question]:
    """Return saves: another note on the newest version each time; what comes after a save is measured without it."""
    from waystation.cases.models import Case

    number = count(1)

    def save() -> Any:
        version = Case.objects.values_list("version", flat=True).get(pk=store.own)
        data = {"version": version, "note": f"note {next(number)}", "urgency": "soon", "initial-urgency": "soon"}
        return client.post(f"/cases/{store.own}/welfare", data)

    return {
        "save a note": Question(save, 303),
        "list after a save": Question(lambda: client.get("/cases?state=open"), before=save),
        "home after a save": Question(lambda: client.get("/"), before=save),
        "a case after a save": Question(lambda: client.get(f"/cases/{store.own}"), before=save),
    }


def _first_call(client: "SeatedClient") -> dict[str, Question]:
    first_call = "/requests/new"
    client.post(first_call, {"stage": "for_whom", "for_whom": "은주 33"})
    return {"first call, who is alike": Question(lambda: client.get(first_call))}
