"""Ways to reach somebody, and what a kept file is."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms

from waystation.accounts.openings import open_fields
from waystation.cases.models import PAPERS, WAYS, Contact, Document
from waystation.cases.services import describe_document, set_contact, take_off_contact
from waystation.store.models import SealedFile
from waystation.web.views.desk.doing import Act, Asking, DeskForm, Doing, undo
from waystation.web.views.desk.fields import line, lines, one_of, version
from waystation.web.views.desk.people import labelled
from waystation.web.wording import say, say_lazy


class ContactForm(DeskForm):
    """A way to reach somebody."""

    version = version()
    whose = line("desk.contact.whose", longest=200)
    way = one_of("desk.request.answer_way", WAYS, "desk.way", required=True)
    address = line("desk.request.answer_address", longest=300, required=True)
    safe_time = line("desk.request.answer_time", longest=300, hint="desk.request.answer_time.hint")
    caution = lines("desk.contact.caution", longest=1_000, rows=3, hint="desk.contact.caution.hint")

    def seen(self, asking: Asking) -> dict[str, Any]:
        """Open the contact; the log says so."""
        if "row_id" not in asking.arguments:
            return {}
        row = Contact.objects.select_related("record").get(pk=asking.row_id, record=asking.case.record)
        fields = tuple(Contact.sealed_fields())
        told = open_fields(keyring=asking.request.keyring, row=row, fields=fields, at=asking.at)
        return {**told, "version": row.version}


class DocumentForm(DeskForm):
    """What a file is."""

    kind = one_of("desk.document.kind", PAPERS, "desk.paper", required=True)
    traveller = forms.ChoiceField(label=say_lazy("desk.document.traveller"), required=False)

    def prepare(self, asking: Asking) -> None:
        """Offer the people of the case."""
        SealedFile.objects.get(pk=asking.row_id, record=asking.case.record)
        people = [(str(told.row.pk), said) for told, said in labelled(asking)]
        self.fields["traveller"].choices = [("", say("desk.whole_case")), *people]  # type: ignore[attr-defined] # a ChoiceField

    def seen(self, asking: Asking) -> dict[str, Any]:
        """Open what is said of the file so far."""
        row = Document.objects.select_related("record").filter(file_id=asking.row_id, record=asking.case.record).first()
        if row is None:
            return {}
        return open_fields(keyring=asking.request.keyring, row=row, fields=("kind", "traveller"), at=asking.at)


def _set(asking: Asking, given: Mapping[str, Any]) -> str:
    values = {name: value for name, value in given.items() if name != "version"}
    set_contact(
        keyring=asking.request.keyring,
        case=asking.case,
        values=values,
        contact_id=asking.arguments.get("row_id"),
        seen_version=given["version"] or 0,
        at=asking.at,
    )
    return ""


def _off(asking: Asking) -> str:
    take_off_contact(keyring=asking.request.keyring, case=asking.case, contact_id=asking.row_id, at=asking.at)
    return undo("contact_on", asking, asking.row_id)


def _on(asking: Asking) -> str:
    take_off_contact(
        keyring=asking.request.keyring, case=asking.case, contact_id=asking.row_id, at=asking.at, back=True
    )
    return undo("contact_off", asking, asking.row_id)


def _describe(asking: Asking, given: Mapping[str, Any]) -> str:
    about = UUID(given["traveller"]) if given["traveller"] else None
    keyring, case, kind = asking.request.keyring, asking.case, given["kind"]
    describe_document(keyring=keyring, case=case, file_id=asking.row_id, kind=kind, traveller=about, at=asking.at)
    return ""


DOINGS = (
    Doing("contact", "contacts/new", ContactForm, _set, back="contacts"),
    Doing("contact_change", "contacts/<uuid:row_id>", ContactForm, _set, back="contacts"),
    Doing("document", "documents/<uuid:row_id>", DocumentForm, _describe, back="documents"),
)
ACTS = (
    Act("contact_off", "contacts/<uuid:row_id>/off", _off, back="contacts"),
    Act("contact_on", "contacts/<uuid:row_id>/on", _on, back="contacts"),
)
