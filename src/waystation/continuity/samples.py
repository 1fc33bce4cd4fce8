"""Open a few sealed fields in a restored store, to know that they can be opened."""

from django.apps import apps

from waystation.store.fields import SealedField
from waystation.store.keyring import Keyring
from waystation.store.models import SealedModel
from waystation.vault import NoKeyError, VaultError

MOST_TRIED = 200
"""Rows looked at for one that this person may open, of each kind."""


def open_samples(keyring: Keyring) -> tuple[int, int]:
    """Open one value of each sealed field this person has a key for; return how many opened, and how many did not.

    What they say is thrown away at once. Nobody reads it, so the log has no entry for it but the drill's own.
    """
    opened = refused = 0
    for model in apps.get_models():
        if issubclass(model, SealedModel):
            for name, sealed in model.sealed_fields().items():
                result = _try(keyring, model, name, sealed)
                opened += result is True
                refused += result is False
    return opened, refused


def _try(keyring: Keyring, model: type[SealedModel], name: str, sealed: SealedField) -> bool | None:
    """Open the first value there is a key for: True; None if there is none; False if it does not open with its key."""
    for row in model._base_manager.select_related("record").order_by("pk")[:MOST_TRIED]:
        if getattr(row, name) is None or not keyring.may_open(row.record, sealed.tier):
            continue
        try:
            keyring.open(row, name)
        except NoKeyError:
            continue
        except VaultError:
            return False
        return True
    return None
