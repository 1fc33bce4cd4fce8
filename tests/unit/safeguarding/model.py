"""What ought to let a child pass, kept beside the database in plain sets: written from ETHICS.md, not from the code."""

from dataclasses import dataclass, field


@dataclass
class Sheet:
    """A paper as the model has it; times are counts of acts."""

    kind: str
    by: str
    at: int
    go: bool = True
    covers: frozenset[str] = frozenset()
    verdict: str = ""
    decided_at: int = 0


@dataclass
class Model:
    """A child of whom people write; each accepted act is told to it."""

    clock: int = 0
    screened: bool = False
    status: tuple[str, str] | None = None
    changed: int = 0
    sheets: list[Sheet] = field(default_factory=list)

    def facts(self, age: str, care: str) -> None:
        if self.status != (age, care):
            self.status, self.changed = (age, care), self.clock

    def write(self, kind: str, by: str, go: bool = True) -> None:
        covers = frozenset(self.lacking()) if kind == "override" else frozenset()
        self.sheets.append(Sheet(kind, by, self.clock, go, covers))

    def decide(self, by: str, verdict: str) -> None:
        sheet = self.sheets[-1]
        assert sheet.by != by, "one person wrote and decided"
        assert not sheet.verdict, "it was decided before"
        sheet.verdict, sheet.decided_at = verdict, self.clock

    def newest(self, kind: str) -> Sheet | None:
        good = [
            each for each in self.sheets if each.kind == kind and each.verdict == "agreed" and each.at >= self.changed
        ]
        return good[-1] if good else None

    def lacking(self) -> set[str]:
        """Return what is missing, what is passed over left out."""
        care = self.status[1] if self.status else None
        needed = {"bia"} if care == "accompanied" else {"bia", "bid"}
        lacks = {kind for kind in needed if (newest := self.newest(kind)) is None or not newest.go}
        lacks |= set() if self.screened else {"screen"}
        lacks |= set() if self.status else {"care"}
        return {each for each in lacks if not self.passed_over(each)}

    def passed_over(self, requirement: str) -> bool:
        no = self.newest(requirement)
        return any(
            each.kind == "override"
            and each.verdict == "agreed"
            and each.at >= self.changed
            and requirement in each.covers
            and (no is None or no.go or each.at > no.decided_at)
            for each in self.sheets
        )
