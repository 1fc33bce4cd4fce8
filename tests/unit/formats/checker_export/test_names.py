import dataclasses

from waystation.engine.journeys.process import Process
from waystation.formats.checker_export.names import action_names


def test_names_are_identifiers(process: Process) -> None:
    names = action_names(process)
    assert names.move == ("leg_L_7", "leg_L_7_company")
    assert names.wait == ("wait_A_1", "wait_B")


def test_two_ids_never_share_a_name(process: Process) -> None:
    twins = dataclasses.replace(process, places=("A-1", "A_1"))
    assert action_names(twins).wait == ("wait_A_1", "wait_A_1_2")
