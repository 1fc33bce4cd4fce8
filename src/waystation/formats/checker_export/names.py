from dataclasses import dataclass

from waystation.engine.journeys.process import Process


@dataclass(frozen=True, slots=True)
class ActionNames:
    """What the actions of a process are called for model checkers: ``wait`` by place, ``move`` by move."""

    wait: tuple[str, ...]
    move: tuple[str, ...]


def action_names(process: Process) -> ActionNames:
    """Name the actions ``wait_X``, ``leg_L7`` and ``leg_L7_company``; each name is a PRISM identifier and means one action.

    A hyphen becomes an underscore; where two ids would become one name, the later ones are numbered.
    """
    taken: set[str] = set()
    wait = tuple(_free(f"wait_{place}", taken) for place in process.places)
    moves = zip(process.moves.leg, process.moves.in_company, strict=True)
    move = tuple(_free(f"leg_{leg}_company" if in_company else f"leg_{leg}", taken) for leg, in_company in moves)
    return ActionNames(wait, move)


def _free(name: str, taken: set[str]) -> str:
    plain = name.replace("-", "_")
    found, count = plain, 1
    while found in taken:
        count += 1
        found = f"{plain}_{count}"
    taken.add(found)
    return found
