"""The figures as text, the part that nobody tunes on first."""

from collections.abc import Iterator, Mapping, Sequence

from evaluation.measures import Group, Measured, Score
from evaluation.outside import Figures

Row = Sequence[object]


def parts(measured: Mapping[str, Measured]) -> Iterator[str]:
    """The tables of each part of the corpus."""
    for name, one in measured.items():
        yield f"{name.upper()}\n"
        yield _aligned(
            ("", "texts", "macro recall", "clean", "alarm rate"), _groups(one)
        )
        yield f"labor texts alarmed: {one.labor_alarmed} of {one.labor}"
        yield f"findings on the right words: {_told(one.span_overlap)}\n"
        heads = ("texts", "recall", "precision", "clean alarmed")
        yield _aligned(("topic", *heads), _scores(one.topics))
        yield _aligned(("patient-privacy", *heads), _scores(one.kinds))
        yield _aligned(("missed", "reported instead"), _confusion(one))


def rules(slowest: Mapping[str, float | None], silent: Sequence[str]) -> Iterator[str]:
    """The slowest rules, and those that never fire."""
    yield _aligned(("slowest rules", "share of time"), list(slowest.items()))
    yield _aligned((f"rules that never fire: {len(silent)}",), [(r,) for r in silent])


def data(figures: Figures | None) -> str:
    """The data sets outside the project."""
    if figures is None:
        return "Data sets outside the project: not measured; make eval DATA=folder.\n"
    rows = [(s, name, n) for s, one in figures.items() for name, n in one.items()]
    return _aligned(("data set", "measure", ""), rows)


def _groups(one: Measured) -> list[Row]:
    groups: dict[str, Group] = {"all": one.all, **one.groups}
    return [
        (name, g.texts, g.macro_recall, g.clean, g.alarm_rate)
        for name, g in groups.items()
    ]


def _scores(scores: Mapping[str, Score]) -> list[Row]:
    return [
        (name, s.texts, s.recall, s.precision, s.clean_alarmed)
        for name, s in scores.items()
    ]


def _confusion(one: Measured) -> list[Row]:
    return [
        (missed, ", ".join(f"{topic} {count}" for topic, count in reported.items()))
        for missed, reported in one.confusion.items()
    ]


def _aligned(heads: Row, rows: Sequence[Row]) -> str:
    """A table with its numbers to the right and its words to the left."""
    cells = [[_told(cell) for cell in row] for row in (heads, *rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    numbers = [_numeric(column) for column in zip(*rows, strict=True)]
    numbers = numbers or [False] * len(heads)
    lines = [
        "  ".join(
            cell.rjust(width) if number else cell.ljust(width)
            for cell, width, number in zip(row, widths, numbers, strict=True)
        ).rstrip()
        for row in cells
    ]
    return "\n".join(lines) + "\n"


def _numeric(column: Row) -> bool:
    return all(cell is None or isinstance(cell, int | float) for cell in column)


def _told(cell: object) -> str:
    if cell is None:
        return "–"  # noqa: RUF001  (nothing to measure)
    return f"{cell:.3f}" if isinstance(cell, float) else str(cell)
