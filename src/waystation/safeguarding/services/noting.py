from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager

from waystation.accounts.models import Person
from waystation.accounts.permissions import Action
from waystation.accounts.policies import require_confirmed_recovery
from waystation.accounts.services.demands import demand_tiers
from waystation.safeguarding.errors import SafeguardRefusedError, UnknownCodeError
from waystation.safeguarding.policies import refuse_shredded
from waystation.store.keyring import Keyring
from waystation.store.models import Record, SealedModel
from waystation.store.tiers import Tier


@contextmanager
def about_traveller(keyring: Keyring, record: Record, action: Action) -> Iterator[tuple[Record, Person]]:
    """Lock a record, and yield it with the person, who may do ``action`` in its welfare part."""
    require_confirmed_recovery()
    with keyring.locked(record) as now:
        refuse_shredded(now)
        yield now, demand_tiers(keyring, action, now, {Tier.WELFARE})


def put(keyring: Keyring, row: SealedModel, values: Mapping[str, object]) -> None:
    """Seal what was given into a row that is new, and save it."""
    keyring.seal(row, **{name: value for name, value in values.items() if value not in (None, "", [])})
    row.save(force_insert=True)


def demand_reason(words: str) -> str:
    """Return a reason without spaces around it.

    Raises
    ------
    SafeguardRefusedError
        ``no_reason``, if there is none.
    """
    if not words.strip():
        raise SafeguardRefusedError("no_reason")
    return words.strip()


def demand_declared(given: Mapping[str, Collection[str]], tables: Mapping[str, Collection[str]]) -> None:
    """Raise UnknownCodeError, naming the fields, if a value stands in no declared table."""
    wrong = sorted(name for name, values in given.items() if not set(values) <= set(tables[name]))
    if wrong:
        raise UnknownCodeError(f"{', '.join(wrong)}: holds a value that is not declared")
