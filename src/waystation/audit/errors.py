from waystation.kernel import BrokenPromiseError, RuleRefusedError


class UnknownKindError(BrokenPromiseError):
    """An entry of a kind that `waystation.audit.kinds` does not declare. Declare it there."""


class TellingDetailError(BrokenPromiseError):
    """A detail of an entry could be a person's words. Only codes, ids, names of fields, times and counts may stand there."""


class NotAReaderError(RuleRefusedError):
    """The person does not hold the log's key: they may see kinds and times, and no more."""
