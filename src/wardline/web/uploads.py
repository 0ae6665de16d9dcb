"""Refuses a form that is too large before any of it is read."""

from collections.abc import Mapping
from typing import IO, Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler
from typing_extensions import override

MOST_BYTES = 24_000_000
"""One picture of the largest size, and all that stands in a form beside it."""


class Bounded(FileUploadHandler):
    """Lets the other handlers do the work; Django itself counts no files."""

    @override
    def handle_raw_input(
        self,
        input_data: IO[bytes],
        META: Mapping[str, Any],
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        if content_length > MOST_BYTES:
            message = "The form with its files is too large."
            raise RequestDataTooBig(message)

    @override
    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    @override
    def file_complete(self, file_size: int) -> None:
        return None
