from waystation.cases.due_dates import DAYS
from waystation.cases.models import TASKS
from waystation.cases.services.advance import TASK_OF


def test_every_task_has_its_days_and_every_step_a_task_that_is_declared() -> None:
    assert set(DAYS) == set(TASKS)
    assert set(TASK_OF.values()) <= set(TASKS)
