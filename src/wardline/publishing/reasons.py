"""Why a post was corrected or withdrawn, in words that the public reads uncleared."""

from wardline.institution import current
from wardline.publishing.errors import PublishingError
from wardline.publishing.gate import lifts_hold
from wardline.publishing.screen import screen


def public_reason(words: str, *, lacking: str) -> str:
    """The words without space around them.

    Raises:
        PublishingError: there are none, which `lacking` says, or screening finds in
            them what one office alone may let pass.
    """
    if not (reason := words.strip()):
        raise PublishingError(lacking)
    for finding in screen("", reason, "network")[0]:
        if any(lifts_hold(slug, [finding], current()) for slug in current().offices):
            msg = f"Readers will see this reason. {finding['message']} Write it anew."
            raise PublishingError(msg)
    return reason
