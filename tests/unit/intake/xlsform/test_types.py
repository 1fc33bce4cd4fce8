from pyxform.question_type_dictionary import QUESTION_TYPE_DICT

from waystation.intake.forms.form import Kind
from waystation.intake.xlsform.types import CONSTRAINTS, KINDS, is_unsupported

_DEALIASED = frozenset({
    "select all that apply from", "select multiple from", "select one using", "select multiple using", "q select",
    "q select1", "add select one prompt using", "add select multiple prompt using", "add image prompt",
    "add audio prompt", "add video prompt", "add file prompt", "select one external",
})  # fmt: skip
"""Spellings that pyxform has turned into others by the time its tree is read."""


def test_every_type_of_pyxform_is_supported_or_named() -> None:
    lost = {name for name in QUESTION_TYPE_DICT if name not in KINDS and not is_unsupported(name)}
    assert lost <= _DEALIASED


def test_nothing_is_both() -> None:
    assert not [name for name in KINDS if is_unsupported(name)]
    assert set(CONSTRAINTS) <= set(KINDS)
    assert set(KINDS.values()) == set(Kind)
