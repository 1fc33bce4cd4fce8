from typing import Any

from django import forms

from waystation.cases.models import Case
from waystation.web.views.desk.fields import lines
from waystation.web.wording import say, say_lazy


class AnswerForm(forms.Form):
    """What somebody says of two cases, and why."""

    answer = forms.ChoiceField(label=say_lazy("duplicates.answer"), widget=forms.RadioSelect)
    reason = lines("duplicates.reason", longest=2_000, rows=3, required=True, hint="duplicates.reason.hint")

    def __init__(self, one: Case, other: Case, *args: Any, **options: Any) -> None:
        """Offer to go on with either case that is open."""
        super().__init__(*args, **options)
        going = [("keep_one", one), ("keep_other", other)]
        same = [(name, say("duplicates.answer.same", code=case.code)) for name, case in going if not case.closed_at]
        rest = [(name, say(f"duplicates.answer.{name}")) for name in ("different", "later")]
        self.fields["answer"].choices = [*same, *rest]  # type: ignore[attr-defined] # a ChoiceField


class TakeBackForm(forms.Form):
    """Why a merge is taken back."""

    reason = lines("duplicates.reason", longest=2_000, rows=3, required=True, hint="duplicates.take_back.hint")
