"""Setting an account up: advice for every kind of site, and what follows from it."""

from wardline.registry.guide.advice import SECTIONS, Guide, Site, guide, kinds

__all__ = ["SECTIONS", "Guide", "Site", "guide", "kinds"]
