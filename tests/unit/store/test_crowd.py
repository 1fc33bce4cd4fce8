import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.long
def test_eight_writers_at_once_lose_nothing_and_leave_nothing_under_an_old_key(tmp_path: Path) -> None:
    """Runs on the database that ``DATABASE_URL`` names, if it names one: it must be empty."""
    command = [sys.executable, "-m", "tests.unit.store.crowd", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert '"renewals": ' in done.stdout
    assert '"renewals": 0' not in done.stdout
