"""A disk that takes no more: the backup fails in one sentence, and what was there stays. Files larger than the memory used."""

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.integration.continuity_child import WORDS
from tests.unit.continuity.conftest import Home, empty_store, home, names_in  # noqa: F401 - fixtures

from waystation.continuity.backup import make_backup
from waystation.continuity.drill import drill
from waystation.store.files import keep_file
from waystation.store.models import SealedFile
from waystation.store.tiers import Tier

ROOT = Path(__file__).resolve().parents[2]
MIB = 1 << 20


def backed_up(home: Home, largest: int | None) -> "subprocess.CompletedProcess[str]":  # noqa: F811
    """Run the command where no file can grow beyond ``largest`` bytes."""
    (home.data.parent / "words").write_text(WORDS["director"])

    def limit() -> None:
        if largest is not None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))

    kept = {name: value for name, value in os.environ.items() if name not in {"WAYSTATION_DATA", "DATABASE_URL"}}
    command = [sys.executable, "-m", "waystation.cli.main", "backup", "--data", str(home.data)]
    return subprocess.run(
        [*command, "--passphrase-file", str(home.data.parent / "words")],
        cwd=ROOT,
        # Python would keep modules that it compiled as far as they fit, and read the stumps ever after.
        env=kept | {"DJANGO_SETTINGS_MODULE": "waystation.config.settings", "PYTHONDONTWRITEBYTECODE": "1"},
        preexec_fn=limit,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("largest", [4096, 60_000, 300_000])
def test_a_full_disk_leaves_what_was_there(home: Home, largest: int) -> None:  # noqa: F811
    home.case()
    make_backup(here=home.here(), at=home.later())
    before = {path.name: path.read_bytes() for path in (home.data / "backups").iterdir()}
    done = backed_up(home, largest)
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    assert {name: (home.data / "backups" / name).read_bytes() for name in before} == before
    stores = [name for name in names_in(home.data / "backups") if name.startswith("store")]
    assert stores == [name for name in before if name.startswith("store")]
    assert not list((home.data / "backups").glob(".*"))
    assert drill(here=home.here(), at=home.later()).ok
    assert backed_up(home, None).returncode == 0


@pytest.mark.long
def test_a_large_file_is_never_whole_in_memory(home: Home) -> None:  # noqa: F811
    case = home.case()
    large = home.data.parent / "large"
    with large.open("wb") as target:
        target.truncate(600 * MIB)
    with large.open("rb") as source:
        keep_file(home.office.keyring("caseworker"), case.record, Tier.WELFARE, source, "film", at=home.later())
    assert SealedFile.objects.count() == 1
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    make_backup(here=home.here(), at=home.later())
    assert drill(here=home.here(), at=home.later()).ok
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert grown < 150, f"{grown:.0f} MiB more than before"
