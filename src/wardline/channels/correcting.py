"""A correction as plain text, worded as fully as its channel has room for."""

from collections.abc import Callable, Iterator


def correction_text(
    *,
    reason: str,
    text: str,
    page_url: str,
    fits: Callable[[str], bool],
    replaces: bool = False,
) -> str:
    """The fullest wording that `fits`: reason and new text, reason, part of it, none.

    Begins with the word Correction and has `page_url`, where the original stays
    readable. Nothing is struck out here: what looks like it in Unicode, a screen reader
    reads wrongly or not at all. The last wording comes back even where it does not fit.

    Where it `replaces` the post, the new text is in every wording: it stands nowhere
    else at the channel.
    """
    words, text = reason.split(), text.strip()
    shortest = f"Correction of this post: {page_url}"
    if replaces:
        return next(filter(fits, _with(text, words, page_url)), f"{shortest}\n\n{text}")
    full = next(_with(text, words, page_url))
    shorter = _with("", words, page_url) if words else iter(())
    return next(filter(fits, [full, *shorter] if text else shorter), shortest)


def _with(text: str, reason: list[str], page_url: str) -> Iterator[str]:
    """The wordings that have this text, with ever less of the reason."""
    ending = f"{text}\n\nThe original: {page_url}".strip()
    yield f"{' '.join(['Correction:', *reason])}\n\n{ending}"
    for length in range(len(reason) - 1, 0, -1):
        yield f"Correction: {' '.join(reason[:length])} …\n\n{ending}"
