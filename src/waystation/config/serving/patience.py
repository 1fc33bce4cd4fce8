from dataclasses import dataclass

FREE_TRIES = 3
LONGEST = 300.0


def delay_after(failures: int) -> float:
    """Return how many seconds must pass after so many failures in a row: none after 3, then 2, 4, 8 ... 300."""
    if failures < FREE_TRIES:
        return 0.0
    return min(LONGEST, 2.0 ** min(failures - FREE_TRIES + 1, 16))


@dataclass
class Patience:
    """Counts tries at a passphrase. The parent keeps it, so that ending the worker gives nobody fresh tries.

    Times are seconds of a clock that only goes forward.
    """

    failures: int = 0
    last: float = 0.0

    def seconds_to_wait(self, now: float) -> float:
        """Return how long the next try has to wait; 0 if it need not."""
        return max(0.0, self.last + delay_after(self.failures) - now)

    def may_try(self, now: float) -> float:
        """Return how long to wait, or 0 and count this try as a failure until `opened` says otherwise."""
        wait = self.seconds_to_wait(now)
        if wait == 0.0:
            self.failures += 1
            self.last = now
        return wait

    def opened(self) -> None:
        """Forget the failures."""
        self.failures = 0
