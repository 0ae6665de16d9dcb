"""Text with both links that is ready to be pasted, and fits where it goes."""

from collections.abc import Sequence

from wardline.channels.about import Link, wording


def ready_text(links: Sequence[Link], longest: int | None, used: int = 0) -> str:
    """The fullest wording that fits beside `used` characters, else into `longest`.

    Empty where not even the bare addresses fit: use the profile's link fields.
    """
    if longest is None:
        return wording(links, None)
    return wording(links, longest - used - 1) or wording(links, longest)
