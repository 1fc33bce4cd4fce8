"""Every write of safeguarding: permitted, whole, and in the log. Nothing is changed that was written before."""

from waystation.safeguarding.services.checks import Found, finish_follow_up, record_check
from waystation.safeguarding.services.children import (
    Member,
    ask_override,
    decide_paper,
    record_assessment,
    record_child_facts,
    record_determination,
)
from waystation.safeguarding.services.complaints import (
    Heard,
    acknowledge_complaint,
    answer_complaint,
    hand_over_complaint,
    note_on_complaint,
    receive_complaint,
)
from waystation.safeguarding.services.qualifications import record_qualification
from waystation.safeguarding.services.screens import decide_status, record_screen

__all__ = [
    "Found",
    "Heard",
    "Member",
    "acknowledge_complaint",
    "answer_complaint",
    "ask_override",
    "decide_paper",
    "decide_status",
    "finish_follow_up",
    "hand_over_complaint",
    "note_on_complaint",
    "receive_complaint",
    "record_assessment",
    "record_check",
    "record_child_facts",
    "record_determination",
    "record_qualification",
    "record_screen",
]
