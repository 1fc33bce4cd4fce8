from waystation.engine.model import OutcomeKind


def test_the_words_of_the_network_folder() -> None:
    words = "passed near_miss turned_back extra_demand called_off intercepted unknown"
    assert [kind.value for kind in OutcomeKind] == words.split()
