"""The permission table as a page of the documents, drawn from the table itself."""

from collections import defaultdict

from waystation.accounts.permissions import PERMISSIONS, Action, Kind, Rule, Scope
from waystation.accounts.roles import Role
from waystation.store.tiers import Tier

_INTRODUCTION = """\
# Who may do what

This page is drawn from the one table that the application asks (`waystation.accounts.permissions.PERMISSIONS`); a test says
when it is out of date. What is not in it may not be done.

- **own**: records the person holds a key of; to have the key is to be a member. **team**: records of the person's team;
  who has no team and records without one belong to the office. **all**: every record.
- No role opens all four parts of a case, the director included, and nobody may have roles that together do. An auditor
  has no other role.
- A role is a promise that the software asks; a key is what opens. A part of a record is opened only by somebody who has
  both.
- Roles count only while a director's signature stands under them: a role written into the database permits nothing and
  brings no key.
- The director reads the log only while holding its key, which is until the first auditor or safeguarding officer is
  admitted.

## Parts of a case
"""


def permission_page() -> str:
    """Return `docs/permissions.md`."""
    parts = [_INTRODUCTION, _parts(), "\n## Actions\n", _actions()]
    return "\n".join(parts)


def _parts() -> str:
    rows = []
    for role in Role:
        rules = [rule for rule in PERMISSIONS if rule.role is role and rule.action is Action.CASE_OPEN]
        cells = [_scopes([rule for rule in rules if tier in rule.tiers]) for tier in Tier]
        rows.append((role.value, *cells))
    return _table(("role", *(tier.value for tier in Tier)), rows)


def _actions() -> str:
    by_action: dict[Action, list[Rule]] = defaultdict(list)
    for rule in PERMISSIONS:
        by_action[rule.action].append(rule)
    rows = [
        (
            action.value,
            _about(by_action[action]),
            *(_scopes([rule for rule in by_action[action] if rule.role is role]) for role in Role),
        )
        for action in Action
    ]
    return _table(("action", "about", *(role.value.replace("_", " ") for role in Role)), rows)


def _about(rules: list[Rule]) -> str:
    return ", ".join(sorted({Kind(rule.of).value for rule in rules}))


def _scopes(rules: list[Rule]) -> str:
    found = {rule.scope for rule in rules}
    return ", ".join(scope.value for scope in Scope if scope in found)


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
