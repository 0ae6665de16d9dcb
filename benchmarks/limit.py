"""How fast Hyperscan alone reads the same patterns, when nobody asks what it found."""

import hyperscan

from benchmarks.clock import seconds
from wardline import institution
from wardline.screening import load_pack
from wardline.screening.probe import Expression, bind
from wardline.screening.scan import compiled
from wardline.screening.shape import SEPARATOR, ShapeError, shape

CHUNK = 4096
"""Posts in a buffer, as `Screener.check_many` takes them."""


def raw_scan(folded: list[bytes]) -> float:
    """Seconds for all texts, every rule's shapes in one database, no callback."""
    rules = bind(load_pack(), institution.current()).rules.values()
    expressions = {one for probe in rules for one in probe.expressions}
    shapes = {(source, one.case) for one in expressions if (source := _shape(one))}
    content = compiled(sorted(shapes))
    database = hyperscan.loadb(content, hyperscan.HS_MODE_BLOCK)
    scratch = hyperscan.Scratch(database)
    between = bytes([SEPARATOR])
    starts = range(0, len(folded), CHUNK)
    buffers = [between.join(folded[start : start + CHUNK]) for start in starts]

    def scan() -> None:
        for buffer in buffers:
            database.scan(buffer, None, 0, None, scratch)  # type: ignore[arg-type]

    return seconds(scan)


def _shape(expression: Expression) -> str | None:
    try:
        return shape(expression.source)
    except ShapeError:
        return None
