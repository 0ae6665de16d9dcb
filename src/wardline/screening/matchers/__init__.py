"""Checks that a rule can name in `must`: one module each, its name is the identity.

A matcher is a function `accepts(text: str) -> bool` over a group's folded text.
"""

import pkgutil
from collections.abc import Callable
from functools import cache
from importlib import import_module

Accepts = Callable[[str], bool]


def names() -> frozenset[str]:
    """The names of all matchers."""
    return frozenset(module.name for module in pkgutil.iter_modules(__path__))


@cache
def find(name: str) -> Accepts:
    """The matcher of that name.

    Raises:
        KeyError: when there is none.
    """
    try:
        accepts: Accepts = import_module(f"{__name__}.{name}").accepts
    except ModuleNotFoundError:
        raise KeyError(name) from None
    return accepts
