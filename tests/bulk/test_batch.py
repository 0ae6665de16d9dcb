"""A batch of rows in, a batch of findings out."""

import pytest

from tests.bulk.archive import CLEAN, TELLING
from wardline.bulk.batch import Batch, Screened, screen_batch
from wardline.bulk.job import CELLS, Row
from wardline.screening import Context, default

CONTEXT = Context()


def row(**cells: object) -> Row:
    return tuple(cells.get(name) for name in CELLS)


def screened(*rows: Row, context: Context = CONTEXT) -> Screened:
    return screen_batch(Batch("posts.csv", 11, rows), context, default())


def test_clean_posts_and_blank_rows_give_nothing() -> None:
    result = screened(row(text=CLEAN), None)
    assert (result.found, result.refused) == ([], [])
    assert result.tally.posts == 1


def test_a_finding_names_its_row_and_post() -> None:
    told = row(text=TELLING, id=5, account="@ana", time="2026-11-22")
    (found,) = screened(row(text=CLEAN), told).found
    assert (found.file, found.row, found.post) == ("posts.csv", 12, "5")
    assert (found.account, found.time) == ("@ana", "2026-11-22")
    assert TELLING[found.start : found.end] == found.quote == "4471903"


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("The line is not JSON.", "The line is not JSON."),
        (row(), "The text is missing."),
        (row(text=5), "The text is a number or a list, not words in quotes."),
        (row(text=b"caf\xe9"), "A cell is not UTF-8 (byte 3)."),
        (row(text=CLEAN, channel="tv"), "The channel is none that Wardline knows"),
        (row(text=CLEAN, author_employer="maybe"), "The author_employer is none"),
        (row(text=CLEAN, mode=["official"]), "The context is none that"),
    ],
)
def test_a_bad_row_is_refused_with_a_reason_and_passed_by(
    bad: Row, reason: str
) -> None:
    result = screened(bad, row(text=TELLING))
    (refused,) = result.refused
    assert refused.row == 11
    assert refused.reason.startswith(reason)
    assert [found.row for found in result.found] == [12]
    assert (result.tally.posts, result.tally.refused) == (1, 1)


def test_cells_tell_the_context_and_empty_ones_leave_it() -> None:
    official = row(text=TELLING, mode=" Official ", author_role="", channel=None)
    outsider = row(text=TELLING, author_employer="FALSE")
    (found,) = screened(official, outsider).found
    assert (found.row, found.severity) == (11, "hold")
    assert (
        screened(row(text=TELLING), context=Context(author_employer=False)).found == []
    )


def test_the_tally_counts_posts_by_account_and_month() -> None:
    tally = screened(
        row(text=TELLING, account="@ana", time="2026-11-22"),
        row(text=CLEAN, account="@ana", time="2026-11-01T00:00:00Z"),
        row(text=TELLING, account="", time="last week"),
    ).tally
    assert tally.accounts == {"@ana": 1}
    assert (tally.months["2026-11"].posts, tally.months["2026-11"].flagged) == (2, 1)
    assert (tally.flagged, tally.topics) == (2, {"patient-privacy": 2})
