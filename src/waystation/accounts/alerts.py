"""Entries of the log that somebody should look at soon."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from waystation.accounts.models import Person, SeenAlert
from waystation.accounts.permissions import Action
from waystation.accounts.services.demands import demand
from waystation.audit.models import Entry
from waystation.audit.queries import ALERTS
from waystation.audit.services import append
from waystation.store.keyring import Keyring


def open_alerts(person: Person) -> QuerySet[Entry]:
    """Return the alerts nobody has looked at yet, the newest first, without those that ``person`` caused."""
    seen = SeenAlert.objects.values("seq")
    return Entry.objects.filter(kind__in=ALERTS).exclude(seq__in=seen).exclude(signer=person.pk).order_by("-seq")


@transaction.atomic
def mark_seen(*, keyring: Keyring, seq: int, at: datetime) -> None:
    """Note who looked at an alert, and when."""
    person = demand(keyring, Action.ALERT_SEE)
    if SeenAlert.objects.filter(seq=seq).exists():
        return
    append(keyring=keyring, kind="alert.seen", at=at, details={"entry": seq})
    SeenAlert.objects.create(seq=seq, by=person, at=at)
