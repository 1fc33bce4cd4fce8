"""Hand a case to a colleague; ask another organisation."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms

from waystation.accounts.models import Person
from waystation.accounts.permissions import receivable_tiers
from waystation.accounts.queries import in_good_standing
from waystation.cases.models import ANSWERS, REFERRALS, SERVICES
from waystation.cases.services import answer_referral, hand_over, refer
from waystation.store.tiers import Tier
from waystation.web.views.desk.doing import Asking, DeskForm, Doing
from waystation.web.views.desk.fields import line, lines, one_of
from waystation.web.views.desk.working import offer_people
from waystation.web.wording import say_lazy


class HandOverForm(DeskForm):
    """To whom, and what they should know."""

    to = forms.ChoiceField(label=say_lazy("desk.hand_over.to"), help_text=say_lazy("desk.hand_over.to.hint"))
    words = lines("desk.words", longest=2_000, rows=4, hint="desk.hand_over.words.hint")

    def prepare(self, asking: Asking) -> None:
        """Offer colleagues whose roles let them carry a case."""
        here = in_good_standing(asking.request.keyring).values()
        able = [each for each in here if Tier.WELFARE in receivable_tiers(each, asking.case.record)]
        offer_people(self, "to", asking.request.keyring, [each for each in able if each.pk != asking.request.person.pk])


class ReferForm(DeskForm):
    """Whom to ask, for what, and whether the person agreed."""

    kind = one_of("desk.refer.kind", REFERRALS, "desk.referral", required=True, rounds=True)
    service = one_of("desk.refer.service", SERVICES, "desk.service", required=True)
    to = line("desk.refer.to", longest=200, required=True)
    words = lines("desk.words", longest=5_000, rows=4, hint="desk.refer.words.hint")
    consented = forms.BooleanField(label=say_lazy("desk.refer.consented"), required=False)


class AnswerForm(DeskForm):
    """What they said."""

    answer = one_of("desk.refer.answer", ANSWERS, "desk.referral_answer", required=True, rounds=True)


def _hand_over(asking: Asking, given: Mapping[str, Any]) -> str:
    to = Person.objects.get(pk=UUID(given["to"]))
    hand_over(keyring=asking.request.keyring, case=asking.case, to=to, words=given["words"], at=asking.at)
    return ""


def _refer(asking: Asking, given: Mapping[str, Any]) -> str:
    refer(keyring=asking.request.keyring, case=asking.case, at=asking.at, **given)
    return ""


def _answer(asking: Asking, given: Mapping[str, Any]) -> str:
    keyring, row = asking.request.keyring, asking.row_id
    answer_referral(keyring=keyring, case=asking.case, referral_id=row, answer=given["answer"], at=asking.at)
    return ""


DOINGS = (
    Doing("hand_over", "hand-over", HandOverForm, _hand_over),
    Doing("refer", "referrals/new", ReferForm, _refer, back="referrals"),
    Doing("refer_answer", "referrals/<uuid:row_id>", AnswerForm, _answer, back="referrals"),
)
