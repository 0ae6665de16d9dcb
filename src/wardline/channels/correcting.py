"""A correction as plain text, worded as fully as its channel has room for."""

from collections.abc import Callable, Iterator


def correction_text(
    *, reason: str, text: str, page_url: str, fits: Callable[[str], bool]
) -> str:
    """The fullest wording that `fits`: reason and new text, reason, part of it, none.

    Begins with the word Correction and has `page_url`, where the original stays
    readable. Nothing is struck out here: what looks like it in Unicode, a screen reader
    reads wrongly or not at all. The last wording comes back even where it does not fit.
    """
    wordings = _wordings(reason.split(), text.strip(), page_url)
    shortest = f"Correction of this post: {page_url}"
    return next(filter(fits, wordings), shortest)


def _wordings(reason: list[str], text: str, page_url: str) -> Iterator[str]:
    opening, ending = " ".join(["Correction:", *reason]), f"The original: {page_url}"
    if text:
        yield f"{opening}\n\n{text}\n\n{ending}"
    if reason:
        yield f"{opening}\n\n{ending}"
    for length in range(len(reason) - 1, 0, -1):
        yield f"Correction: {' '.join(reason[:length])} …\n\n{ending}"
