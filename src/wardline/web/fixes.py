"""Help beside the findings of a page: what is offered, and what a click changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import BoundedSemaphore

from wardline.channels.original import LinkError, original
from wardline.channels.redline import Segment, redline
from wardline.institution import Office, current
from wardline.screening import Context, Finding, default
from wardline.screening.remedies import Edit, Fix, applied, mended, offered, whom

FIX, LINK, LOOK_UP, UNDO = "fix", "link", "look-up", "undo"
"""Names of the buttons: apply a fix, put a found address in, look a link up, and put
the words back that stood there before.
"""
ALL = "all"

_LOOK_UPS = BoundedSemaphore(4)
_BUSY = "Too many links are being looked up just now. Try again in a minute."


@dataclass(frozen=True, slots=True)
class Help:
    """What stands beside one finding; what is empty does not show."""

    name: str = ""
    """Of the button, with its value and label."""
    value: str = ""
    label: str = ""
    preview: str = ""
    """How the words around read once the fix is applied."""
    note: str = ""
    ask: Office | None = None
    error: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What a pressed button made of the words, and the words `before`."""

    before: str
    segments: list[Segment]


def changes(post: Mapping[str, str]) -> bool:
    """Whether a button was pressed that changes the text."""
    return not {FIX, LINK, UNDO}.isdisjoint(post)


def change(before: str, after: str) -> Change | None:
    """What to show of a change, None where there is none."""
    return Change(before, redline(before, after)) if before != after else None


def changed(text: str, context: Context, post: Mapping[str, str]) -> str:
    """`text` as the pressed button leaves it; unchanged where nothing fits it."""
    if UNDO in post:
        return post[UNDO].replace("\r\n", "\n")
    if post.get(FIX) == ALL:
        return mended(default(), text, context)
    findings = default().check(text, context)
    if LINK in post:
        key, _, url = post[LINK].partition(" ")
        return applied(text, _put(findings, key, url))
    fixes = offered(default(), text, context, findings)
    return applied(text, [fix for fix in fixes if fix.key == post.get(FIX)])


def helps(
    text: str, context: Context, findings: Sequence[Finding], post: Mapping[str, str]
) -> list[Help]:
    """The help for each of `findings` in `text`, in their order."""
    fixes = {fix.key: fix for fix in offered(default(), text, context, findings)}
    return [_help(one, text, context, fixes, post) for one in findings]


def _help(
    finding: Finding,
    text: str,
    context: Context,
    fixes: Mapping[str, Fix],
    post: Mapping[str, str],
) -> Help:
    key = _key(finding)
    if fix := fixes.get(key):
        return Help(FIX, key, fix.label, preview=fix.preview(text))
    if finding.topic == "indirect-link" and "." in finding.quote:
        return _link_help(finding, key, asked=post.get(LOOK_UP) == key)
    return Help(ask=whom(finding, current()) if context.mode == "personal" else None)


def _link_help(finding: Finding, key: str, *, asked: bool) -> Help:
    found, error = _looked_up(finding) if asked else ("", "")
    if found:
        note = f"It leads to {found}"
        return Help(LINK, f"{key} {found}", "Link this page instead", note=note)
    note = "Asks the link's site, which sees Wardline and not you."
    return Help(LOOK_UP, key, "Look up where it leads", note=note, error=error)


def _looked_up(finding: Finding) -> tuple[str, str]:
    """The address that the finding's link leads to, or why there is none."""
    if not _LOOK_UPS.acquire(blocking=False):
        return "", _BUSY
    try:
        return original(finding.quote), ""
    except LinkError as error:
        return "", str(error)
    finally:
        _LOOK_UPS.release()


def _put(findings: Sequence[Finding], key: str, url: str) -> list[Fix]:
    """The found address in place of its link, if that still stands in the text."""
    web = url.startswith(("https://", "http://")) and not any(map(str.isspace, url))
    return [
        Fix(one, "", (Edit(one.start, one.end, url),))
        for one in findings
        if web and one.topic == "indirect-link" and _key(one) == key
    ]


def _key(finding: Finding) -> str:
    return Fix(finding, "", ()).key
