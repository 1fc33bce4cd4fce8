from waystation.cases.models import ChangeKind
from waystation.web.wording import LANGUAGES, catalogue


def test_what_the_database_reads_of_a_step_says_nothing_of_what_was_done() -> None:
    assert set(ChangeKind) == {"made", "changed", "file_kept", "closed", "reopened", "worked"}
    for language in LANGUAGES:
        assert {f"cases.step.{kind}" for kind in ChangeKind} <= catalogue(language).keys()
