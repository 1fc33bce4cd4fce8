"""From pyxform's tree of a form to our own; what has no place there is named with its row."""

from collections.abc import Mapping
from typing import Any

from waystation.intake.faults import Fault, FaultCode, fault
from waystation.intake.forms.form import Choice, Form, Kind, Question, Section, Words
from waystation.intake.xlsform.types import CONSTRAINTS, KINDS, is_unsupported

ROW = "x-row"
"""The attribute by which each row of the survey carries its number through pyxform."""

SURVEY = "survey"
_GENERATED = ("reserved_name_for_field_list_labels", "meta")
_TRUE = {"yes": "true()", "true": "true()", "true()": "true()", "no": "", "false": "", "false()": ""}
DEEPEST = 12
"""Sections within sections."""


def build_form(tree: Mapping[str, Any]) -> tuple[Form, list[Fault]]:
    """Return the form of a tree that ``pyxform.xls2json`` made, and what of it is left out."""
    builder = _Builder(str(tree.get("default_language") or "default"))
    children = builder.children(tree.get("children") or [], (), 0)
    languages = tuple(builder.languages) or ("",)
    form = Form(
        id=str(tree.get("id_string") or "form"),
        title=str(tree.get("title") or tree.get("id_string") or ""),
        version=str(tree.get("version") or ""),
        children=children,
        languages=languages,
        choices=builder.choices,
    )
    return form, builder.faults


class _Builder:
    def __init__(self, default_language: str) -> None:
        self._default = "" if default_language == "default" else default_language
        self.languages: dict[str, None] = {}
        if self._default:
            self.languages[self._default] = None
        self.choices: dict[str, tuple[Choice, ...]] = {}
        self.faults: list[Fault] = []

    def children(self, nodes: list[Any], above: tuple[str, ...], row: int) -> tuple[Question | Section, ...]:
        found: list[Question | Section] = []
        for node in nodes:
            name = str(node.get("name") or "")
            if name.startswith(_GENERATED) and ROW not in _bind(node):
                continue
            row = int(_bind(node).get(ROW) or row)
            if any(part.name == name for part in found):
                self._leave_out(FaultCode.NAME_TWICE, row, name)
                continue
            part = self._part(node, (*above, name), row)
            if part is not None:
                found.append(part)
        return tuple(found)

    def _part(self, node: Mapping[str, Any], path: tuple[str, ...], row: int) -> Question | Section | None:
        kind = str(node.get("type") or "")
        if kind in {"group", "repeat", "loop"}:
            if len(path) > DEEPEST:
                self._leave_out(FaultCode.TYPE_UNSUPPORTED, row, path[-1], kind=kind)
                return None
            return self._section(node, path, row, kind)
        if kind not in KINDS:
            code = FaultCode.TYPE_UNSUPPORTED if is_unsupported(kind) else FaultCode.TYPE_UNKNOWN
            self._leave_out(code, row, path[-1], kind=kind)
            return None
        return self._question(node, path, row, kind)

    def _section(self, node: Mapping[str, Any], path: tuple[str, ...], row: int, kind: str) -> Section:
        self._name_media(node, path[-1], row)
        nodes = node.get("children") or []
        control = node.get("control") or {}
        if kind == "loop":
            children: tuple[Question | Section, ...] = tuple(
                Section(
                    (*path, str(column["name"])),
                    self._looped(nodes, column, path, row),
                    row,
                    self._words(column.get("label")),
                )
                for column in node.get("columns") or []
            )
        else:
            children = self.children(nodes, path, row)
        return Section(
            path=path,
            children=children,
            row=row,
            labels=self._words(node.get("label")),
            relevant=str(_bind(node).get("relevant") or ""),
            repeats=kind == "repeat",
            count=str(control.get("jr:count") or ""),
        )

    def _looped(
        self, nodes: list[Any], column: Mapping[str, Any], path: tuple[str, ...], row: int
    ) -> tuple[Question | Section, ...]:
        """Return a loop's questions for one of its columns, the column's own words put in where they say so."""
        return self.children([_with_column(node, column) for node in nodes], (*path, str(column["name"])), row)

    def _question(self, node: Mapping[str, Any], path: tuple[str, ...], row: int, type_: str) -> Question | None:
        bind = _bind(node)
        kind = KINDS[type_]
        self._name_media(node, path[-1], row)
        choices = ""
        if kind in {Kind.ONE, Kind.SEVERAL}:
            choices = self._choices_of(node)
            if not choices:
                self._leave_out(FaultCode.LIST_UNKNOWN, row, path[-1], list=node.get("itemset") or "")
                return None
        if node.get("trigger"):
            self._leave_out(FaultCode.SETTING_UNSUPPORTED, row, path[-1], setting="trigger")
        parameters = node.get("parameters") or {}
        appearance = str((node.get("control") or {}).get("appearance") or "")
        return Question(
            path=path,
            kind=_calculated(kind, bind, node),
            row=row,
            labels=self._words(node.get("label")),
            hints=_together(self._words(node.get("hint")), self._words(node.get("guidance_hint"))),
            required=_truth(bind.get("required")),
            required_words=self._words(bind.get("jr:requiredMsg")),
            relevant=str(bind.get("relevant") or ""),
            constraint=str(bind.get("constraint") or CONSTRAINTS.get(type_, "")),
            constraint_words=self._words(bind.get("jr:constraintMsg")),
            calculation=str(bind.get("calculate") or ""),
            default=str(node.get("default") or ""),
            default_is_expression=bool(node.get("_dynamic_default")),
            read_only=_truth(bind.get("readonly")) == "true()",
            choices=choices,
            choice_filter=str(node.get("choice_filter") or ""),
            lowest=_bound(parameters, "start", 1.0) if type_ == "range" else None,
            highest=_bound(parameters, "end", 10.0) if type_ == "range" else None,
            lines="multiline" in appearance,
        )

    def _choices_of(self, node: Mapping[str, Any]) -> str:
        name = str(node.get("list_name") or node.get("itemset") or "")
        if not isinstance(node.get("choices"), list):
            return ""
        if name not in self.choices:
            self.choices[name] = tuple(self._choice(row) for row in node["choices"])
        return name

    def _choice(self, row: Mapping[str, Any]) -> Choice:
        inner = {"name", "label", "media", "list name", "list_name"}
        columns = {str(key): str(value) for key, value in row.items() if key not in inner and isinstance(value, str)}
        name = str(row.get("name") or "")
        return Choice(name, self._words(row.get("label")) or {self._default: name}, columns)

    def _words(self, given: object) -> Words:
        if not given:
            return {}
        if not isinstance(given, Mapping):
            return {self._default: str(given)}
        found = {("" if key == "default" else str(key)): str(value) for key, value in given.items() if value}
        for language in found:
            self.languages.setdefault(language, None)
        return found

    def _name_media(self, node: Mapping[str, Any], name: str, row: int) -> None:
        if node.get("media"):
            self._leave_out(FaultCode.MEDIA_LEFT_OUT, row, name)

    def _leave_out(self, code: FaultCode, row: int, name: str, **about: object) -> None:
        self.faults.append(fault(code, sheet=SURVEY, row=row, column=name, **about))


def _together(first: Words, second: Words) -> Words:
    """Return the hints in each language, what is for the asker under what is for everybody."""
    languages = [*first, *(language for language in second if language not in first)]
    return {each: "\n".join(filter(None, (first.get(each), second.get(each)))) for each in languages}


def _bind(node: Mapping[str, Any]) -> Mapping[str, Any]:
    found = node.get("bind")
    return found if isinstance(found, Mapping) else {}


def _truth(given: object) -> str:
    """Return an expression for what a form says of being required: yes, no, or a condition."""
    text = str(given or "").strip()
    return _TRUE.get(text.lower(), text)


def _calculated(kind: Kind, bind: Mapping[str, Any], node: Mapping[str, Any]) -> Kind:
    """Return the kind of a question: one that is computed and has no words is not asked."""
    return Kind.CALCULATED if bind.get("calculate") and not node.get("label") and kind is Kind.TEXT else kind


def _bound(parameters: Mapping[str, Any], name: str, otherwise: float) -> float:
    try:
        return float(parameters.get(name, otherwise))
    except (TypeError, ValueError):
        return otherwise


def _with_column(node: Any, column: Mapping[str, Any]) -> Any:
    if isinstance(node, str):
        label = column.get("label")
        words = str(next(iter(label.values()), "")) if isinstance(label, Mapping) else str(label or "")
        return node.replace("%(name)s", str(column["name"])).replace("%(label)s", words)
    if isinstance(node, Mapping):
        return {key: _with_column(value, column) for key, value in node.items()}
    return [_with_column(value, column) for value in node] if isinstance(node, list) else node
