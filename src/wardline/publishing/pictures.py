"""A picture as it may go out: drawn anew from its pixels, with nothing else in the file.

What a camera writes beside them (place, time, owner), and what somebody hid in the file,
does not survive. https://pillow.readthedocs.io/en/stable/reference/Image.html
"""

import struct
import zlib
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from threading import Lock

from PIL import ExifTags, Image, ImageCms

from wardline.publishing.errors import PublishingError

MOST_BYTES = 20_000_000
MOST_PIXELS = {"JPEG": 50_000_000, "MPO": 50_000_000}
MOST_OTHER_PIXELS = 16_000_000
"""What is drawn at all: that takes up to 370 MB meanwhile, a JPEG least by pixel."""
LONGEST_SIDE = 2048
"""Pixels that are kept: more than any channel shows."""

_ONE_AT_A_TIME = Lock()
_READ = ("JPEG", "PNG", "GIF", "WEBP")
_PHOTOGRAPHS = {"JPEG", "MPO"}  # MPO: a JPEG with smaller copies behind it
_KINDS = "a JPEG, PNG, GIF or WebP picture"
_TURN = Image.Transpose
_TURNS = {
    2: _TURN.FLIP_LEFT_RIGHT,
    3: _TURN.ROTATE_180,
    4: _TURN.FLIP_TOP_BOTTOM,
    5: _TURN.TRANSPOSE,
    6: _TURN.ROTATE_270,
    7: _TURN.TRANSVERSE,
    8: _TURN.ROTATE_90,
}
"""What sets a picture upright, by the orientation that its EXIF names."""
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, struct.error, zlib.error)


class PictureError(PublishingError):
    """A file that is no picture to publish; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture drawn anew: `kind` is its MIME type, `sha256` that of `content`."""

    kind: str
    width: int
    height: int
    content: bytes = field(repr=False)

    @property
    def sha256(self) -> str:
        """Hex."""
        return sha256(self.content).hexdigest()


def drawn_anew(name: str, content: bytes) -> Drawn:
    """The picture in this file, upright, in sRGB, its longer side 2048 pixels at most.

    Photographs stay JPEG, everything else becomes PNG. `name` is for the messages.

    Raises:
        PictureError: it is too large, it moves, or it is no picture that we read.
    """
    if len(content) > MOST_BYTES:
        size = MOST_BYTES // 1_000_000
        msg = f"{name} is larger than {size} MB. Save it smaller and add that."
        raise PictureError(msg)
    try:
        with _ONE_AT_A_TIME, Image.open(BytesIO(content), formats=_READ) as image:
            _check(name, image)
            kind = "JPEG" if _photograph(image) else "PNG"
            return _saved(_in_srgb(_upright(image)), kind)
    except _BOMBS as error:
        raise _too_many(name) from error
    except _BROKEN as error:
        msg = f"{name} cannot be read. Open it, save it as {_KINDS}, and add that."
        raise PictureError(msg) from error


def _check(name: str, image: Image.Image) -> None:
    most = MOST_PIXELS.get(image.format or "", MOST_OTHER_PIXELS)
    if image.width * image.height > most:
        raise _too_many(name, most)
    if image.format not in _PHOTOGRAPHS and getattr(image, "is_animated", False):
        msg = f"{name} moves. Save one still picture of it and add that."
        raise PictureError(msg)


def _too_many(name: str, most: int = MOST_OTHER_PIXELS) -> PictureError:
    return PictureError(
        f"{name} has more than {most // 1_000_000} million pixels. "
        f"Save it with {LONGEST_SIDE} on the longer side and add that."
    )


def _photograph(image: Image.Image) -> bool:
    return image.format in _PHOTOGRAPHS or (
        image.format == "WEBP" and not image.has_transparency_data
    )


def _upright(image: Image.Image) -> Image.Image:
    """Small enough and turned as the camera was held.

    Pillow's own `exif_transpose` writes all the EXIF anew, which fails on some.
    """
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    turn = _TURNS.get(image.getexif().get(ExifTags.Base.Orientation, 1))
    return image if turn is None else image.transpose(turn)


def _in_srgb(image: Image.Image) -> Image.Image:
    """With the colours that its profile means, in the space that needs no profile."""
    mode = "RGBA" if image.has_transparency_data else "RGB"
    profile = image.info.get("icc_profile")
    if profile and image.mode in {"RGB", "RGBA", "CMYK", "L"}:
        wanted = mode if image.mode == "RGBA" else "RGB"
        with suppress(ImageCms.PyCMSError, OSError):  # a broken one means nothing
            image = _converted(image, profile, wanted)
    elif image.mode.startswith("I;16"):
        image = image.point(lambda value: value / 256, "L")
    return image.convert(mode)


def _converted(image: Image.Image, profile: bytes, mode: str) -> Image.Image:
    source = ImageCms.ImageCmsProfile(BytesIO(profile))
    made = ImageCms.profileToProfile(
        image, source, ImageCms.createProfile("sRGB"), outputMode=mode
    )
    if made is None:
        msg = "no conversion"
        raise OSError(msg)
    return made


def _saved(image: Image.Image, kind: str) -> Drawn:
    image.info.clear()
    file = BytesIO()
    if kind == "JPEG":
        image.convert("RGB").save(file, "JPEG", quality=85, optimize=True)
    else:
        image.save(file, "PNG")
    return Drawn(Image.MIME[kind], image.width, image.height, file.getvalue())
