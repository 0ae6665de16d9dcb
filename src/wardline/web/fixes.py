"""Help beside the findings of a page: what is offered, and what a click changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import BoundedSemaphore

from wardline.channels.original import LinkError, original
from wardline.institution import Office, current
from wardline.screening import Context, Finding, default
from wardline.screening.remedies import Edit, Fix, applied, mended, offered, whom

FIX, LINK, LOOK_UP = "fix", "link", "look-up"
"""Names of the buttons: apply a fix, put a found address in, look a link up."""
ALL = "all"

_LOOK_UPS = BoundedSemaphore(4)
_BUSY = "Too many links are being looked up just now. Try again in a minute."


@dataclass(frozen=True, slots=True)
class Help:
    """What stands beside one finding; what is empty does not show."""

    key: str
    label: str = ""
    preview: str = ""
    """How the words around read once the fix named by `label` is applied."""
    ask: Office | None = None
    look_up: bool = False
    """Whether the finding's link can be followed."""
    found: str = ""
    error: str = ""


def changes(post: Mapping[str, str]) -> bool:
    """Whether a button was pressed that changes the text."""
    return FIX in post or LINK in post


def changed(text: str, context: Context, post: Mapping[str, str]) -> str:
    """`text` as the pressed button leaves it; unchanged where nothing fits it."""
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
        return Help(key, fix.label, fix.preview(text))
    link = finding.topic == "indirect-link" and "." in finding.quote
    found, error = (
        _looked_up(finding) if link and post.get(LOOK_UP) == key else ("", "")
    )
    ask = whom(finding, current()) if context.mode == "personal" else None
    return Help(key, ask=ask, look_up=link, found=found, error=error)


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
