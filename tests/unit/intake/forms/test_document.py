import json

import pytest

from tests.unit.intake.books import family_form
from waystation.intake.forms.document import form_document, form_of
from waystation.kernel import BadInputError


def test_a_form_comes_back_as_it_was() -> None:
    form = family_form()
    assert form_of(json.loads(json.dumps(form_document(form)))) == form


KIND_UNKNOWN = {"document": 1, "id": "a", "title": "", "version": "", "languages": [], "choices": {}} | {
    "children": [{"path": ["a"], "kind": "sorcery"}]
}


@pytest.mark.parametrize("document", [{}, {"document": 99}, {"document": 1}, KIND_UNKNOWN])
def test_anything_else_is_refused(document: dict[str, object]) -> None:
    with pytest.raises(BadInputError):
        form_of(document)
