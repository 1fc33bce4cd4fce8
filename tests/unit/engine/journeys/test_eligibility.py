import dataclasses

import pytest

from tests.oracle.small_journeys import START
from waystation.engine.journeys.eligibility import BrokenRule, GroupRefusedError, Rule, broken_rules, require_eligible
from waystation.engine.model import AgeBand, BestInterests, EffortLimit, Group, Traveller
from waystation.kernel import RuleRefusedError

CHILDREN = [age for age in AgeBand if age.is_child]


def traveller(code: str, age: AgeBand, by: str | None = None, found: BestInterests = BestInterests.NONE) -> Traveller:
    return Traveller(code, age, EffortLimit(4.0, 300.0), accompanied_by=by, best_interests=found)


def family(*children: Traveller) -> Group:
    return Group("g", "here", (traveller("mother", AgeBand.ADULT), *children), consent_on=START)


def test_adults_who_agreed_may_be_planned_for() -> None:
    assert broken_rules(family(traveller("gran", AgeBand.ELDER))) == ()
    require_eligible(family())


def test_nobody_is_planned_for_who_was_not_asked() -> None:
    assert broken_rules(dataclasses.replace(family(), consent_on=None)) == (BrokenRule(Rule.CONSENT),)


@pytest.mark.parametrize("age", CHILDREN)
@pytest.mark.parametrize(
    ("by", "found", "rule"),
    [
        ("mother", BestInterests.NONE, Rule.ASSESSMENT),
        ("mother", BestInterests.ASSESSMENT, None),
        ("mother", BestInterests.DETERMINATION, None),
        (None, BestInterests.NONE, Rule.DETERMINATION),
        (None, BestInterests.ASSESSMENT, Rule.DETERMINATION),
        (None, BestInterests.DETERMINATION, None),
        ("stranger", BestInterests.ASSESSMENT, Rule.DETERMINATION),
        ("brother", BestInterests.ASSESSMENT, Rule.DETERMINATION),
    ],
)
def test_what_a_child_needs(age: AgeBand, by: str | None, found: BestInterests, rule: Rule | None) -> None:
    brother = traveller("brother", AgeBand.ADOLESCENT, "mother", BestInterests.ASSESSMENT)
    broken = broken_rules(family(brother, traveller("child", age, by, found)))
    assert broken == (() if rule is None else (BrokenRule(rule, "child"),))


def test_every_broken_rule_is_named_at_once() -> None:
    group = dataclasses.replace(
        family(traveller("one", AgeBand.CHILD, "mother"), traveller("two", AgeBand.DISPUTED)), consent_on=None
    )
    with pytest.raises(
        GroupRefusedError, match=r"group g: not yet met: consent \(g\), assessment \(one\), determ"
    ) as why:
        require_eligible(group)
    assert isinstance(why.value, RuleRefusedError)
    assert why.value.group == "g"
    assert [each.rule for each in why.value.broken] == [Rule.CONSENT, Rule.ASSESSMENT, Rule.DETERMINATION]
