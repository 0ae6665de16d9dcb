"""Posts as HTML: Markdown in, clean HTML out, and corrections with both versions."""

import datetime as dt
from collections.abc import Sequence
from functools import cache
from html import escape

import nh3
from markdown_it import MarkdownIt

from wardline.channels.marking import mark

_INLINE = {"a", "br", "code", "em", "img", "s", "strong"}
_BLOCKS = {"blockquote", "hr", "li", "ol", "p", "pre", "ul"}
_TAGS = _INLINE | _BLOCKS | {f"h{level}" for level in range(1, 7)}
_ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt", "title"}, "ol": {"start"}}


@cache
def markdown() -> MarkdownIt:
    """The one reading of Markdown: CommonMark with ~~strikethrough~~, no raw HTML."""
    return MarkdownIt("commonmark", {"html": False}).enable("strikethrough")


def html_of(markdown_text: str) -> str:
    """CommonMark with ~~strikethrough~~ as safe HTML; raw HTML shows as typed."""
    return nh3.clean(
        markdown().render(markdown_text),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
    )


def correction_html(  # noqa: PLR0913  (what a correction says)
    original_md: str,
    corrected_md: str,
    *,
    date: dt.date,
    reason: str,
    page_url: str,
    earlier: Sequence[tuple[dt.date, str]] = (),
) -> str:
    """The corrected post with what it replaced in `<del>` and what is new in `<ins>`.

    Opens with the word "Correction", the date, the reason (plain text) and a link to
    `page_url`, where the original stays readable. `earlier` are the corrections before
    this one, oldest first: what they struck is struck still.
    """
    link = f' <a href="{escape(page_url)}">Read the original in full</a>.'
    notes = [_note(*each) for each in earlier] + [_note(date, reason) + link]
    return "".join(f"<p>{note}</p>\n" for note in notes) + mark(
        html_of(original_md), html_of(corrected_md)
    )


def _note(date: dt.date, reason: str) -> str:
    day = f"{date:%B} {date.day}, {date.year}"
    return f"<strong>Correction</strong> ({day}): {escape(reason)}"
