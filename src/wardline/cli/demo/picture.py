"""A picture for posts, drawn when it is needed: a heart on a walk."""

from io import BytesIO

from PIL import Image, ImageDraw

from wardline.cli.demo.hospital import Hospital
from wardline.publishing.content import Pictured
from wardline.publishing.steps.add_picture import add_picture

SIZE = (1200, 675)
ALT = "Drawing: a red heart above a green hill with a winding path."


def heart(made: Hospital) -> Pictured:
    """The picture, kept for the unit, with what it shows in words."""
    row = add_picture(made.actor("author"), made.unit, "heart.png", _drawn())
    return Pictured(row.sha256, ALT)


def _drawn() -> bytes:
    image = Image.new("RGB", SIZE, "#d9e8f6")
    pen = ImageDraw.Draw(image)
    pen.ellipse((-200, 430, 1400, 1300), fill="#4d8055")
    pen.line([(600, 675), (520, 590), (690, 520), (600, 440)], "#f1e5cd", 34, "curve")
    pen.ellipse((430, 110, 610, 290), fill="#b50909")
    pen.ellipse((590, 110, 770, 290), fill="#b50909")
    pen.polygon([(443, 246), (757, 246), (600, 410)], fill="#b50909")
    file = BytesIO()
    image.save(file, "PNG")
    return file.getvalue()
