from waystation.engine.model import Experience, LearningRules, Quantity


def test_judgement_counts_for_twenty_missions_at_most_unless_set() -> None:
    assert LearningRules().judgement_cap == 20.0


def test_an_empty_experience_has_the_usual_rules() -> None:
    assert Experience() == Experience(rules=LearningRules())
    assert Experience().past == ()


def test_four_quantities_are_learned() -> None:
    assert set(Quantity) == {"intercepted", "turned_back", "demand", "days"}
