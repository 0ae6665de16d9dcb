"""What can go wrong with screening an archive."""


class BulkError(Exception):
    """An archive cannot be screened: what it is about, and what to do."""

    def __str__(self) -> str:
        return " ".join(map(str, self.args))


class InputError(BulkError):
    """The input cannot be used, or is not what it was."""


class ColumnError(InputError):
    """A column that was asked for is not there."""


class WorkError(BulkError):
    """What an earlier run left behind does not fit this one."""


class EngineError(BulkError):
    """The workers cannot go on."""


class ExtraError(BulkError):
    """A library is missing that comes with one of Wardline's extras."""
