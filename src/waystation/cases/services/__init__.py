"""Every write to a case: permitted, whole, and in the log."""

from waystation.cases.services.access import give_parts, take_parts
from waystation.cases.services.advance import advance, step_back
from waystation.cases.services.calls_at_once import take_requests
from waystation.cases.services.change import change_case
from waystation.cases.services.close import close_case, reopen_case
from waystation.cases.services.contacts import set_contact, take_off_contact
from waystation.cases.services.create import create_case
from waystation.cases.services.decisions import decide, recommend, write_letter
from waystation.cases.services.documents import describe_document
from waystation.cases.services.files import attach_file
from waystation.cases.services.flags import lower_flag, raise_flag, raise_flag_again
from waystation.cases.services.hand_over import hand_over
from waystation.cases.services.households import set_household
from waystation.cases.services.judge import judge
from waystation.cases.services.merge_travellers import merge_travellers, take_back_traveller_merge
from waystation.cases.services.notes import write_note
from waystation.cases.services.priority import set_priority
from waystation.cases.services.referrals import answer_referral, refer
from waystation.cases.services.request import FirstCall, take_request
from waystation.cases.services.tasks import add_task, finish_task, reopen_task
from waystation.cases.services.travellers import (
    add_traveller,
    change_traveller,
    put_back_traveller,
    take_off_traveller,
)

__all__ = [
    "FirstCall",
    "add_task",
    "add_traveller",
    "advance",
    "answer_referral",
    "attach_file",
    "change_case",
    "change_traveller",
    "close_case",
    "create_case",
    "decide",
    "describe_document",
    "finish_task",
    "give_parts",
    "hand_over",
    "judge",
    "lower_flag",
    "merge_travellers",
    "put_back_traveller",
    "raise_flag",
    "raise_flag_again",
    "recommend",
    "refer",
    "reopen_case",
    "reopen_task",
    "set_contact",
    "set_household",
    "set_priority",
    "step_back",
    "take_back_traveller_merge",
    "take_off_contact",
    "take_off_traveller",
    "take_parts",
    "take_request",
    "take_requests",
    "write_letter",
    "write_note",
]
