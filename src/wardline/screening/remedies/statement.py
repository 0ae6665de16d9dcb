"""A sentence to add: whose views these are, or where the author works."""

import re

from wardline.screening.remedies.fix import Edit, Fix
from wardline.screening.remedies.language import Language
from wardline.screening.remedies.post import Post
from wardline.screening.values import Finding

MICROBLOG = 280
"""The tightest limit of the microblogs that staff use."""

_CHOICE = re.compile(r"\[([^;\]]+);\s*([^\]]+)\]")
_ARTICLES = ("a ", "an ", "the ", "one of ")
_SHORTEST: dict[Language, str] = {"en": "Views my own.", "es": "Opiniones mías."}


def disclaimer(post: Post, finding: Finding) -> Fix | None:
    """The longest wording that fits; None where even the shortest does not."""
    edit = _added(post, _disclaimers(post))
    return Fix(finding, "Add a disclaimer", (edit,)) if edit else None


def disclosure(post: Post, finding: Finding) -> Fix | None:
    """Where the author works, and as what if the role is known and fits."""
    place = post.institution.short_name
    bare = {"en": f"I work at {place}.", "es": f"Trabajo en {place}."}[post.language]
    role = " ".join(post.context.author_role.split()).rstrip(".")
    wordings = [_with_role(bare, role, post.language), bare] if role else [bare]
    edit = _added(post, wordings)
    return Fix(finding, "Say where I work", (edit,)) if edit else None


def _disclaimers(post: Post) -> list[str]:
    """Wordings from long to short; `[blog; website]` is chosen by the channel."""
    usual = post.institution.disclaimer
    told = (post.language == "es" and usual.spanish) or usual
    side = r"\1" if post.context.channel == "blog" else r"\2"
    wordings = [_CHOICE.sub(side, told.long), told.short, _SHORTEST[post.language]]
    return wordings[1:] if post.context.channel == "microblog" else wordings


def _with_role(bare: str, role: str, language: Language) -> str:
    if language == "es":  # the role may be in English, which "como" would not take
        return f"{bare[:-1]} ({role})."
    if not role.lower().startswith(_ARTICLES):
        role = f"{'an' if role[0].lower() in 'aeiou' else 'a'} {role}"
    return f"{bare[:-1]} as {role}."


def _added(post: Post, wordings: list[str]) -> Edit | None:
    """The first wording that fits, at the end; a text too long already is a thread."""
    micro = post.context.channel == "microblog"
    limit = post.limit or (MICROBLOG if micro else None)
    kept = len(post.text.rstrip())
    gap = (" " if micro else "\n\n") if kept else ""
    for line in wordings:
        if limit is None or kept > limit or kept + len(gap) + len(line) <= limit:
            return Edit(kept, len(post.text), gap + line)
    return None
