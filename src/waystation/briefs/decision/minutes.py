"""The minutes of the decision meeting as a page and as a PDF: what was decided, why, and what would change it."""

from pathlib import Path

from waystation.briefs.blocks import Block, Paragraph, Points, Section
from waystation.briefs.content import BriefContent
from waystation.briefs.decision import words
from waystation.briefs.html import render_html
from waystation.briefs.language import LANGUAGES, Language
from waystation.briefs.pdf import render_pdf
from waystation.briefs.put import put_files
from waystation.briefs.voice import Voice
from waystation.engine.model import Network
from waystation.engine.portfolio.decision import Decision


def minutes(decision: Decision, network: Network, language: Language) -> BriefContent:
    """Return everything the minutes say, in one language."""
    voice = Voice(language, network, network.groups[0], decision.first)
    head = (
        decision.network,
        voice.say(
            "select.head",
            first=voice.date(decision.first, year=True),
            weeks=str(decision.terms.weeks),
            as_of=voice.date(decision.as_of, year=True),
        ),
    )
    return BriefContent(
        language=language,
        title=voice.say("select.title", date=voice.date(decision.first, year=True)),
        head=head,
        answer=words.headline(decision, voice),
        remarks=(*words.promises(decision, voice), *words.value(decision, voice)),
        private=voice.say("select.private"),
        sections=tuple(
            Section(name, voice.say(f"select.section.{name}"), blocks) for name, blocks in _parts(decision, voice)
        ),
        as_of=decision.as_of,
        map_svg="",
    )


def _parts(decision: Decision, voice: Voice) -> list[tuple[str, tuple[Block, ...]]]:
    beside = words.scenarios(decision, voice)
    parts: list[tuple[str, tuple[Block, ...]]] = [
        ("now", (words.now_table(decision, voice),) if decision.chosen else (Paragraph(voice.say("select.nobody")),)),
        ("not_now", (Points(tuple(words.not_now(decision, voice))),)),
        ("held", (_points(words.held(decision, voice)),)),
        ("money", (_points(words.money(decision, voice)),)),
        ("scarce", (_points(words.scarce(decision, voice)), Paragraph(voice.say("select.scarce.note"), quiet=True))),
    ]
    if beside is not None:
        parts.append(("what_if", (beside, Paragraph(voice.say("select.difference.note"), quiet=True))))
    waits = (words.fairness(decision, voice), Paragraph(voice.say("select.fairness.note"), quiet=True))
    signed = Points(tuple((voice.say(f"select.sign.{key}"), "……………………") for key in ("decided", "second", "dissent")))
    return [*((name, blocks) for name, blocks in parts if _says(blocks)), ("fairness", waits), ("signed", (signed,))]


def _says(blocks: tuple[Block, ...]) -> bool:
    return not (isinstance(blocks[0], Points) and not blocks[0].items)


def _points(sentences: list[str]) -> Points:
    return Points(tuple(("", sentence) for sentence in sentences))


def write_minutes(decision: Decision, network: Network, folder: Path) -> tuple[Path, ...]:
    """Write the minutes in every language as ``minutes-en.html``, ``minutes-en.pdf`` and so on, all of them or none.

    Raises
    ------
    BadInputError
        If the folder is a file or cannot be written to.
    """
    made: dict[str, bytes] = {}
    for language in LANGUAGES:
        content = minutes(decision, network, language)
        made[f"minutes-{language}.html"] = render_html(content).encode()
        made[f"minutes-{language}.pdf"] = render_pdf(content)
    return put_files(made, folder)
