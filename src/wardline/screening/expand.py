"""Placeholders in expressions: `{hospital}`, `{signal:opinion}`, `{lexicon:drugs}`."""

import re
from collections.abc import Callable, Iterable, Iterator

from wardline.institution import Institution
from wardline.screening.fold import fold

_PLACEHOLDER = re.compile(r"\{([a-z][a-z_]*)(?::([a-z0-9-]+))?\}")

_END = ""
_Tree = dict[str, "_Tree"]

Lookup = Callable[[str, str], str]
"""Placeholder name and argument → expression; raises KeyError when unknown."""


def expand(pattern: str, lookup: Lookup) -> str:
    """`pattern` with every placeholder replaced by a group.

    Raises:
        KeyError: with the placeholder that nothing stands for.
    """

    def replace(match: re.Match[str]) -> str:
        try:
            return lookup(match[1], match[2] or "")
        except KeyError:
            raise KeyError(match[0]) from None

    return _PLACEHOLDER.sub(replace, pattern)


def phrase(words: str) -> str:
    """The expression of a phrase: whole words, any white space between."""
    return "".join(_tokens(words))


def one_of(phrases: Iterable[str]) -> str:
    """A group of which any phrase matches, the longest first.

    Common beginnings are shared, for `re` tries alternatives one after the other.
    """
    tree: _Tree = {}
    for words in phrases:
        node = tree
        for token in _tokens(words):
            node = node.setdefault(token, {})
        node[_END] = {}
    return _alternatives(tree)


def _tokens(words: str) -> Iterator[str]:
    text = " ".join(fold(words).text.split())
    if text[:1].isalnum():
        yield r"\b"
    for character in text:
        yield r"\s+" if character == " " else re.escape(character)
    if text[-1:].isalnum():
        yield r"\b"


def _alternatives(tree: "_Tree") -> str:
    # The end of a word, or of it all, comes after what makes it longer.
    tokens = sorted(tree, key=lambda token: (token in {r"\b", _END}, token))
    options = [token + _alternatives(tree[token]) for token in tokens]
    return f"(?:{'|'.join(options)})" if len(options) > 1 else "".join(options)


def institution_terms(institution: Institution) -> dict[str, str]:
    """What `{hospital}`, `{work_domain}` and `{own_site}` stand for."""
    names = {institution.name, institution.short_name, *institution.aliases}
    return {
        "hospital": one_of(names),
        "work_domain": one_of(institution.work_mail_domains),
        "own_site": one_of(institution.own_sites),
    }
