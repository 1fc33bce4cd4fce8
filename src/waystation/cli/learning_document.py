"""What was learned as one JSON object for programs."""

from typing import Any

from waystation.engine.learning.calibration import Calibration
from waystation.engine.learning.panel import Panel, Spread, Standing
from waystation.engine.learning.result import Learned, Lessons, Reason
from waystation.engine.model import Stated

Json = dict[str, Any]


def lessons_document(lessons: Lessons, written: tuple[str, ...]) -> Json:
    """Return every belief, question and person's record as an object ready for `json.dumps`."""
    return {
        "on": lessons.on.isoformat(),
        "coverage": lessons.coverage,
        "beliefs": [_belief(each) for each in lessons.beliefs],
        "called_off": lessons.called_off,
        "silent": lessons.silent,
        "questions": [_question(each) for each in lessons.panels],
        "people": [_person(each) for each in lessons.people],
        "written": list(written),
    }


def _belief(learned: Learned) -> Json:
    return {
        "subject": learned.subject,
        "id": learned.id,
        "quantity": learned.quantity,
        "mean": learned.mean,
        "low": learned.low,
        "high": learned.high,
        "weight": learned.weight,
        "missions": learned.missions,
        "events": learned.events,
        "effective_missions": learned.effective,
        "judgement_share": learned.judgement_share,
        "like": learned.like,
        "alone": None if learned.alone is None else list(learned.alone),
        "judged": _stated(learned.judged),
        "judged_by": None if learned.judged is None else "people" if learned.panel else "legs.csv",
        "stated": _stated(learned.stated),
        "regimes": list(learned.regimes),
        "before": None if learned.before is None else learned.before.value,
        "why": [_reason(each) for each in learned.reasons],
    }


def _stated(stated: Stated | None) -> Json | None:
    return None if stated is None else {"value": stated.value, "weight": stated.weight}


def _reason(reason: Reason) -> Json:
    return {
        "reason": reason.why,
        "missions": reason.missions,
        "events": reason.events,
        "regimes": list(reason.regimes),
    }


def _question(panel: Panel) -> Json:
    """Return a question with its private answers once all are in; never with a name beside an answer."""
    return {
        "leg": panel.question.leg,
        "asked": panel.question.asked,
        "silent_days": panel.question.silent_days,
        "standing": panel.standing,
        "experts": list(panel.experts),
        "awaited": list(panel.awaited),
        "first_round": [_spread(each) for each in panel.first] if panel.standing is not Standing.FIRST_ROUND else [],
        "together": None if panel.together is None else _spread(panel.together),
        "belief": _stated(panel.belief),
        "on": None if panel.on is None else panel.on.isoformat(),
    }


def _spread(spread: Spread) -> Json:
    return {"low": spread.low, "best": spread.best, "high": spread.high}


def _person(record: Calibration) -> Json:
    points = [
        {"answers": p.answers, "chance": p.chance, "true": p.true, "low": p.interval.low, "high": p.interval.high}
        for p in record.points
    ]
    return {
        "expert": record.expert,
        "answers": record.answers,
        "awaited": record.awaited,
        "brier": record.brier,
        "log_score": record.log_score,
        "points": points,
    }
