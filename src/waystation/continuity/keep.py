"""How often a backup is made, and which are kept: two declared tables."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

DUE_AFTER = timedelta(days=1)
"""A backup is due this long after the last one, whenever somebody has unlocked."""

KEYRING_DAYS = timedelta(days=14)
"""A keyring backup older than this is removed (the newest never is): so destroyed keys are soon gone from backups too."""


@dataclass(frozen=True)
class Keep:
    """Of each stretch of ``days``, the newest backup is kept, for the last ``count`` stretches in which there is one."""

    key: str
    days: int
    count: int


LAST = 3
"""The last few are kept whatever the table says."""

KEPT: tuple[Keep, ...] = (Keep("daily", 1, 7), Keep("weekly", 7, 5), Keep("monthly", 28, 12))
"""What is kept of the store's backups. What no row names is removed after the next backup."""

_STAMP = "%Y%m%dt%H%M%Sz"


def stamp_of(at: datetime) -> str:
    """Return the part of a backup's file names that says when it was made: ``20261122t043000z`` (UTC, to the second)."""
    return at.astimezone(UTC).strftime(_STAMP)


def time_of(stamp: str) -> datetime | None:
    """Return the time a stamp says; None if it is no stamp."""
    try:
        at = datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None
    return at if stamp_of(at) == stamp else None


def is_due(last: datetime | None, now: datetime) -> bool:
    """Tell whether a backup is due. One from the future (a clock that was wrong) counts for nothing."""
    return last is None or last > now + DUE_AFTER or now - last >= DUE_AFTER


def kept(times: Iterable[datetime]) -> set[datetime]:
    """Return the times of the store backups that the table keeps; the last `LAST` are always among them."""
    newest_first = sorted(times, reverse=True)
    found = set(newest_first[:LAST])
    for rule in KEPT:
        stretches: dict[int, datetime] = {}
        for at in newest_first:
            stretches.setdefault(at.toordinal() // rule.days, at)
        found.update(list(stretches.values())[: rule.count])
    return found


def kept_keyrings(times: Iterable[datetime], now: datetime) -> set[datetime]:
    """Return the times of the keyring backups that stay: those not older than `KEYRING_DAYS`, and the newest."""
    every = set(times)
    return {at for at in every if now - at <= KEYRING_DAYS} | ({max(every)} if every else set())
