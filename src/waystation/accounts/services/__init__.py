"""Every write among the people: each is one call, one transaction, and an entry of the log."""

from waystation.accounts.services.founding import (
    Beginning,
    Founded,
    confirm_recovery,
    found_organisation,
    new_opened,
    renew_shares,
)
from waystation.accounts.services.holds import release_hold, set_hold, shred_record
from waystation.accounts.services.honey import mark_honey, unmark_honey
from waystation.accounts.services.keys import Taking, give_access, settle, take_access
from waystation.accounts.services.leave import approve, ask_leave, check_velocity
from waystation.accounts.services.people import Publics, admit_person, change_roles, remove_person
from waystation.accounts.services.recovery import recover_person, recovery_keyring
from waystation.accounts.services.sessions import (
    begin_session,
    choose_language,
    end_session,
    note_passphrase_changed,
)
from waystation.accounts.services.teams import close_team, make_team, rename_team

__all__ = [
    "Beginning",
    "Founded",
    "Publics",
    "Taking",
    "admit_person",
    "approve",
    "ask_leave",
    "begin_session",
    "change_roles",
    "check_velocity",
    "choose_language",
    "close_team",
    "confirm_recovery",
    "end_session",
    "found_organisation",
    "give_access",
    "make_team",
    "mark_honey",
    "new_opened",
    "note_passphrase_changed",
    "recover_person",
    "recovery_keyring",
    "release_hold",
    "remove_person",
    "rename_team",
    "renew_shares",
    "set_hold",
    "settle",
    "shred_record",
    "take_access",
    "unmark_honey",
]
