from django.template import engines
from django.utils.translation import override


def test_a_text_is_escaped_with_its_values() -> None:
    template = engines["django"].from_string('{% load say %}{% say "frame.sort.by" column=column %}')
    with override("en"):
        assert template.render({"column": "<b>"}) == "Sort by &lt;b&gt;"
