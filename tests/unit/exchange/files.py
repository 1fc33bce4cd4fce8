"""Tables and offices for the tests of exchange."""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from tests.office import Office
from waystation.cases.models import Case
from waystation.exchange.importing.apply import Applied, apply_import
from waystation.exchange.importing.preview import Preview, preview
from waystation.intake.tables.opening import open_table
from waystation.intake.tables.row import Headed, headed

HEADER = "reference,name,region,age,danger"
GOOD = "r1,Sky Invented,the north,34,asked about by name"


def steps(name: str, done: int, total: int) -> None:
    """Go on: nobody stops these tests."""


def sheet(*rows: str, header: str = HEADER) -> Headed:
    text = "\n".join([header, *rows, ""])
    return headed(open_table(io.BytesIO(text.encode())).sheets[0])


def looked(office: Office, table: Headed, by: str = "caseworker") -> Preview:
    return preview(keyring=office.keyring(by), person=office.person(by), sheet=table, at=office.later(), steps=steps)


def imported(office: Office, table: Headed, by: str = "caseworker", accepted: Sequence[int] = ()) -> Applied:
    return apply_import(
        keyring=office.keyring(by),
        sheet=table,
        looked_at=looked(office, table, by),
        accepted=accepted,
        clock=office.later,
        steps=steps,
    )


def opened(office: Office, case: Case, *fields: str, by: str = "caseworker") -> dict[str, Any]:
    row = Case.objects.select_related("record").get(pk=case.pk)
    return dict(office.keyring(by).open(row, *fields))


def clock(office: Office) -> datetime:
    return office.later()
