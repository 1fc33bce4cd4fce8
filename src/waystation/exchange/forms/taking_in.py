from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from waystation.accounts.models import Person
from waystation.accounts.permissions import Action
from waystation.accounts.services.demands import demand
from waystation.cases.codes import said, turned
from waystation.cases.models import Case
from waystation.cases.policies import refuse_closed
from waystation.cases.queries import visible_cases
from waystation.cases.services.steps import locked_case, permit
from waystation.continuity.errors import StoppedError
from waystation.continuity.steps import Steps
from waystation.exchange.forms.definitions import declared
from waystation.exchange.forms.submissions import tell_filed
from waystation.exchange.models import OwnForm
from waystation.exchange.models import Submission as Kept
from waystation.intake.faults import Fault, FaultCode, Weight, fault
from waystation.intake.submissions.submission import Submission, checked
from waystation.kernel import BadInputError, RuleRefusedError
from waystation.store.keyring import Keyring
from waystation.store.tiers import Tier
from waystation.vault import NoKeyError


@dataclass
class Taken:
    """What came of a file of submissions: how many were filed, how many were here already, and what is wrong with the others."""

    filed: int = 0
    same: int = 0
    wrong: int = 0
    stopped: bool = False
    faults: list[Fault] = field(default_factory=list)


def take_in(
    *,
    keyring: Keyring,
    form: OwnForm,
    submissions: Iterable[Submission | Fault],
    default_code: str,
    at: datetime,
    steps: Steps,
    only_look: bool = False,
) -> Taken:
    """File submissions that came from another program, each to the case it names, or else to ``default_code``'s.

    A submission with something wrong is named, by row and question, and left out; the others are filed. One that is here already,
    by its own key in the same form, changes nothing.

    Parameters
    ----------
    only_look
        Say what would come of it, and write nothing.

    Notes
    -----
    Each is a transaction. When it is stopped, what was filed by then stays; the same file again files the rest.
    """
    person = demand(keyring, Action.CASE_CHANGE)
    taken = Taken()
    cases = _codes(keyring, person)
    known = _keys(keyring, form)
    declaration = declared(form)
    for done, each in enumerate(submissions):
        try:
            steps("rows", done, done + 1)
        except StoppedError:
            taken.stopped = True
            break
        if isinstance(each, Fault):
            taken.faults.append(each)
            taken.wrong += 1
            continue
        filled, faults = checked(declaration, each, at)
        taken.faults += faults
        case_id = cases.get(said(each.case)) if each.case else cases.get(said(default_code))
        if case_id is None:
            taken.faults.append(fault(FaultCode.PARENT_UNKNOWN, row=each.row, column="case"))
        if case_id is None or any(one.weight in {Weight.WRONG, Weight.STOPS} for one in faults):
            taken.wrong += 1
        elif each.key and each.key in known:
            taken.same += 1
        elif only_look or _file(keyring, form, case_id, filled.kept(), each.key, at):
            taken.filed += 1
            known.add(each.key)
        else:
            taken.wrong += 1
    return taken


def _codes(keyring: Keyring, person: Person) -> dict[str, UUID]:
    found: dict[str, UUID] = {}
    for case in visible_cases(person, keyring):
        found[case.code] = found[turned(case.code)] = case.pk
    return found


def _keys(keyring: Keyring, form: OwnForm) -> set[str]:
    rows = Kept.objects.filter(form=form, imported=True).select_related("record")
    opened = keyring.open_many(rows, form.tier)
    return {str(each[form.tier].get("key", "")) for each in opened.values() if isinstance(each[form.tier], dict)}  # type: ignore[attr-defined] # asked before


def _file(keyring: Keyring, form: OwnForm, case_id: UUID, answers: dict[str, object], key: str, at: datetime) -> bool:
    try:
        with transaction.atomic():
            case = locked_case(keyring, Case.objects.select_related("record").get(pk=case_id))
            refuse_closed(case)
            permit(keyring, Action.CASE_CHANGE, case, {Tier(form.tier)})
            kept = Kept(record=case.record, form=form, by=keyring.person_id, at=at, filed_at=at, imported=True)
            keyring.seal(kept, **{form.tier: {"answers": answers, "key": key}})
            kept.save(force_insert=True)
            tell_filed(keyring, kept, at)
    except (BadInputError, RuleRefusedError, NoKeyError):
        return False
    return True
