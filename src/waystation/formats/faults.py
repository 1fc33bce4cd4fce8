from dataclasses import dataclass


@dataclass(frozen=True, order=True, slots=True)
class Fault:
    """A mistake in a network folder, as a value: where it is, what is wrong and what would be right.

    Attributes
    ----------
    file
        Name of the file inside the folder; for a folder that cannot be read at all, the folder itself.
    line, column
        Where the cell begins, both counted from 1 as an editor does; columns count characters.
    what, right
        One clause each, without a line break.
    """

    file: str
    line: int
    column: int
    what: str
    right: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.what}; {self.right}"
