"""Public profiles, one file a kind of site: the file's name is that of the channel.

A file holds `site`, a `wardline.channels.about.Site`.
"""

import importlib
import pkgutil
from functools import cache

from wardline.channels.about import Site
from wardline.channels.profiles import page


@cache
def all() -> dict[str, Site]:  # noqa: A001 -- read as profiles.all()
    """Every kind of site by its name, sorted."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return {name: _site(name) for name in names}


def get(name: str) -> Site:
    """The site of this name, such as "wordpress"; any other is read as a web page."""
    return all().get(name) or all()["page"]


def announced(url: str) -> str:
    """The kind of site that the page at `url` says it belongs to, or "".

    Raises:
        ChannelError: the page could not be read.
    """
    return page.announced(url)


def _site(name: str) -> Site:
    site: Site = importlib.import_module(f"{__name__}.{name}").site
    return site
