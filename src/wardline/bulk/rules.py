"""Which rules a process screens with, and a name for them."""

import hashlib
from functools import cache
from pathlib import Path

import msgspec

from wardline import institution, screening
from wardline.bulk.errors import EngineError
from wardline.screening import Screener, default


@cache
def fingerprint() -> str:
    """Names all that decides on findings: rules, code, weights, institution."""
    folder = Path(screening.__file__).parent
    total = hashlib.sha256(msgspec.json.encode(institution.current()))
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            content = path.read_bytes()
            name = path.relative_to(folder).as_posix()
            total.update(f"{name}\0{len(content)}\0".encode())
            total.update(content)
    return total.hexdigest()


def screener(rules: str, *, rules_only: bool) -> Screener:
    """This process's screener.

    Raises:
        EngineError: when its rules are not those that the run began with.
    """
    if fingerprint() != rules:
        raise EngineError(
            "This machine's rules or institution are not those the run began with; "
            "install the same Wardline and the same institution.toml on every machine."
        )
    return _rules_alone() if rules_only else default()


@cache
def _rules_alone() -> Screener:
    return default().without_reader()
