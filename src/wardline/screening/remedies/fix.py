"""A fix: edits to the original text that settle one finding."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from wardline.screening.values import Finding

AROUND = 30
"""Characters on either side of a change that `Fix.preview` shows."""


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """`text` in place of the original's `[start, end)`, in code points."""

    start: int
    end: int
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Fix:
    """The edits that settle `finding`, the one at its words first."""

    finding: Finding
    label: str
    """What a button says."""
    edits: tuple[Edit, ...]

    @property
    def key(self) -> str:
        """Names this fix among those of one text."""
        return f"{self.finding.rule}@{self.finding.start}"

    def preview(self, text: str) -> str:
        """The changed line around the change as it would read, cut between words."""
        edit = self.edits[0]
        before = text[: edit.start].rpartition("\n")[2]
        after = text[edit.end :].partition("\n")[0]
        if len(before) > AROUND:
            before = f"… {before[-AROUND:].partition(' ')[2]}"
        if len(after) > AROUND:
            after = f"{after[:AROUND].rpartition(' ')[0]} …"
        return " ".join(f"{before}{edit.text}{after}".split())


def applied(text: str, fixes: Iterable[Fix]) -> str:
    """`text` with the fixes; what overlaps is replaced as one, by the longest's words.

    So no fix leaves a rest of what another one was to take out.
    """
    edits = {edit for fix in fixes for edit in fix.edits}
    pieces: list[str] = []
    done = 0
    for merged in _merged(
        sorted(edits, key=lambda edit: (edit.start, -edit.end, edit.text))
    ):
        pieces += [text[done : merged.start], merged.text]
        done = merged.end
    return "".join([*pieces, text[done:]])


def _merged(edits: Iterable[Edit]) -> list[Edit]:
    """Edits that no longer overlap, from edits sorted by start, longest first."""
    merged: list[Edit] = []
    longest = 0
    for edit in edits:
        length = edit.end - edit.start
        if not merged or edit.start >= max(merged[-1].end, merged[-1].start + 1):
            merged.append(edit)
            longest = length
            continue
        last = merged[-1]
        words = edit.text if length > longest else last.text
        longest = max(longest, length)
        merged[-1] = Edit(last.start, max(last.end, edit.end), words)
    return merged
