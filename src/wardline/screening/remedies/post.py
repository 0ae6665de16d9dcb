"""The text to be fixed and all that a fix may depend on."""

from dataclasses import dataclass, field

from wardline.institution import Institution
from wardline.screening.remedies.language import Language
from wardline.screening.values import Context


@dataclass(frozen=True, slots=True)
class Post:
    """A text and who posts it where; `limit` is in code points, None for none known."""

    text: str = field(repr=False)
    context: Context
    institution: Institution
    language: Language
    limit: int | None = None
