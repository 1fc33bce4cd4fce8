"""A program that imports a table until it is killed, and one that says what stands afterwards and takes it back.

``python -m tests.crash.importer import|check FOLDER``, with ``WAYSTATION_DATA`` set to the folder.
"""

import io
import sys
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import django

from tests.crash.writer import PASSPHRASE, faults_of_log, say

if TYPE_CHECKING:
    from waystation.config.desk import Desk

ROWS = 20_000


def take_in(desk: "Desk", at: datetime) -> None:
    """Import a long table, saying how far it is, until the end of this process."""
    from waystation.exchange.importing.apply import apply_import
    from waystation.exchange.importing.preview import Line, Preview, Verdict
    from waystation.intake.tables.opening import open_table
    from waystation.intake.tables.row import headed

    text = "reference,name,age\n" + "".join(f"r{n},Invented {n},34\n" for n in range(ROWS))
    moments = count()
    assert desk.keyring is not None
    apply_import(
        keyring=desk.keyring,
        sheet=headed(open_table(io.BytesIO(text.encode())).sheets[0]),
        looked_at=Preview(tuple(Line(row, Verdict.CREATE) for row in range(2, ROWS + 2))),
        accepted=(),
        clock=lambda: at + timedelta(milliseconds=next(moments)),
        steps=lambda _name, done, _total: say(done=done) if done % 50 == 0 else None,
    )


def check(desk: "Desk", at: datetime) -> None:
    """Say what stands of the import, and what is left of it once it was taken back."""
    from waystation.cases.models import Case, Change, Event, Request, Task
    from waystation.exchange.importing.undo import undo_import
    from waystation.exchange.models import Import, ImportLine
    from waystation.store.models import Record

    assert desk.keyring is not None
    source = Import.objects.order_by("-at")[0]
    mine = [*source.lines.values_list("record_id", flat=True)]
    whole = {
        "cases": Case.objects.filter(pk__in=mine).count(),
        "requests": Request.objects.filter(record_id__in=mine).count(),
        "tasks": Task.objects.filter(record_id__in=mine).count(),
        "events": Event.objects.filter(record_id__in=mine).count(),
        "changes": Change.objects.filter(case_id__in=mine).count() // 2,
    }
    loose = Record.objects.filter(kind="case", shredded_at=None).exclude(
        pk__in=ImportLine.objects.values_list("record_id")
    )
    said = {"created": source.created, "stopped": source.stopped, "lines": len(mine), "loose": loose.count()}
    undone = undo_import(keyring=desk.keyring, source=source, at=at, steps=lambda *_: None)
    left = Record.objects.filter(kind="case", shredded_at=None).count()
    say(**said, whole=whole, taken_back=undone.taken_back, left=left, faults=faults_of_log(desk))


def main() -> None:
    """Do one of the two."""
    verb, folder = sys.argv[1], Path(sys.argv[2])
    django.setup()
    from waystation.config.desk import Desk

    desk, at = Desk(folder), datetime.now(UTC)
    desk.unlock(PASSPHRASE, at=at)
    {"import": take_in, "check": check}[verb](desk, at)


if __name__ == "__main__":
    main()
