"""Who may open which page. A URL without a row here is refused to everybody."""

from dataclasses import dataclass
from enum import StrEnum

from waystation.accounts.permissions import Action


class Open(StrEnum):
    """Pages that ask for no permission of one's own."""

    TO_LOCKED = "to locked"
    """Everybody, before anyone has unlocked: the door, the first steps, the language."""
    ANY_PERSON = "any person"
    """Whoever has unlocked."""


OPEN_TO_LOCKED = Open.TO_LOCKED
ANY_PERSON = Open.ANY_PERSON


@dataclass(frozen=True, slots=True)
class Access:
    """What a person needs to open a page.

    Attributes
    ----------
    action
        What they must be permitted to do, or one of `Open`.
    record_argument
        The name of the URL's argument that holds the id of the record, or of the row whose record it is; None where a page
        is about no one record.
    """

    action: Action | Open
    record_argument: str | None = None


ACCESS: dict[str, Access] = {
    # access
    "access.give": Access(Action.ACCESS_GIVE, "case_id"),
    "access.give.parts": Access(Action.ACCESS_GIVE, "case_id"),
    "access.page": Access(Action.CASE_OPEN, "case_id"),
    "access.take.parts": Access(Action.ACCESS_TAKE, "case_id"),
    # cases
    "cases.attach": Access(Action.CASE_CHANGE, "case_id"),
    "cases.close": Access(Action.CASE_CLOSE, "case_id"),
    "cases.edit.evidence": Access(Action.CASE_CHANGE, "case_id"),
    "cases.edit.identity": Access(Action.CASE_CHANGE, "case_id"),
    "cases.edit.movement": Access(Action.CASE_CHANGE, "case_id"),
    "cases.edit.welfare": Access(Action.CASE_CHANGE, "case_id"),
    "cases.file": Access(Action.CASE_OPEN, "case_id"),
    "cases.file.named": Access(Action.CASE_OPEN, "case_id"),
    "cases.hold": Access(Action.RECORD_HOLD, "case_id"),
    "cases.list": Access(Action.CASE_LIST),
    "cases.reading": Access(Action.CASE_LIST),
    "cases.many": Access(Action.CASE_CHANGE),
    "cases.many.undo": Access(Action.CASE_CHANGE),
    "cases.many.work": Access(Action.CASE_CHANGE),
    "cases.many.stop": Access(Action.CASE_CHANGE),
    "cases.mark": Access(Action.HONEY_MARK, "case_id"),
    "cases.names": Access(Action.CASE_OPEN),
    "cases.new": Access(Action.CASE_CREATE),
    "cases.page": Access(Action.CASE_OPEN, "case_id"),
    "cases.region": Access(Action.CASE_LIST),
    "cases.release": Access(Action.RECORD_RELEASE, "case_id"),
    "cases.reopen": Access(Action.CASE_CLOSE, "case_id"),
    "cases.reveal.evidence": Access(Action.CASE_OPEN, "case_id"),
    "cases.reveal.identity": Access(Action.CASE_OPEN, "case_id"),
    "cases.search": Access(Action.CASE_LIST),
    "cases.shred": Access(Action.RECORD_SHRED, "case_id"),
    "cases.unmark": Access(Action.HONEY_MARK, "case_id"),
    "cases.views.drop": Access(Action.CASE_LIST),
    "cases.views.save": Access(Action.CASE_LIST),
    # consent
    "consent.page": Access(Action.CASE_OPEN, "case_id"),
    "consent.record": Access(Action.CONSENT_RECORD, "case_id"),
    "consent.withdraw": Access(Action.CONSENT_RECORD, "case_id"),
    "consent.words": Access(Action.CASE_OPEN, "case_id"),
    # continuity
    "continuity.backup": Access(Action.BACKUP_MAKE),
    "continuity.bundles.file": Access(Action.BUNDLE_SEND),
    "continuity.bundles.receive": Access(Action.BUNDLE_RECEIVE),
    "continuity.bundles.send": Access(Action.BUNDLE_SEND),
    "continuity.drill": Access(Action.DRILL_RUN),
    "continuity.drills": Access(Action.DRILL_RUN),
    "continuity.home": Access(ANY_PERSON),
    "continuity.job": Access(ANY_PERSON),
    "continuity.job.stop": Access(ANY_PERSON),
    "continuity.offices": Access(Action.BUNDLE_SEND),
    "continuity.offices.add": Access(Action.BUNDLE_SEND),
    "continuity.offices.confirm": Access(Action.BUNDLE_SEND),
    "continuity.offices.remove": Access(Action.BUNDLE_SEND),
    "continuity.travel": Access(Action.TRAVEL_LEAVE),
    "continuity.travel.file": Access(Action.TRAVEL_LEAVE),
    "continuity.travel.give": Access(Action.TRAVEL_RETURN),
    "continuity.travel.leave": Access(Action.TRAVEL_LEAVE),
    "continuity.travel.make": Access(Action.TRAVEL_LEAVE),
    # desk
    "desk.advance": Access(Action.CASE_STEP, "case_id"),
    "desk.back": Access(Action.CASE_STEP, "case_id"),
    "desk.contact": Access(Action.CASE_CHANGE, "case_id"),
    "desk.contact_change": Access(Action.CASE_CHANGE, "case_id"),
    "desk.contact_off": Access(Action.CASE_CHANGE, "case_id"),
    "desk.contact_on": Access(Action.CASE_CHANGE, "case_id"),
    "desk.decide": Access(Action.CASE_DECIDE, "case_id"),
    "desk.document": Access(Action.CASE_CHANGE, "case_id"),
    "desk.flag": Access(Action.CASE_CHANGE, "case_id"),
    "desk.flag_again": Access(Action.CASE_CHANGE, "case_id"),
    "desk.flag_down": Access(Action.CASE_CHANGE, "case_id"),
    "desk.hand_over": Access(Action.CASE_HAND_OVER, "case_id"),
    "desk.household": Access(Action.CASE_CHANGE, "case_id"),
    "desk.judge": Access(Action.CASE_CHANGE, "case_id"),
    "desk.letter": Access(Action.CASE_OPEN, "case_id"),
    "desk.letter_change": Access(Action.CASE_RECOMMEND, "case_id"),
    "desk.note": Access(Action.CASE_CHANGE, "case_id"),
    "desk.recommend": Access(Action.CASE_RECOMMEND, "case_id"),
    "desk.refer": Access(Action.CASE_CHANGE, "case_id"),
    "desk.refer_answer": Access(Action.CASE_CHANGE, "case_id"),
    "desk.request": Access(Action.CASE_CREATE),
    "desk.set_priority": Access(Action.CASE_CHANGE, "case_id"),
    "desk.task": Access(Action.CASE_CHANGE, "case_id"),
    "desk.task_again": Access(Action.CASE_CHANGE, "case_id"),
    "desk.task_done": Access(Action.CASE_CHANGE, "case_id"),
    "desk.traveller": Access(Action.CASE_CHANGE, "case_id"),
    "desk.traveller_change": Access(Action.CASE_CHANGE, "case_id"),
    "desk.traveller_merge": Access(Action.CASE_MERGE, "case_id"),
    "desk.traveller_off": Access(Action.CASE_CHANGE, "case_id"),
    "desk.traveller_on": Access(Action.CASE_CHANGE, "case_id"),
    "desk.traveller_unmerge": Access(Action.CASE_MERGE, "case_id"),
    # exchange
    "exchange.choose": Access(Action.CASE_IMPORT),
    "exchange.export": Access(Action.CASE_EXPORT),
    "exchange.export.file": Access(Action.CASE_EXPORT),
    "exchange.export.remove": Access(Action.CASE_EXPORT),
    "exchange.exports": Access(Action.CASE_EXPORT),
    "exchange.imports": Access(Action.CASE_IMPORT),
    "exchange.job": Access(ANY_PERSON),
    "exchange.job.stop": Access(ANY_PERSON),
    "exchange.look": Access(Action.CASE_IMPORT),
    "exchange.take_in": Access(Action.CASE_IMPORT),
    "exchange.undo": Access(Action.CASE_IMPORT),
    # intake
    "intake.begin": Access(Action.CASE_CHANGE, "case_id"),
    "intake.bring": Access(Action.FORM_MANAGE),
    "intake.case": Access(Action.CASE_OPEN, "case_id"),
    "intake.discard": Access(Action.CASE_CHANGE, "case_id"),
    "intake.fill": Access(Action.CASE_OPEN, "case_id"),
    "intake.form": Access(Action.CASE_CHANGE),
    "intake.forms": Access(Action.CASE_CHANGE),
    "intake.keep": Access(Action.FORM_MANAGE),
    "intake.restore": Access(Action.FORM_MANAGE),
    "intake.retire": Access(Action.FORM_MANAGE),
    "intake.submissions": Access(Action.CASE_CHANGE),
    # door
    "door.confirm": Access(OPEN_TO_LOCKED),
    "door.done": Access(OPEN_TO_LOCKED),
    "door.lock": Access(OPEN_TO_LOCKED),
    "door.organisation": Access(OPEN_TO_LOCKED),
    "door.passphrase": Access(OPEN_TO_LOCKED),
    "door.person": Access(OPEN_TO_LOCKED),
    "door.recover": Access(OPEN_TO_LOCKED),
    "door.repeat": Access(OPEN_TO_LOCKED),
    "door.shares": Access(OPEN_TO_LOCKED),
    "door.shares.renew": Access(OPEN_TO_LOCKED),
    "door.sheets": Access(OPEN_TO_LOCKED),
    "door.sheets.pdf": Access(OPEN_TO_LOCKED),
    "door.unlock": Access(OPEN_TO_LOCKED),
    "door.welcome": Access(OPEN_TO_LOCKED),
    # duplicates
    "duplicates.list": Access(Action.CASE_MERGE),
    "duplicates.pair": Access(Action.CASE_MERGE, "case_id"),
    "duplicates.take_back": Access(Action.CASE_MERGE, "case_id"),
    # frame
    "home": Access(ANY_PERSON),
    "palette": Access(ANY_PERSON),
    "preferences": Access(ANY_PERSON),
    "preferences.awake": Access(ANY_PERSON),
    "preferences.language": Access(OPEN_TO_LOCKED),
    "preferences.theme": Access(OPEN_TO_LOCKED),
    # retention
    "retention.due": Access(Action.RECORD_SHRED),
    # safeguarding
    "safeguarding.assess": Access(Action.CHILD_ASSESS, "case_id"),
    "safeguarding.care": Access(Action.CHILD_RECORD, "case_id"),
    "safeguarding.case": Access(Action.CASE_OPEN, "case_id"),
    "safeguarding.check": Access(Action.CHECK_OPEN, "check_id"),
    "safeguarding.check.done": Access(Action.CHECK_MAKE, "check_id"),
    "safeguarding.checks": Access(Action.CHECK_OPEN),
    "safeguarding.checks.new": Access(Action.CHECK_MAKE),
    "safeguarding.complaint": Access(Action.COMPLAINT_OPEN, "complaint_id"),
    "safeguarding.complaint.acknowledge": Access(Action.COMPLAINT_HANDLE, "complaint_id"),
    "safeguarding.complaint.answer": Access(Action.COMPLAINT_HANDLE, "complaint_id"),
    "safeguarding.complaint.hand_over": Access(Action.COMPLAINT_HANDLE, "complaint_id"),
    "safeguarding.complaint.note": Access(Action.COMPLAINT_HANDLE, "complaint_id"),
    "safeguarding.complaints": Access(Action.COMPLAINT_OPEN),
    "safeguarding.complaints.new": Access(Action.COMPLAINT_MAKE),
    "safeguarding.determine": Access(Action.CHILD_ASSESS, "case_id"),
    "safeguarding.override": Access(Action.CHILD_OVERRIDE, "case_id"),
    "safeguarding.paper": Access(Action.CASE_OPEN, "case_id"),
    "safeguarding.screen": Access(Action.SCREEN_RECORD, "case_id"),
    "safeguarding.status": Access(Action.SCREEN_DECIDE, "case_id"),
    "safeguarding.training": Access(Action.PEOPLE_SEE),
    "safeguarding.training.add": Access(Action.QUALIFICATION_RECORD),
    "safeguarding.waiting": Access(Action.CHILD_OVERRIDE),
    # tasks
    "tasks.again": Access(Action.CASE_CHANGE, "case_id"),
    "tasks.done": Access(Action.CASE_CHANGE, "case_id"),
    "tasks.list": Access(Action.TASK_LIST),
    # second person
    "approvals.ask": Access(ANY_PERSON),
    "approvals.give": Access(Action.SECOND_PERSON),
    "approvals.here": Access(ANY_PERSON),
    "approvals.list": Access(ANY_PERSON),
    # log
    "log.alerts": Access(Action.ALERT_SEE),
    "log.alerts.seen": Access(Action.ALERT_SEE),
    "log.list": Access(Action.LOG_LIST),
    "log.verify": Access(Action.LOG_VERIFY),
    # people
    "people.add": Access(Action.PEOPLE_ADMIT),
    "people.add.words": Access(Action.PEOPLE_ADMIT),
    "people.list": Access(Action.PEOPLE_SEE),
    "people.own": Access(ANY_PERSON),
    "people.person": Access(Action.PEOPLE_SEE, "person_id"),
    "people.remove": Access(Action.PEOPLE_REMOVE, "person_id"),
    "people.roles": Access(Action.PEOPLE_CHANGE, "person_id"),
    "people.teams": Access(Action.PEOPLE_SEE),
    "people.teams.add": Access(Action.TEAM_MANAGE),
    "people.teams.close": Access(Action.TEAM_MANAGE, "team_id"),
    "people.teams.rename": Access(Action.TEAM_MANAGE, "team_id"),
    # one line for each URL, sorted by area, then by name
}
"""Every URL of the application by name."""
