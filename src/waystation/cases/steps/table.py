from dataclasses import dataclass
from typing import Final

from waystation.accounts.permissions import Action
from waystation.cases.steps.vocabulary import Need, Step


@dataclass(frozen=True)
class Transition:
    """One row: a case may go from one step to another.

    Attributes
    ----------
    action
        What a person must be permitted to do (`waystation.accounts.permissions`).
    needs
        What must be on record.
    back
        Whether it leads back to where the case was.
    """

    start: Step
    to: Step
    action: Action
    needs: frozenset[Need] = frozenset()
    back: bool = False


MOVE: Final = frozenset(
    {
        Need.VERIFIED,
        Need.SCREENED,
        Need.TRAVELLERS,
        Need.CONSENT,
        Need.CHILD_PROCEDURE,
        Need.ACCEPTED,
        Need.TWO_SIGNATURES,
    }
)
"""Without these nobody moves. They are asked for again on the way, for each may have been withdrawn since."""


def _on(start: Step, to: Step, *needs: Need) -> Transition:
    return Transition(start, to, Action.CASE_STEP, frozenset(needs))


def _back(start: Step, to: Step) -> Transition:
    return Transition(start, to, Action.CASE_STEP, back=True)


def _out(start: Step) -> Transition:
    return Transition(start, Step.CLOSURE, Action.CASE_CLOSE, frozenset({Need.EXIT}))


TRANSITIONS: Final[tuple[Transition, ...]] = (
    _on(Step.REQUEST, Step.VERIFICATION, Need.CONTACT_CONSENT),
    _on(Step.VERIFICATION, Step.SCREENING, Need.CONTACT_CONSENT, Need.VERIFIED),
    _on(Step.SCREENING, Step.ASSESSMENT, Need.VERIFIED, Need.SCREENED),
    _on(Step.ASSESSMENT, Step.DECISION, Need.SCREENED, Need.TRAVELLERS, Need.ASSESSED),
    _on(Step.DECISION, Step.PLAN, *MOVE),
    _on(Step.PLAN, Step.MOVEMENT, *MOVE, Need.PLANNED),
    _on(Step.MOVEMENT, Step.ARRIVAL, Need.ARRIVED),
    _on(Step.ARRIVAL, Step.FOLLOW_UP),
    _back(Step.VERIFICATION, Step.REQUEST),
    _back(Step.SCREENING, Step.VERIFICATION),
    _back(Step.ASSESSMENT, Step.SCREENING),
    _back(Step.DECISION, Step.ASSESSMENT),
    _back(Step.PLAN, Step.DECISION),
    _back(Step.MOVEMENT, Step.PLAN),
    _back(Step.ARRIVAL, Step.MOVEMENT),
    _back(Step.FOLLOW_UP, Step.ARRIVAL),
    *(_out(step) for step in Step if step is not Step.CLOSURE),
)
"""The one table. What it does not say does not happen; `docs/steps.md` is drawn from it."""

BEGINS: Final = Step.REQUEST
ENDS: Final = Step.CLOSURE


def transition(start: Step, to: Step) -> Transition | None:
    """Return the row that leads from one step to another; None where none does."""
    return next((row for row in TRANSITIONS if (row.start, row.to) == (start, to)), None)


def next_step(start: Step) -> Transition | None:
    """Return the row that leads on, neither back nor out; None at the end of the way."""
    return next((row for row in TRANSITIONS if row.start is start and not row.back and row.to is not ENDS), None)


def step_before(start: Step) -> Transition | None:
    """Return the row that leads back; None where there is none."""
    return next((row for row in TRANSITIONS if row.start is start and row.back), None)
