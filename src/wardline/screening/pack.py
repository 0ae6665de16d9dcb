"""Read and check the whole rule pack: rules, signals, lexicons, topics, clauses."""

import hashlib
import re
from collections.abc import Container, Iterator
from pathlib import Path
from typing import Self, TypeVar

import msgspec

from wardline.screening import matchers
from wardline.screening.errors import PackError
from wardline.screening.fold import fold
from wardline.screening.outputs import FINDABLE
from wardline.screening.schema import (
    Clause,
    Condition,
    Data,
    Lexicon,
    Rule,
    RuleFile,
    Signal,
    Topic,
)

SHIPPED = Path(__file__).parent
LABOR_SPEECH = "labor-speech"
"""The signal that silences the topics with `labor_carve_out`."""

_ID = re.compile(r"[a-z0-9-]+/[a-z0-9-]+\Z")
_Table = TypeVar("_Table")


class Pack(Data, frozen=True):
    """Everything the engine needs to know, as it stands in the files."""

    rules: dict[str, Rule]
    """By id, `topic/rule`."""
    signals: dict[str, Signal]
    lexicons: dict[str, Lexicon]
    topics: dict[str, Topic]
    """In order of precedence."""
    clauses: dict[str, Clause]
    digest: str
    """SHA-256 of all files, in hexadecimal: the pack's version."""

    def without_reader(self) -> Self:
        """The pack with the rules that look for words alone."""
        rules = {name: r for name, r in self.rules.items() if not r.match.read}
        return msgspec.structs.replace(self, rules=rules)


def load_pack(folder: Path = SHIPPED) -> Pack:
    """Read the pack in `folder` and check that everything it names exists.

    Raises:
        PackError: naming the file, the key, the reason and the remedy.
    """
    pack = Pack(
        rules={rule.id: rule for rule in _rules(folder / "rules")},
        signals=_named(folder / "signals", Signal),
        lexicons=_named(folder / "lexicons", Lexicon),
        topics=_read(folder / "topics.toml", dict[str, Topic]),
        clauses=_read(folder / "clauses.toml", dict[str, Clause]),
        digest=digest(folder),
    )
    _check(pack)
    return pack


def digest(folder: Path = SHIPPED) -> str:
    """SHA-256 over the names and bytes of all files of a pack."""
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*.toml")):
        content = path.read_bytes()
        total.update(f"{path.relative_to(folder)}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()


def _rules(folder: Path) -> Iterator[Rule]:
    for path in sorted(folder.rglob("*.toml")):
        place = path.relative_to(folder).with_suffix("")
        if not _ID.match(place.as_posix()):
            raise PackError(
                str(path),
                "path",
                "is not rules/<topic>/<rule>.toml.",
                "Use lower-case letters, digits and hyphens.",
            )
        file = _read(path, RuleFile)
        fields = {name: getattr(file, name) for name in file.__struct_fields__}
        yield Rule(id=place.as_posix(), topic=place.parts[0], **fields)


def _named(folder: Path, kind: type[_Table]) -> dict[str, _Table]:
    return {path.stem: _read(path, kind) for path in sorted(folder.glob("*.toml"))}


def _read(path: Path, kind: type[_Table]) -> _Table:
    try:
        return msgspec.toml.decode(path.read_bytes(), type=kind)
    except OSError as error:
        raise PackError(
            str(path), "file", f"cannot be read ({error.strerror}).", "Put it back."
        ) from error
    except (msgspec.ValidationError, msgspec.DecodeError, UnicodeDecodeError) as error:
        reason, _, place = str(error).partition(" - at `$")
        raise PackError(
            str(path),
            place.strip("`.") or "top level",
            f"{reason}.",
            "docs/rules.md explains every key.",
        ) from error


def _check(pack: Pack) -> None:
    for rule in pack.rules.values():
        _check_rule(pack, rule)
    for name, signal in pack.signals.items():
        _check_probe(pack, f"signals/{name}.toml", signal)
    for name, topic in pack.topics.items():
        _check_conditions(pack, f"topics.toml: {name}", topic)
        for other in (*topic.silences, *topic.silences_on_same_span):
            _known(other, pack.topics, f"topics.toml: {name}", "silences")
    _known(LABOR_SPEECH, pack.signals, "signals", "labor_carve_out")


def _check_rule(pack: Pack, rule: Rule) -> None:
    file = f"rules/{rule.id}.toml"
    _known(rule.topic, pack.topics, file, "topic")
    for clause in rule.clauses:
        _known(clause, pack.clauses, file, "clauses")
    if (rule.kind is not None) != (rule.topic == "patient-privacy"):
        raise PackError(
            file,
            "kind",
            "patient-privacy rules have a kind, others have none.",
            "Name the identifier's kind, or take the key out.",
        )
    if rule.match.read:
        _known(rule.match.read, FINDABLE, file, "match.read")
    for example in rule.fires:
        if not example.quote or example.quote not in example.text:
            raise PackError(
                file,
                "fires.quote",
                f"{example.quote!r} is not in {example.text!r}.",
                "Copy the words that the finding must report out of the text.",
            )
    _check_probe(pack, file, rule)


def _check_probe(pack: Pack, file: str, probe: Rule | Signal) -> None:
    match = probe.match
    if bool(match.patterns or match.phrases) == bool(match.read):
        raise PackError(
            file,
            "match",
            "looks for nothing, or for words and with the reader at once.",
            "Give it patterns and phrases, or read.",
        )
    for words in match.phrases:
        if not fold(words).text.strip():
            raise PackError(file, "match.phrases", "one is empty.", "Take it out.")
    for name in (*match.must.values(), *match.must_not.values()):
        kind, _, lexicon = name.rpartition(":")
        known = pack.lexicons if kind == "lexicon" else matchers.names()
        _known(lexicon, known, file, "match.must")
    _check_conditions(pack, file, probe)


def _check_conditions(pack: Pack, file: str, probe: Rule | Signal | Topic) -> None:
    for key, conditions in (("with", probe.with_), ("without", probe.without)):
        for condition in conditions:
            _check_condition(pack, file, key, condition)


def _check_condition(pack: Pack, file: str, key: str, condition: Condition) -> None:
    if not (condition.any or condition.patterns):
        raise PackError(
            file, key, "names neither signals nor patterns.", "Give it `any`."
        )
    for name in condition.any:
        _known(name, pack.signals, file, f"{key}.any")


def _known(name: str, known: Container[str], file: str, key: str) -> None:
    if name not in known:
        raise PackError(
            file,
            key,
            f"there is no {name!r}.",
            "Correct the spelling, or add the file that it names.",
        )
