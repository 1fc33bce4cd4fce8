from waystation.engine.journeys.process import NO_MONEY, MoneyGrid, Process
from waystation.formats.checker_export import to_drn


def test_one_initial_state_draws_the_first_levels(process: Process) -> None:
    text = "".join(to_drn(process, NO_MONEY))
    assert text.count(" init\n") == 1
    assert "state 0 [0, 0] init\n\taction begin [0, 0]\n\t\t1 : 1.0\n" in text


def test_a_leg_leads_to_its_outcomes_and_to_being_asked(process: Process) -> None:
    lines = "".join(to_drn(process, NO_MONEY)).splitlines()
    begun = lines.index("\taction leg_L_7 [5.00, 0]")
    assert lines[begun + 1 : begun + 5] == [
        "\t\t2 : 0.25",  # asked for more
        "\t\t4 : 0.375",  # turned back: three quarters of a half
        "\t\t8 : 0.28125",  # arrived on the first day
        "\t\t10 : 0.09375",  # harmed
    ]


def test_labels_and_rewards_are_declared(process: Process) -> None:
    text = "".join(to_drn(process, NO_MONEY))
    assert "@reward_models\ncost days\n" in text
    assert [line for line in text.splitlines() if line.endswith("arrived")] == [
        "state 7 [0, 0.0] arrived",
        "state 8 [0, 1.0] arrived",
        "state 9 [0, 2.0] arrived",
    ]
    assert "state 10 [0, 0] harmed" in text
    assert text.count(" harmed\n") == 1


def test_a_budget_too_small_to_pay_leaves_only_refusing(process: Process) -> None:
    text = "".join(to_drn(process, MoneyGrid(step=100, steps=6)))
    assert "action pay" not in text
    assert "action refuse [0, 0]" in text
    assert "company" not in text
    assert "action pay [2.00, 0]" in "".join(to_drn(process, MoneyGrid(step=100, steps=7)))


def test_the_questions_to_ask_come_first(process: Process) -> None:
    first, *rest = to_drn(process, NO_MONEY)
    assert all(line.startswith("//") for line in first.splitlines())
    assert 'Pmax=? [ F "arrived" ]' in first
    assert rest[0].startswith("@type: MDP\n")
