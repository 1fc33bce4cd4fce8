from waystation.cases.models import KIND
from waystation.cases.steps.vocabulary import Need, Priority, Standing, Step
from waystation.web.wording import LANGUAGES, catalogue


def test_every_word_of_the_steps_is_said_in_every_language() -> None:
    assert KIND == "case"
    for language in LANGUAGES:
        texts = catalogue(language)
        for beginning, words in (("step", Step), ("standing", Standing), ("priority", Priority), ("need", Need)):
            assert {f"desk.{beginning}.{word}" for word in words} <= texts.keys()
