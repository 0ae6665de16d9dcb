"""Data sets from outside the project, read by the name tagger and by the whole check.

The folder holds asq_phi (https://github.com/JamesWeatherhead/asq-phi),
presidio_synth_v2 (https://github.com/microsoft/presidio-research), btc
(https://github.com/GateNLP/broad_twitter_corpus) and nhs_patient_feedback
(https://github.com/CDU-data-science-team/pxtextmining), each in a folder of its own.
The tagger has learnt from the first two: what it makes of texts that it has not seen
is told by `python -m training.naming --check`. The reader has learnt from three
quarters of asq_phi: the check is measured on the others.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq

from evaluation.measures import share
from evaluation.naming import Gold, Span, Tagger, flagged, meets, score
from training.naming.sets import spaced, spanned, tagged
from training.reader.clinical import FILE, HELD
from wardline.screening import Context, Finding, Screener
from wardline.screening.naming import Namer
from wardline.screening.outputs import PRIVACY

STAFF = Context(mode="personal", author_employer=True)
LEARNT = ("asq_phi", "presidio_synth_v2")
"""The sets that the tagger has seen."""
KINDS = {
    "NAME": "name",
    "DATE": "date",
    "MEDICAL_RECORD_NUMBER": "mrn",
    "HEALTH_PLAN_BENEFICIARY_NUMBER": "account",
    "SOCIAL_SECURITY_NUMBER": "ssn",
    "PHONE_NUMBER": "phone",
}
"""What asq_phi calls our kinds."""

Figures = dict[str, dict[str, float | None]]
"""By data set and reader: each measure's value, mostly a share of 1."""


@dataclass(frozen=True, slots=True)
class Checks:
    """The findings of the whole check, texts of a batch at a time; also a tagger."""

    found: Mapping[str, Sequence[Finding]]

    @classmethod
    def of(cls, screener: Screener, texts: Iterable[str]) -> "Checks":
        """Check every text as staff would post it on an account of their own."""
        once = list(dict.fromkeys(texts))
        found = screener.check_many((text, STAFF) for text in once)
        return cls(dict(zip(once, found, strict=True)))

    def private(self, text: str) -> list[Finding]:
        """What is said of patient privacy in a text."""
        return [one for one in self.found[text] if one.topic == PRIVACY]

    def names(self, text: str) -> list[Finding]:
        """The names of patients, as `evaluation.naming` measures them."""
        return [one for one in self.private(text) if one.kind == "name"]


def measure(folder: Path, screener: Screener, namer: Namer) -> Iterator[Figures]:
    """Figures of each data set that lies in `folder`."""
    sets: list[tuple[str, Sequence[Gold]]] = [
        (source, spanned(folder, source))
        for source in LEARNT
        if (folder / source).is_dir()
    ]
    if (folder / "btc").is_dir():
        sets.append(("btc", tagged(folder, "btc", "dev", spaced)))
    for source, examples in sets:
        seen = " that learnt from it" if source in LEARNT else ""
        yield {f"{source} names, tagger{seen}": named(namer, examples)}
        unread = _unread(folder, examples) if source == "asq_phi" else examples
        checks = Checks.of(screener, (one.text for one in unread))
        yield {f"{source} names, check": named(checks, unread)}
    if (folder / "asq_phi").is_dir():
        yield {"asq_phi identifiers, check": identifiers(folder, screener)}
    if (folder / "nhs_patient_feedback").is_dir():
        yield from _comments(folder / "nhs_patient_feedback", screener, namer)


def named(tagger: Tagger, examples: Iterable[Gold]) -> dict[str, float | None]:
    """How well names are found."""
    one = score(tagger, examples)
    return {
        "recall": round(one.recall, 3),
        "precision": round(one.precision, 3),
        "f1": round(one.f1, 3),
    }


def identifiers(folder: Path, screener: Screener) -> dict[str, float | None]:
    """Recall of asq_phi's identifiers by kind, and its hard negatives over-flagged."""
    rows = list(_asq_phi(folder))
    checks = Checks.of(screener, (text for text, _ in rows))
    hits: dict[str, list[bool]] = {kind: [] for kind in KINDS.values()}
    for text, wanted in rows:
        found = checks.private(text)
        for kind, span in wanted:
            if kind in hits:
                hits[kind].append(_told(found, kind, span))
    clean = [bool(checks.private(text)) for text, wanted in rows if not wanted]
    recalls = {f"{kind} recall": share(sum(h), len(h)) for kind, h in hits.items()}
    return {**recalls, "hard negatives flagged": share(sum(clean), len(clean))}


def _told(found: Iterable[Finding], kind: str, span: Span) -> bool:
    return any(one.kind == kind and meets((one.start, one.end), span) for one in found)


def _unread(folder: Path, examples: Iterable[Gold]) -> list[Gold]:
    texts = {text for text, _ in _asq_phi(folder)}
    return [one for one in examples if one.text in texts]


def _asq_phi(folder: Path) -> Iterator[tuple[str, list[tuple[str, Span]]]]:
    """What the reader has not learnt: texts, our kind where we have one, the span."""
    for line in (folder / FILE).read_text("utf-8").splitlines()[::HELD]:
        row = json.loads(line)
        spans = [
            (KINDS.get(span["type"], ""), (span["start"], span["end"]))
            for span in row["spans"]
        ]
        yield row["text"], spans


def _comments(folder: Path, screener: Screener, namer: Namer) -> Iterator[Figures]:
    """Comments that hold no names: how many get one."""
    table = pq.read_table(folder / "train.parquet", columns=["text"])
    texts = [str(text) for text in table.column("text").to_pylist()]
    readers: dict[str, Tagger] = {
        "tagger": namer,
        "check": Checks.of(screener, texts),
    }
    for name, reader in readers.items():
        part = round(flagged(reader, texts).share, 4)
        yield {f"nhs_patient_feedback, {name}": {"flagged": part}}
