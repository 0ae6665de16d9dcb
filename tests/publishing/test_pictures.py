import subprocess
import sys
import zlib
from io import BytesIO
from struct import pack

import pytest
from PIL import Image

from wardline.audit.models import Entry
from wardline.people.access import DeniedError
from wardline.people.models import Person, Unit
from wardline.publishing.models import Picture
from wardline.publishing.pictures import PictureError, drawn_anew
from wardline.publishing.steps.add_picture import add_picture

LATITUDE = 2
TURNED = 6  # the camera was held on its side


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def photograph(width: int = 40, height: int = 20) -> Image.Image:
    """Red on the left, blue on the right."""
    image = Image.new("RGB", (width, height), "red")
    image.paste("blue", (width // 2, 0, width, height))
    return image


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


def colour(image: Image.Image, x: int, y: int) -> tuple[int, ...]:
    pixel = image.getpixel((x, y))
    assert isinstance(pixel, tuple)
    return pixel


def swapped_profile() -> bytes:
    """A profile of sRGB's primaries in which red means blue, and blue means red."""
    red, green, blue = (28578, 14581, 911), (25238, 46983, 6364), (9378, 3971, 46799)
    white = (63190, 65536, 54061)

    def xyz(values: tuple[int, int, int]) -> bytes:
        return b"XYZ \0\0\0\0" + pack(">3i", *values)

    curve = b"curv\0\0\0\0" + pack(">IHH", 1, 0x0233, 0)
    tags = {"wtpt": xyz(white), "rXYZ": xyz(blue), "gXYZ": xyz(green)}
    tags |= {"bXYZ": xyz(red), "rTRC": curve, "gTRC": curve, "bTRC": curve}
    table, body, start = b"", b"", 128 + 4 + 12 * len(tags)
    for name, content in tags.items():
        table += pack(">4sII", name.encode(), start + len(body), len(content))
        body += content
    header = pack(
        ">I4sI4s4s4s", start + len(body), b"", 0x02100000, b"mntr", b"RGB ", b"XYZ "
    )
    header += bytes(12) + b"acsp" + bytes(28) + pack(">3i", *white) + bytes(48)
    return header + pack(">I", len(tags)) + table + body


def bomb(side: int) -> bytes:
    """A PNG that says it is a square of `side` pixels."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return pack(">I", len(body)) + name + body + pack(">I", zlib.crc32(name + body))

    header = pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(1_000_000), 9)
    ends = chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + ends


def test_an_outsider_adds_nothing(cardiology: Unit, outsider: Person) -> None:
    with pytest.raises(DeniedError):
        add_picture(outsider.actor, cardiology, "a.png", saved(photograph(), "PNG"))
    assert not Picture.objects.exists()


def test_the_same_picture_is_kept_once_under_no_name_of_a_file(
    cardiology: Unit, author: Person
) -> None:
    file = saved(photograph(), "PNG")
    first = add_picture(author.actor, cardiology, "dolores-whitfield.png", file)
    again = add_picture(author.actor, cardiology, "b.png", file)
    assert first == again
    assert first.name == f"picture-{first.sha256[:8]}.png"
    assert Entry.objects.filter(action="picture.add").count() == 1


@pytest.mark.clause("POLICY-01", by="wardline.publishing.pictures")
@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "PNG"])
def test_place_time_and_camera_do_not_go_out(kind: str) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8825)[LATITUDE] = (42.0, 21.0, 46.0)
    exif[0x010F] = "CAMERA OF DOLORES"
    xmp = b"<x:xmpmeta>WHITFIELD</x:xmpmeta>"
    options = {} if kind == "PNG" else {"xmp": xmp}
    file = saved(photograph(), kind, exif=exif, **options)
    assert b"CAMERA OF DOLORES" in file
    drawn = drawn_anew("a", file)
    assert not opened(drawn.content).getexif()
    for told in (b"DOLORES", b"WHITFIELD", b"Exif", b"xmp"):
        assert told not in drawn.content


def test_a_picture_taken_on_the_side_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = TURNED
    drawn = drawn_anew("a", saved(photograph(), "JPEG", exif=exif, quality=95))
    assert (drawn.width, drawn.height) == (20, 40)
    top, bottom = (colour(opened(drawn.content), 10, y) for y in (5, 35))
    assert top[0] > 200
    assert bottom[2] > 200


def test_what_a_camera_wrote_wrongly_beside_the_picture_means_nothing() -> None:
    """The resolution as text, which Pillow reads but cannot write."""
    entries = pack("<HHII", 0x0112, 3, 1, TURNED) + pack("<HHII", 0x011A, 2, 1, 0)
    exif = b"Exif\0\0II*\0" + pack("<IH", 8, 2) + entries + pack("<I", 0)
    drawn = drawn_anew("a.jpg", saved(photograph(), "JPEG", exif=exif))
    assert (drawn.width, drawn.height) == (20, 40)


def test_colours_of_another_space_stay_what_they_mean() -> None:
    file = saved(photograph(), "PNG", icc_profile=swapped_profile())
    drawn = opened(drawn_anew("a", file).content)
    assert colour(drawn, 5, 5)[2] > 250
    assert colour(drawn, 5, 5)[0] < 5
    assert "icc_profile" not in drawn.info


def test_a_broken_profile_means_nothing() -> None:
    drawn = drawn_anew("a", saved(photograph(), "PNG", icc_profile=b"no profile"))
    assert opened(drawn.content).getpixel((5, 5)) == (255, 0, 0)


@pytest.mark.parametrize(
    ("mode", "kind", "becomes"),
    [
        ("CMYK", "JPEG", "image/jpeg"),
        ("L", "JPEG", "image/jpeg"),
        ("P", "GIF", "image/png"),
        ("1", "PNG", "image/png"),
        ("LA", "PNG", "image/png"),
        ("I;16", "PNG", "image/png"),
        ("RGB", "WEBP", "image/jpeg"),
        ("RGBA", "WEBP", "image/png"),
    ],
)
def test_every_kind_becomes_one_that_all_channels_take(
    mode: str, kind: str, becomes: str
) -> None:
    drawn = drawn_anew("a", saved(Image.new(mode, (30, 30)), kind))
    assert drawn.kind == becomes
    assert opened(drawn.content).mode in {"RGB", "RGBA"}


def test_what_one_sees_through_stays_so() -> None:
    clear = Image.new("RGBA", (4, 4), (255, 0, 0, 0))
    drawn = drawn_anew("a", saved(clear, "PNG"))
    assert opened(drawn.content).getpixel((1, 1)) == (255, 0, 0, 0)


def test_a_file_that_is_something_else_as_well_is_a_picture_alone() -> None:
    script = b"PK\x03\x04<?php system($_GET[0]); ?><script>alert(1)</script>"
    for kind in ("JPEG", "PNG", "GIF"):
        drawn = drawn_anew("a", saved(photograph(), kind) + script)
        assert b"script" not in drawn.content
        assert b"<?php" not in drawn.content


def test_a_large_photograph_becomes_as_large_as_it_is_shown() -> None:
    drawn = drawn_anew("a", saved(photograph(5000, 2500), "JPEG"))
    assert (drawn.width, drawn.height) == (2048, 1024)


def test_a_bomb_is_refused_before_it_is_drawn() -> None:
    code = (
        "import sys, pathlib\n"
        "from wardline.publishing.pictures import PictureError, drawn_anew\n"
        "try: drawn_anew('big.png', sys.stdin.buffer.read())\n"
        "except PictureError as error: print(error)\n"
        "told = pathlib.Path('/proc/self/status').read_text()\n"
        "print(told.partition('VmHWM:')[2].split()[0])\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code],
        input=bomb(50_000),
        capture_output=True,
        check=True,
    )
    said, most_kilobytes = answer.stdout.decode().strip().rsplit("\n", 1)
    assert "more than 16 million pixels" in said
    assert int(most_kilobytes) < 300_000


@pytest.mark.parametrize("side", [4_100, 10_000, 60_000, 2**31 - 1])
def test_too_many_pixels_are_refused_in_words(side: int) -> None:
    with pytest.raises(PictureError, match="more than 16 million pixels"):
        drawn_anew("big.png", bomb(side))


def test_what_moves_is_refused_and_not_cut_down() -> None:
    frames = [photograph(), photograph().rotate(180)]
    for kind in ("GIF", "WEBP", "PNG"):
        moving = saved(frames[0], kind, save_all=True, append_images=frames[1:])
        with pytest.raises(PictureError, match=r"a\.gif moves"):
            drawn_anew("a.gif", moving)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%PDF-1.4",
        saved(photograph(400, 400), "PNG")[:300],
        saved(photograph(400, 400), "JPEG")[:400],
        saved(photograph(), "TIFF"),
    ],
)
def test_what_is_no_whole_picture_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(PictureError, match=r"cannot be read\. Open it, save it"):
        drawn_anew("a.png", content)


def test_a_file_over_the_limit_is_not_opened() -> None:
    with pytest.raises(PictureError, match="larger than 20 MB"):
        drawn_anew("a.png", bytes(20_000_001))
