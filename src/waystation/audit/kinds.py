from dataclasses import dataclass

from waystation.audit.errors import UnknownKindError


@dataclass(frozen=True)
class Kind:
    """One kind of entry.

    Attributes
    ----------
    name
        As stored, ``noun.participle``.
    alert
        Whether it is brought to those who may see alerts.
    shown_as
        The kind under which it is listed for those who cannot read the log's payloads.
    """

    name: str
    alert: bool = False
    shown_as: str = ""


KINDS: tuple[Kind, ...] = (
    Kind("organisation.founded"),
    Kind("organisation.changed"),
    Kind("recovery.confirmed"),
    Kind("unlocked"),
    Kind("locked"),
    Kind("passphrase.changed"),
    Kind("shares.used", alert=True),
    Kind("person.admitted"),
    Kind("person.removed"),
    Kind("person.recovered", alert=True),
    Kind("role.changed"),
    Kind("team.made"),
    Kind("team.changed"),
    Kind("record.made"),
    Kind("record.opened"),
    Kind("identity.opened"),
    Kind("records.searched"),
    Kind("records.listed"),
    Kind("record.changed"),
    Kind("record.closed"),
    Kind("record.shredded"),
    Kind("file.kept"),
    Kind("file.opened"),
    Kind("file.removed"),
    Kind("grant.given"),
    Kind("grant.taken"),
    Kind("keys.renewed"),
    Kind("hold.set"),
    Kind("hold.released"),
    Kind("honey.marked", shown_as="record.changed"),
    Kind("honey.unmarked", shown_as="record.changed"),
    Kind("honey.touched", alert=True, shown_as="identity.opened"),
    Kind("honey.glanced", alert=True, shown_as="record.opened"),
    Kind("consent.recorded"),
    Kind("consent.withdrawn"),
    Kind("screen.recorded"),
    Kind("screen.decided"),
    Kind("child.recorded"),
    Kind("procedure.recorded"),
    Kind("procedure.decided"),
    Kind("override.asked", alert=True),
    Kind("override.agreed", alert=True),
    Kind("qualification.recorded"),
    Kind("complaint.received", shown_as="record.made"),
    Kind("complaint.stepped", shown_as="record.changed"),
    Kind("complaint.handed_over", shown_as="grant.given"),
    Kind("check.recorded"),
    Kind("check.followed"),
    Kind("limit.reached", alert=True),
    Kind("leave.asked"),
    Kind("leave.given"),
    Kind("leave.used"),
    Kind("alert.seen"),
    Kind("tampering.noticed", alert=True),
    Kind("log.opened"),
    Kind("log.verified"),
    Kind("log.key_renewed"),
    Kind("backup.made"),
    Kind("backup.restored"),
    Kind("backup.failed", alert=True),
    Kind("keyring.backed_up"),
    Kind("drill.done"),
    Kind("drill.failed", alert=True),
    Kind("office.admitted"),
    Kind("office.removed"),
    Kind("bundle.sent"),
    Kind("bundle.received"),
    Kind("bundle.refused", alert=True),
    Kind("import.begun"),
    Kind("import.done"),
    Kind("import.undone"),
    Kind("export.made"),
    Kind("export.taken"),
    Kind("export.removed"),
    Kind("form.brought_in"),
    Kind("form.retired"),
    Kind("submission.filed"),
    Kind("travel.left"),
    Kind("travel.returned"),
    Kind("device.added"),
    Kind("device.wiped", alert=True),
    Kind("demo.filled"),
)
"""Every kind of entry, in the order in which the log's page offers them."""

_BY_NAME = {kind.name: kind for kind in KINDS}


def kind_named(name: str) -> Kind:
    """Return the kind of this name.

    Raises
    ------
    UnknownKindError
        If it is not declared.
    """
    try:
        return _BY_NAME[name]
    except KeyError:
        raise UnknownKindError(f"the log knows no entry of kind {name!r}") from None


def shown_kind(name: str) -> str:
    """Return the kind under which an entry is listed for those who do not read payloads."""
    kind = _BY_NAME.get(name)
    return (kind.shown_as if kind else "") or name
