from waystation.kernel import BadInputError, RuleRefusedError


class CountsDifferError(RuleRefusedError):
    """The numbers typed are not those of the export, or it changed since they were shown. Nothing was made: look again.

    Attributes
    ----------
    rows, columns
        As they are now.
    """

    def __init__(self, rows: int, columns: int) -> None:
        super().__init__("the numbers typed are not those of the export")
        self.rows = rows
        self.columns = columns


class AlreadyUndoneError(RuleRefusedError):
    """The import was taken back before."""


class FormRetiredError(RuleRefusedError):
    """The form is no longer filled in. Bring in its newer version."""


class AlreadyFiledError(RuleRefusedError):
    """The submission was filed: it is not changed any more."""


class FormRefusedError(BadInputError):
    """The file is no form that can be used; its faults say why."""
