"""One person entered twice in one case: which entry goes on, and taking that back."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms

from waystation.cases.services import merge_travellers, take_back_traveller_merge
from waystation.web.views.desk.doing import Act, Asking, DeskForm, Doing, undo
from waystation.web.views.desk.fields import lines
from waystation.web.views.desk.people import labelled
from waystation.web.wording import say_lazy


class MergeForm(DeskForm):
    """Which other entry of the case is the same person's."""

    kept = forms.ChoiceField(label=say_lazy("desk.traveller_merge.kept"), widget=forms.RadioSelect)
    reason = lines("desk.traveller_merge.reason", longest=2_000, rows=3, required=True)

    def prepare(self, asking: Asking) -> None:
        """Offer the others of the case."""
        others = [(str(told.row.pk), said) for told, said in labelled(asking) if told.row.pk != asking.row_id]
        self.fields["kept"].choices = others  # type: ignore[attr-defined] # it is a ChoiceField


def _merge(asking: Asking, given: Mapping[str, Any]) -> str:
    merge_travellers(
        keyring=asking.request.keyring,
        case=asking.case,
        kept=UUID(given["kept"]),
        merged=asking.row_id,
        reason=given["reason"],
        at=asking.at,
    )
    return undo("traveller_unmerge", asking, asking.row_id)


def _unmerge(asking: Asking) -> str:
    take_back_traveller_merge(keyring=asking.request.keyring, case=asking.case, merged=asking.row_id, at=asking.at)
    return ""


DOINGS = (Doing("traveller_merge", "people/<uuid:row_id>/merge", MergeForm, _merge, back="people"),)
ACTS = (Act("traveller_unmerge", "people/<uuid:row_id>/unmerge", _unmerge, back="people"),)
