"""The summary as one HTML page that needs nothing else: charts, tables beneath."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from importlib.resources import files
from typing import TypeAlias

from wardline.bulk.summary import Summary

SHOWN = 20
"""Accounts in the chart; the table has them all."""
ROW, BAR = 46, 14
"""Pixels: a row of a chart, and the bar under its label."""
LABEL = 42
"""Characters of a label that fit a phone."""

WEIGHTS = {
    "hold": "are holds",
    "advise": "are advice",
    "remind": "are reminders",
}

Bars: TypeAlias = Sequence[tuple[str, int]]


def report(summary: Summary, titles: Mapping[str, str]) -> str:
    """The page; `titles` are the topics' names for people."""
    page = files("wardline.bulk").joinpath("report.html").read_text("utf-8")
    sections = (
        _figures(summary),
        _topics(summary, titles),
        _months(summary),
        _accounts(summary),
        _inputs(summary),
    )
    return page.replace("<!-- sections -->", "".join(sections))


def _figures(summary: Summary) -> str:
    told = {
        "posts screened": summary.posts,
        "posts with findings": summary.flagged,
        "findings": summary.findings,
        "rows skipped": summary.refused,
    }
    pairs = (f"<div><dt>{name}</dt><dd>{n:,}</dd></div>" for name, n in told.items())
    return f"<dl>{''.join(pairs)}</dl><p>{_weights(summary)}</p>"


def _weights(summary: Summary) -> str:
    """How grave the findings are, in one sentence."""
    if not summary.findings:
        return "Nothing was found."
    weights = (
        f"{summary.severities[name]:,} {meaning}"
        for name, meaning in WEIGHTS.items()
        if name in summary.severities
    )
    return f"Of the findings, {'; '.join(weights)}."


def _topics(summary: Summary, titles: Mapping[str, str]) -> str:
    bars = [(titles.get(name, name), count) for name, count in summary.topics.items()]
    table = _table(("Topic", "Findings"), bars)
    return _section("Findings by topic", bars, table)


def _months(summary: Summary) -> str:
    bars = [(name, month.flagged) for name, month in summary.months.items()]
    rows = [
        (name, month.posts, month.flagged, f"{month.flagged / month.posts:.1%}")
        for name, month in summary.months.items()
    ]
    table = _table(("Month", "Posts", "With findings", "Share"), rows)
    return _section("Posts with findings by month", bars, table)


def _accounts(summary: Summary) -> str:
    bars = [(one.account, one.flagged) for one in summary.accounts]
    table = _table(("Account", "Posts with findings"), bars)
    if (others := summary.accounts_flagged - len(bars)) > 0:
        table += f"<p>{others:,} more accounts have posts with findings.</p>"
    return _section("Posts with findings by account", bars[:SHOWN], table)


def _section(title: str, bars: Bars, table: str) -> str:
    if not any(count for _, count in bars):
        return ""
    return f"<section><h2>{title}</h2>{_chart(title, bars)}{table}</section>"


def _chart(title: str, bars: Bars) -> str:
    """Bars whose lengths are shares of the width, so that the labels keep their size."""
    most = max(count for _, count in bars) or 1
    drawn = "".join(
        f'<text x="0" y="{y + 16}">{escape(_short(name))}</text>'
        f'<text x="100%" y="{y + 16}" text-anchor="end">{count:,}</text>'
        f'<rect y="{y + 22}" width="{100 * count / most:.2f}%" height="{BAR}" rx="2"/>'
        for y, (name, count) in zip(range(0, ROW * len(bars), ROW), bars, strict=True)
    )
    label = f"Bar chart: {title.lower()}; the table under All figures has them."
    size = f'width="100%" height="{ROW * len(bars)}"'
    return f'<svg role="img" aria-label="{label}" {size}>{drawn}</svg>'


def _table(head: Sequence[str], rows: Iterable[tuple[object, ...]]) -> str:
    names = "".join(f'<th scope="col">{name}</th>' for name in head)
    body = "".join(
        f'<tr><th scope="row">{escape(str(first))}</th>'
        + "".join(f"<td>{_told(cell)}</td>" for cell in rest)
        + "</tr>"
        for first, *rest in rows
    )
    table = f"<table><thead><tr>{names}</tr></thead><tbody>{body}</tbody></table>"
    return f"<details><summary>All figures</summary>{table}</details>"


def _inputs(summary: Summary) -> str:
    items = "".join(f"<li>{escape(name)}</li>" for name in summary.inputs)
    return (
        f"<section><h2>Screened files</h2><ul>{items}</ul>"
        f"<p>Rules <code>{summary.rules[:12]}</code></p></section>"
    )


def _told(cell: object) -> str:
    return f"{cell:,}" if isinstance(cell, int) else str(cell)


def _short(label: str) -> str:
    return label if len(label) <= LABEL else f"{label[: LABEL - 1]}…"
