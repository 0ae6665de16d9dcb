"""How far a post got: on all of its accounts, on some, and where not."""

from wardline.publishing.models import Draft
from wardline.publishing.states import WAITING_FOR_A_PERSON
from wardline.web.words import WORDS, Tone

OUT = {"published": "Published on {} of {}", "corrected": "Corrected; on {} of {}"}


def said(draft: Draft) -> tuple[str, Tone]:
    """The state in words; never "Published" alone while an account is missing."""
    here, everywhere = _reached(draft)
    if draft.state not in OUT or here == everywhere:
        return WORDS["draft"][draft.state]
    words = OUT[draft.state].format(len(here), len(everywhere))
    return words, "bad" if _stuck(draft) else "wait"


def told(draft: Draft) -> str:
    """Where it is out and where not, in a sentence; "" while that is plain."""
    here, everywhere = _reached(draft)
    if not here or here == everywhere:
        return ""
    missing = ", ".join(sorted(everywhere - here))
    return f"Out on {', '.join(sorted(here))}. Not out on {missing}."


def _reached(draft: Draft) -> tuple[set[str], set[str]]:
    """The accounts where it is out, and all that it was sent to."""
    rows = [row for row in draft.publications.all() if row.action != "withdraw"]
    done = {str(row.account) for row in rows if row.state == "published"}
    return done, {str(row.account) for row in rows}


def _stuck(draft: Draft) -> bool:
    stuck = WAITING_FOR_A_PERSON | {"cancelled"}
    return any(row.state in stuck for row in draft.publications.all())
