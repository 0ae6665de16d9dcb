"""What one click adds to a text: a disclaimer, or where the author works."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from wardline.institution import Institution
from wardline.screening import Context

_CHOICE = re.compile(r"\[([^;\]]+);\s*([^\]]+)\]")
_ARTICLES = ("a ", "an ", "the ", "one of ")


@dataclass(frozen=True, slots=True)
class Fix:
    """A line to add at the end of a text, and the words of its button."""

    name: str
    label: str
    line: str

    def apply(self, text: str, context: Context) -> str:
        """`text` with the line; after a space where every character counts."""
        gap = " " if context.channel == "microblog" else "\n\n"
        return f"{text.rstrip()}{gap}{self.line}" if text.strip() else self.line


def fixes(
    topics: Collection[str], context: Context, institution: Institution
) -> list[Fix]:
    """The fixes that findings of these topics ask for."""
    offered = {
        "missing-affiliation-disclosure": Fix(
            "disclosure", "Say where I work", disclosure(context, institution)
        ),
        "missing-disclaimer": Fix(
            "disclaimer", "Add a disclaimer", disclaimer(context, institution)
        ),
    }
    return [fix for topic, fix in offered.items() if topic in topics]


def disclaimer(context: Context, institution: Institution) -> str:
    """The wording that fits the channel: short on a microblog, else the long one.

    The long one's `[blog; website]` becomes the first on a blog, the second elsewhere.
    """
    if context.channel == "microblog":
        return institution.disclaimer.short
    side = r"\1" if context.channel == "blog" else r"\2"
    return _CHOICE.sub(side, institution.disclaimer.long)


def disclosure(context: Context, institution: Institution) -> str:
    """Where the author works, and as what if the role is known."""
    role = " ".join(context.author_role.split()).rstrip(".")
    if not role:
        return f"I work at {institution.short_name}."
    if not role.lower().startswith(_ARTICLES):
        role = f"{'an' if role[0].lower() in 'aeiou' else 'a'} {role}"
    return f"I work at {institution.short_name} as {role}."
