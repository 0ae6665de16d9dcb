"""What publishing refuses, in words for the person who asked."""


class PublishingError(Exception):
    """A step cannot be done now; the message says what to do instead."""


class EditConflictError(PublishingError):
    """Somebody saved this draft since it was opened. Copy your text, reload, merge."""

    def __str__(self) -> str:
        return self.__doc__ or ""
