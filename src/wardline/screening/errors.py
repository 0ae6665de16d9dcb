"""What can go wrong with screening."""


class ScreeningError(Exception):
    """Screening cannot go on."""


class PackError(ScreeningError):
    """A rule, signal, lexicon or topic file cannot be used."""

    def __init__(self, file: str, key: str, reason: str, remedy: str) -> None:
        super().__init__(f"{file}: {key}: {reason} {remedy}")
        self.file = file
        self.key = key
