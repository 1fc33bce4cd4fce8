import io
from uuid import uuid4

from waystation.web.views.exchange.staged import MOST, Stage, Stages


def test_a_file_is_held_for_who_sent_it_alone() -> None:
    stages, by = Stages(lambda source: source.close()), uuid4()
    stage = stages.put(Stage(by, io.BytesIO(b"x")))
    assert stages.find(stage.id, by) is stage
    assert stages.find(stage.id, uuid4()) is None
    stages.drop(stage.id)
    assert stage.source.closed
    assert stages.find(stage.id, by) is None
    stages.drop(stage.id)


def test_the_oldest_is_let_go_for_a_new_one() -> None:
    stages, by = Stages(lambda source: source.close()), uuid4()
    held = [stages.put(Stage(by, io.BytesIO())) for _ in range(MOST + 1)]
    assert [each.source.closed for each in held] == [True] + [False] * MOST


def test_what_is_held_shows_nothing_of_itself() -> None:
    assert "secret" not in repr(Stage(uuid4(), io.BytesIO(), found="secret"))
