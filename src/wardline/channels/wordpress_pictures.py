"""The pictures of a WordPress post: uploaded once, attached to it, gone with it.

A picture's name ends in a hash of its content, so that it is found again whatever
answer was lost. https://developer.wordpress.org/rest-api/reference/media/
"""

import hashlib
import re
from collections.abc import Iterable
from html import escape

import msgspec

from wardline.channels.post import Media, Post
from wardline.channels.wordpress_site import POST_GONE, Site

_OURS = re.compile(r"-([0-9a-f]{16})(?:-\d+)?$")


class _Attachment(msgspec.Struct):
    id: int
    slug: str
    source_url: str


class Album:
    """The pictures that Wardline attached to one post, by the hash in their names."""

    def __init__(self, site: Site, post_id: str) -> None:
        self._site, self._post_id = site, post_id
        params = {"parent": post_id, "per_page": "100", "orderby": "id", "order": "asc"}
        found = site.call("GET", "media", params=params).decoded(list[_Attachment])
        self._all = [(m[1], each) for each in found if (m := _OURS.search(each.slug))]
        self._first = dict(reversed(self._all))

    def figures(self, post: Post) -> str:
        """The pictures as HTML, in their order, after uploading those not there."""
        return "".join(
            f'\n<figure class="wp-block-image"><img src="{escape(shown.source_url)}" '
            f'alt="{escape(picture.alt)}" class="wp-image-{shown.id}"/></figure>'
            for picture in post.media
            for shown in (self._uploaded(post.key, picture),)
        )

    def drop_all_but(self, media: Iterable[Media] = ()) -> None:
        """Delete what the post no longer shows: the files would stay public."""
        kept = {_hash(picture) for picture in media}
        for name, each in self._all:
            if name not in kept:
                path, params = f"media/{each.id}", {"force": "true"}
                self._site.call("DELETE", path, params=params, accept=POST_GONE)

    def _uploaded(self, key: str, picture: Media) -> _Attachment:
        name = _hash(picture)
        if name not in self._first:
            slug = f"{key}-{name}"
            ending = picture.kind.rpartition("/")[2]
            answer = self._site.call(
                "POST",
                "media",
                form={"slug": slug, "alt_text": picture.alt, "post": self._post_id},
                file=(f"{slug}.{ending}", picture.content, picture.kind),
            )
            self._first[name] = answer.decoded(_Attachment)
        return self._first[name]


def _hash(picture: Media) -> str:
    return hashlib.sha256(picture.content).hexdigest()[:16]
