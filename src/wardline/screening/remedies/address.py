"""A work address makes room for a private one."""

from wardline.screening.remedies.fix import Edit, Fix
from wardline.screening.remedies.language import Language
from wardline.screening.remedies.post import Post
from wardline.screening.values import Finding

_PRIVATE: dict[Language, str] = {
    "en": "[my private address]",
    "es": "[mi correo personal]",
}


def private_address(post: Post, finding: Finding) -> Fix:
    """A place for the author's own address, which nobody else knows."""
    edit = Edit(finding.start, finding.end, _PRIVATE[post.language])
    return Fix(finding, "Make room for my private address", (edit,))
