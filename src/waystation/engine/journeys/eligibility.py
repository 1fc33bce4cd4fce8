"""Rules that no plan may pass: consent, and the procedures that protect children."""

from dataclasses import dataclass
from enum import StrEnum

from waystation.engine.model import BestInterests, Group, Traveller
from waystation.kernel import RuleRefusedError


class Rule(StrEnum):
    """A rule that must be met before a group may be planned for."""

    CONSENT = "consent"
    ASSESSMENT = "assessment"
    DETERMINATION = "determination"


@dataclass(frozen=True, slots=True)
class BrokenRule:
    """A rule that a group does not meet yet, and the traveller it protects (None: the whole group)."""

    rule: Rule
    traveller: str | None = None


class GroupRefusedError(RuleRefusedError):
    """A group may not be planned for until the rules in ``broken`` are met."""

    def __init__(self, group: str, broken: tuple[BrokenRule, ...]) -> None:
        listed = ", ".join(f"{each.rule.value} ({each.traveller or group})" for each in broken)
        super().__init__(f"group {group}: not yet met: {listed}")
        self.group = group
        self.broken = broken


def broken_rules(group: Group) -> tuple[BrokenRule, ...]:
    """Return every rule a group does not meet; empty when it may be planned for.

    The group must have consented. Everybody under 18 or of disputed age needs an approved best interests assessment; a child
    whom no adult of the group looks after needs a determination.
    """
    consent = () if group.consent_on is not None else (BrokenRule(Rule.CONSENT),)
    adults = {traveller.id for traveller in group.travellers if not traveller.age.is_child}
    children = (_child_rule(traveller, adults) for traveller in group.travellers if traveller.age.is_child)
    return consent + tuple(rule for rule in children if rule is not None)


def _child_rule(child: Traveller, adults: set[str]) -> BrokenRule | None:
    if child.accompanied_by not in adults and child.best_interests is not BestInterests.DETERMINATION:
        return BrokenRule(Rule.DETERMINATION, child.id)
    if child.best_interests is BestInterests.NONE:
        return BrokenRule(Rule.ASSESSMENT, child.id)
    return None


def require_eligible(group: Group) -> None:
    """Raise `GroupRefusedError` unless every rule is met."""
    broken = broken_rules(group)
    if broken:
        raise GroupRefusedError(group.id, broken)
