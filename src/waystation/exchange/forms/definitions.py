from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from waystation.accounts.permissions import Action
from waystation.accounts.services.demands import demand
from waystation.audit.services import append
from waystation.exchange.errors import FormRefusedError
from waystation.exchange.models import OwnForm
from waystation.intake.faults import Fault, FaultCode
from waystation.intake.forms.document import form_document, form_of
from waystation.intake.forms.form import Form
from waystation.intake.submissions.mapping import FormMapping, mapping_document, mapping_of
from waystation.intake.xlsform.reading import FormReading
from waystation.store.keyring import Keyring
from waystation.store.tiers import Tier


@transaction.atomic
def bring_in(*, keyring: Keyring, reading: FormReading, name: str, tier: Tier, at: datetime) -> OwnForm:
    """Keep a form that was read; whoever brings it in has seen what of it is left out.

    Parameters
    ----------
    name
        What it is called here; its own title where this is empty.
    tier
        Who may open what is filled in.

    Raises
    ------
    NotPermittedError
        If the person may not.
    FormRefusedError
        If nothing of it can be used.
    """
    person = demand(keyring, Action.FORM_MANAGE)
    if reading.form is None or not reading.form.questions:
        raise FormRefusedError("this is no form that can be used")
    form = OwnForm.objects.create(
        name=(name or reading.form.title)[:200],
        version=reading.form.version[:100],
        tier=tier.value,
        document=form_document(reading.form),
        left_out=fault_document(reading.faults),
        by=person.pk,
        at=at,
    )
    details = {"form": str(form.pk), "tier": tier.value, "left_out": len(reading.faults)}
    append(keyring=keyring, kind="form.brought_in", at=at, details=details)
    return form


@transaction.atomic
def retire(*, keyring: Keyring, form_id: UUID, at: datetime, back: bool = False) -> OwnForm:
    """Let a form no longer be filled in; what was, stays. ``back`` takes that back."""
    demand(keyring, Action.FORM_MANAGE)
    form = OwnForm.objects.select_for_update().get(pk=form_id)
    form.retired_at = None if back else at
    form.save(update_fields=("retired_at",))
    append(keyring=keyring, kind="form.retired", at=at, details={"form": str(form.pk), "back": int(back)})
    return form


def declared(form: OwnForm) -> Form:
    """Return the form as declared data."""
    return form_of(form.document)


def mapping_kept(form: OwnForm) -> FormMapping | None:
    """Return how files of submissions were read the last time; None if none was."""
    return mapping_of(form.mapping) if form.mapping else None


def keep_mapping(form: OwnForm, mapping: FormMapping) -> None:
    """Keep how files of submissions are read."""
    form.mapping = mapping_document(mapping)
    OwnForm.objects.filter(pk=form.pk).update(mapping=form.mapping)


def fault_document(faults: Sequence[Fault]) -> list[dict[str, Any]]:
    """Return faults as plain JSON."""
    return [
        {
            "code": each.code.value,
            "sheet": each.sheet,
            "row": each.row,
            "column": each.column,
            "about": dict(each.about),
        }
        for each in faults
    ]


def faults_of(document: Sequence[dict[str, Any]]) -> list[Fault]:
    """Return the faults of a document."""
    return [
        Fault(FaultCode(each["code"]), each["sheet"], each["row"], each["column"], tuple(each["about"].items()))
        for each in document
    ]
