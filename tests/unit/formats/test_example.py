from collections.abc import Callable
from pathlib import Path

from waystation.formats import read_folder
from waystation.formats.example import EXAMPLE


def test_the_example_reads_without_fault_or_warning(write: Callable[[dict[str, str]], Path]) -> None:
    reading = read_folder(write(EXAMPLE))
    assert reading.faults == ()
    assert reading.warnings == ()
