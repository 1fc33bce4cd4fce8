"""Names in every field of the desk that takes words."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from waystation.store.keyring import Keyring


def plant_desk_work(keyring: "Keyring", name: Callable[[], str], later: Callable[[], datetime]) -> None:
    """Take a first call, put a person, a contact, a task, a flag, a note, a referral and a draft on it, and decide it."""
    from waystation.cases.drafts import keep_draft
    from waystation.cases.services import (
        FirstCall,
        add_task,
        add_traveller,
        advance,
        close_case,
        judge,
        raise_flag,
        recommend,
        refer,
        set_contact,
        take_request,
        write_note,
    )
    from waystation.cases.services.duplicates import answer_pair

    call = FirstCall(
        asker="relative",
        asker_name=name(),
        for_whom=name(),
        heads={"18-59": 1},
        contact_consent="yes",
        answer_address=name(),
        answer_time=name(),
        region=name(),
        danger=name(),
    )
    case = take_request(keyring=keyring, call=call, at=later())
    told: dict[str, Any] = {"keyring": keyring, "case": case}
    person = {
        "names": [
            {"text": name(), "script": "latin", "kind": "full"},
            {"text": name(), "script": "han", "kind": "birth"},
        ],
        "gender": name(),
        "age_band": "18-59",
        "medical": name(),
        "relation": name(),
        "languages": [name()],
    }
    add_traveller(**told, values=person, at=later())
    contact = {"whose": name(), "way": "email", "address": name(), "safe_time": name(), "caution": name()}
    set_contact(**told, values=contact, at=later())
    write_note(**told, text=name(), at=later())
    add_task(**told, what="other", words=name(), at=later())
    raise_flag(**told, reason="other", words=name(), at=later())
    refer(**told, kind="transfer", service="legal", to=name(), words=name(), consented=True, at=later())
    advance(**told, at=later())
    for subject in ("verification", "screening", "assessment"):
        judge(**told, subject=subject, result="done", words=name(), at=later())
        advance(**told, at=later())
    words: dict[str, Any] = {"words": name(), "letter": name()}
    recommend(**told, outcome="declined", reason="other", language="en", at=later(), **words)
    like = take_request(keyring=keyring, call=call, at=later())
    answer_pair(keyring=keyring, one=case, other=like, answer="later", reason=name(), at=later())
    close_case(**told, outcome="withdrew", words=name(), at=later())
    keep_draft(keyring=keyring, form="request", typed={"for_whom": [name()]}, at=later())
