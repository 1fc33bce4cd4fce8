from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from waystation.intake.faults import Fault, FaultCode, fault
from waystation.intake.forms.answers import MOST_INSTANCES, Answers, Place, path_of, put_answer
from waystation.intake.forms.form import Form, Question, Section
from waystation.intake.limits import FORMS, Limits
from waystation.intake.submissions.rows import as_answered
from waystation.intake.submissions.submission import Submission, place_words

DEEPEST = 30
_META = frozenset({"meta", "formhub", "__version__", "_version_"})


def read_instance(form: Form, data: bytes, limits: Limits = FORMS) -> tuple[Submission | None, tuple[Fault, ...]]:
    """Read one submission as XML, as ODK and KoBo store it: no entities, no document type, bounded in size and depth.

    Returns
    -------
    Submission, faults
        None if it cannot be used: not XML, or a submission of another form. Its own faults name elements the form does not have.
    """
    if len(data) > limits.bytes:
        return None, (fault(FaultCode.TOO_LARGE, found=len(data), most=limits.bytes),)
    try:
        root = fromstring(data, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    except DefusedXmlException:
        return None, (fault(FaultCode.ENTITIES),)
    except (ParseError, ValueError, LookupError, UnicodeError):
        return None, (fault(FaultCode.DAMAGED),)
    notices = []
    if root.get("id") not in {None, form.id}:
        return None, (fault(FaultCode.OTHER_FORM, found=root.get("id") or "", wanted=form.id),)
    if form.version and root.get("version") not in {None, form.version}:
        notices.append(fault(FaultCode.OTHER_VERSION, found=root.get("version") or "", wanted=form.version))
    try:
        answers, faults = _answers(form, root)
    except _TooDeepError:
        return None, (fault(FaultCode.TOO_DEEP, most=DEEPEST),)
    return Submission(_key(root), 0, answers, tuple(notices + faults)), ()


class _TooDeepError(Exception):
    """Elements lie in elements beyond `DEEPEST`."""


def _answers(form: Form, root: Element) -> tuple[Answers, list[Fault]]:
    answers: Answers = {}
    faults: list[Fault] = []
    counts: dict[Place, int] = {}
    waiting: list[tuple[Element, Place]] = [(child, ()) for child in reversed(root)]
    while waiting:
        element, above = waiting.pop()
        name = _bare(element.tag)
        if (not above and name in _META) or "template" in {_bare(key) for key in element.attrib}:
            continue
        if len(above) > DEEPEST:
            raise _TooDeepError
        place: Place = (*above, name)
        part = form.parts.get(path_of(place))
        if isinstance(part, Question):
            put_answer(answers, place, as_answered(form, part, element.text or ""))
        elif isinstance(part, Section):
            if part.repeats:
                counts[place] = at = counts.get(place, -1) + 1
                if at >= MOST_INSTANCES:
                    faults.append(fault(FaultCode.TOO_MANY_ROWS, column=name, most=MOST_INSTANCES))
                    continue
                place = (*place, at)
            waiting.extend((child, place) for child in reversed(element))
        elif "".join(element.itertext()).strip():
            faults.append(fault(FaultCode.NODE_UNKNOWN, column=place_words(place)))
    return answers, faults


def _key(root: Element) -> str:
    return next((text for text in _keys(root)), "")


def _keys(root: Element) -> Iterator[str]:
    for child in root:
        if _bare(child.tag) == "meta":
            yield from (each.text.strip() for each in child if _bare(each.tag) == "instanceID" and each.text)
    attribute = root.get("instanceID")
    if attribute:
        yield attribute


def _bare(tag: object) -> str:
    return str(tag).rpartition("}")[2]
