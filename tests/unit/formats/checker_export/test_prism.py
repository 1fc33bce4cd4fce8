import re

from waystation.engine.journeys.process import NO_MONEY, MoneyGrid, Process
from waystation.formats.checker_export import to_drn, to_prism


def test_one_command_for_each_choice(process: Process) -> None:
    text = "".join(to_prism(process, NO_MONEY))
    explicit = "".join(to_drn(process, NO_MONEY))
    assert len(re.findall(r"^  \[\w+\] s=\d+ -> ", text, re.MULTILINE)) == explicit.count("\taction ")
    assert "  [begin] s=0 -> 1.0 : (s'=1);\n" in text


def test_labels_name_the_endings(process: Process) -> None:
    text = "".join(to_prism(process, NO_MONEY))
    assert 'label "arrived" = s >= 7 & s < 10;\nlabel "harmed" = s = 10;\n' in text


def test_a_price_stands_with_its_action(process: Process) -> None:
    text = "".join(to_prism(process, NO_MONEY))
    assert "  [wait_A_1] true : 1.00;\n" in text
    assert "  [leg_L_7] true : 5.00;\n" in text
    assert "  [leg_L_7_company] true : 10.00;\n" in text
    assert "  [pay] s >= 2 & s <= 2 : 2.00;\n  [pay] s >= 3 & s <= 3 : 2.00;\n" in text


def test_an_action_nobody_can_take_has_no_price(process: Process) -> None:
    assert "company" not in "".join(to_prism(process, MoneyGrid(step=100, steps=6)))
