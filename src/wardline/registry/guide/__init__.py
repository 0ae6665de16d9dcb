"""Setting an account up: advice for every kind of site, and what follows from it."""

from wardline.registry.guide.advice import (
    SECTIONS,
    Guide,
    Site,
    about_room,
    guide,
    kinds,
)

__all__ = ["SECTIONS", "Guide", "Site", "about_room", "guide", "kinds"]
