from datetime import datetime

from django.db import transaction

from waystation.accounts.models import Team
from waystation.accounts.permissions import Action
from waystation.accounts.queries import organisation
from waystation.accounts.services.demands import demand
from waystation.audit.services import append
from waystation.kernel import BadInputError, RuleRefusedError
from waystation.store.keyring import Keyring


@transaction.atomic
def make_team(*, keyring: Keyring, name: str, at: datetime) -> Team:
    """Make a team.

    Raises
    ------
    BadInputError
        If there is no name.
    """
    demand(keyring, Action.TEAM_MANAGE)
    team = Team(record=organisation().record, made_at=at)
    _seal_name(keyring, team, name)
    append(keyring=keyring, kind="team.made", at=at, record=team.record, details={"team": str(team.pk)})
    team.save(force_insert=True)
    return team


@transaction.atomic
def rename_team(*, keyring: Keyring, team: Team, name: str, at: datetime) -> None:
    """Give a team another name."""
    demand(keyring, Action.TEAM_MANAGE)
    _seal_name(keyring, team, name)
    append(
        keyring=keyring,
        kind="team.changed",
        at=at,
        record=team.record,
        details={"team": str(team.pk), "fields": ["name"]},
    )
    team.save(update_fields=("name",))


@transaction.atomic
def close_team(*, keyring: Keyring, team: Team, at: datetime) -> None:
    """Close a team that nobody is in; its records stay.

    Raises
    ------
    RuleRefusedError
        If somebody is still in it.
    """
    demand(keyring, Action.TEAM_MANAGE)
    if team.people.filter(active=True).exists():
        raise RuleRefusedError("somebody is still in this team: give them another one first")
    append(
        keyring=keyring,
        kind="team.changed",
        at=at,
        record=team.record,
        details={"team": str(team.pk), "fields": ["closed_at"]},
    )
    team.closed_at = at
    team.save(update_fields=("closed_at",))


def _seal_name(keyring: Keyring, team: Team, name: str) -> None:
    if not name.strip():
        raise BadInputError("name: must not be empty")
    keyring.seal(team, name=name.strip())
