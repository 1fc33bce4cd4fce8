from collections.abc import Iterable

from waystation.intake.faults import Fault, FaultCode, fault
from waystation.intake.xlsform.workbook import FormSheet

_TRANSLATED = frozenset({
    "label", "caption", "hint", "guidance_hint", "constraint_message", "required_message", "image", "audio", "video",
    "big-image",
})  # fmt: skip
_GROUPED = frozenset({"bind", "control", "body", "media", "instance"})
_PLAIN: dict[str, frozenset[str]] = {
    "survey": frozenset({
        "type", "name", "relevant", "relevance", "required", "constraint", "constraining_message", "calculation",
        "calculate", "read_only", "readonly", "default", "appearance", "choice_filter", "repeat_count", "count",
        "jr:count", "parameters", "disabled", "trigger", "command", "tag", "value", "requiredmsg", "rows", "autoplay",
        "query",
    }),
    "choices": frozenset({"list_name", "list name", "name", "value"}),
    "settings": frozenset({
        "form_title", "set_form_title", "title", "form_id", "set_form_id", "id_string", "version", "default_language",
        "allow_choice_duplicates", "clean_text_values", "style", "name", "instance_name", "prefix", "omit_instanceid",
    }),
}  # fmt: skip
_UNSUPPORTED_SETTINGS = frozenset({"public_key", "submission_url", "auto_send", "auto_delete", "instance_xmlns"})
_WORKS_WITHOUT = frozenset({"style", "autoplay", "prefix", "omit_instanceid", "query", "instance_name"})


_SAME: dict[str, str] = {
    "relevance": "relevant", "bind::relevant": "relevant", "bind::constraint": "constraint",
    "bind::required": "required", "bind::calculate": "calculation", "calculate": "calculation",
    "bind::readonly": "read_only", "readonly": "read_only", "bind::jr:constraintmsg": "constraint_message",
    "constraining_message": "constraint_message", "bind::jr:requiredmsg": "required_message",
    "requiredmsg": "required_message", "count": "repeat_count", "jr:count": "repeat_count", "value": "name",
    "tag": "name", "command": "type", "list name": "list_name", "caption": "label", "image": "media::image",
    "audio": "media::audio", "video": "media::video",
}  # fmt: skip
"""Spellings of one thing."""


def normal_header(header: str) -> str:
    """Return a header in the one spelling that is used here, whichever of its spellings it has."""
    text = _todays(header)
    head, mark, language = text.partition("::")
    if text.lower() in _SAME:
        return _SAME[text.lower()]
    return _SAME.get(head.lower(), head) + mark + language if mark else text


def _todays(header: str) -> str:
    """Return a header in today's spelling: old forms write ``label:English`` for ``label::English``, and ``bind:relevant``.

    pyxform 4 takes the old spelling for a column of somebody's own and would drop it without a word.
    """
    text = " ".join(header.split())
    head, colon, rest = text.partition(":")
    known = _TRANSLATED | _GROUPED
    name = head.strip().lower().replace(" ", "_").replace("constraint-msg", "constraint_message")
    if not colon:
        plain = text.lower().replace(" ", "_")
        plain = {"constraint-msg": "constraint_message", "list_name": "list_name"}.get(plain, plain)
        return plain if plain in _PLAIN["survey"] | _PLAIN["settings"] | known | {"list_name"} else text
    if name not in known:
        return text
    rest = rest.lstrip(":").strip()
    if name == "media":
        kind, second, language = rest.partition(":")
        return f"media::{kind.lower()}" + (f"::{language.lstrip(':').strip()}" if second else "")
    if name == "bind":
        part, second, language = rest.partition("::")
        return f"bind::{part}" + (f"::{language.strip()}" if second else "")
    return f"{name}::{rest}"


def unused_headers(sheet: FormSheet, kind: str) -> Iterable[Fault]:
    """Yield the columns of a sheet that nothing here reads. A column of the choices is there for choice filters."""
    for header in sheet.header:
        if not header:
            continue
        name = normal_header(header)
        head = name.partition("::")[0]
        if kind == "settings" and name.lower() in _UNSUPPORTED_SETTINGS:
            yield fault(FaultCode.SETTING_UNSUPPORTED, sheet=sheet.name, row=sheet.header_row, column=header)
        elif name.lower() in _WORKS_WITHOUT or head in _TRANSLATED | _GROUPED or name in _PLAIN[kind]:
            continue
        elif kind != "choices" or " " in name:
            yield fault(FaultCode.HEADER_NOT_USED, sheet=sheet.name, row=sheet.header_row, column=header)
