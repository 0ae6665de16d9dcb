"""Files of every kind, well and hostile: rows, or one clear error."""

import io
import json
import zipfile
from collections.abc import Sequence

import pytest
from openpyxl import Workbook

from wardline.registry.errors import RegistryError
from wardline.registry.importing.files import LARGEST, read
from wardline.registry.importing.row import MOST_ROWS, Row

EXPECTED = [Row(2, {"url": "https://a.example", "name": "Ärzte"})]


def workbook(*lines: Sequence[object]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for line in lines:
        sheet.append(line)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def altered(content: bytes, part: str, text: str) -> bytes:
    """The workbook with one part replaced."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, text if name == part else old.read(name))
    return made.getvalue()


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(RegistryError) as caught:
        read(name, content)
    return str(caught.value)


@pytest.mark.parametrize(
    "content", [b"", b"url,name\n", b"\n\n", b"[]", b"\xef\xbb\xbf"]
)
def test_a_file_without_rows_is_told(content: bytes) -> None:
    name = "a.json" if content == b"[]" else "a.csv"
    assert "holds no row" in refusal(name, content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", "url,name\nhttps://a.example,Ärzte\n".encode()),
        ("a.csv", "\ufeffurl;name\r\nhttps://a.example;Ärzte\r\n".encode()),
        ("a.txt", "url\tname\nhttps://a.example\tÄrzte\n".encode("utf-16")),
        ("a.csv", 'url,name,x\n"https://a.example", Ärzte ,\n,,\n'.encode()),
        ("a.xlsx", workbook(["url", "name"], ["https://a.example", "Ärzte"])),
    ],
)
def test_the_same_list_reads_the_same(name: str, content: bytes) -> None:
    assert read(name, content) == EXPECTED


def test_json_rows_are_counted_and_become_words() -> None:
    account = {"url": "a", "fundraising": True, "tags": ["x", "y"], "notes": None}
    expected = [Row(1, {"url": "a", "fundraising": "yes", "tags": "x; y"})]
    for content in ([account], {"accounts": [account]}):
        assert read("a.json", json.dumps(content).encode()) == expected


def test_cells_of_a_workbook_become_words() -> None:
    content = workbook(["n", "yes", "none", "f"], [12.0, True, None, 1.5])
    assert read("a.xlsx", content) == [Row(2, {"n": "12", "yes": "yes", "f": "1.5"})]


def test_lines_keep_their_numbers_where_a_cell_has_line_breaks() -> None:
    content = b'name,url\n"two\nlines",a\n\nnext,b\n'
    assert [row.line for row in read("a.csv", content)] == [2, 5]


def test_the_guard_against_formulas_comes_off() -> None:
    rows = read("a.csv", b"name,url\n'@mgh,'quoted'\n")
    assert rows == [Row(2, {"name": "@mgh", "url": "'quoted'"})]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.csv", "url\nÄ".encode("latin-1"), "Line 2 is not in UTF-8"),
        ("a.csv", b"url\n\0\n", "not a text file"),
        ("a.csv", b'url\n"open', "not closed"),
        ("a.csv", b"url,url\na,b\n", "Two columns are called “url”"),
        ("a.csv", b"a," * 200, "more than 100 columns"),
        ("a.csv", b"url\n" + b"a\n" * 50_000, "more than 10,000 rows"),
        ("a.csv", b"a" * (LARGEST + 1), "larger than 5 MB"),
        ("a.csv", b'url\n"' + b"a" * 200_000 + b'"\n', "Line 2 cannot be read"),
        ("a.xls", b"\xd0\xcf\x11\xe0", "old workbook"),
        ("a.xlsx", b"PK\x03\x04 no workbook", "cannot be read"),
        ("a.json", b"{", "not JSON"),
        ("a.json", b"[" * 100_000, "not JSON"),
        ("a.json", b"5", "Give an array"),
        ("a.json", b"[5]", "Entry 1 is not an object"),
        ("a.json", b"[" + b"{}," * MOST_ROWS + b"{}]", "more than 10,000"),
        ("a.xlsx", workbook(["id"], [123456789012345678]), "more than 15 digits"),
        ("a.xlsx", workbook(["a"] * 200), "more than 100 columns"),
    ],
)
def test_what_cannot_be_read_gets_a_clear_error(
    name: str, content: bytes, told: str
) -> None:
    assert told in refusal(name, content)


SHEET = "xl/worksheets/sheet1.xml"
NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


@pytest.mark.parametrize("part", [SHEET, "xl/styles.xml"])
def test_a_workbook_of_too_many_tags_is_not_parsed(part: str) -> None:
    bomb = altered(workbook(["url"]), part, "<a>" + "<b/>" * 1_000_000 + "</a>")
    assert "more than is read at once" in refusal("a.xlsx", bomb)


def test_a_workbook_that_unpacks_to_much_is_not_unpacked() -> None:
    bomb = altered(workbook(["url"]), SHEET, " " * 100_000_000)
    assert len(bomb) < LARGEST
    assert "more than is read at once" in refusal("a.xlsx", bomb)


@pytest.mark.parametrize(
    ("sheet", "told"),
    [
        (
            (
                '<!DOCTYPE a [<!ENTITY b "boom"><!ENTITY c "&b;&b;">]>'
                f"<worksheet {NAMESPACE}><sheetData>&c;</sheetData></worksheet>"
            ),
            "cannot be read",
        ),
        (
            (
                f'<worksheet {NAMESPACE}><dimension ref="A1:XFD1048576"/><sheetData>'
                '<row r="1"><c r="A1"><v>1</v></c></row>'
                '<row r="1048576"><c r="A1048576"><v>1</v></c></row>'
                "</sheetData></worksheet>"
            ),
            "more than 10,000 rows",
        ),
        (
            (
                f'<worksheet {NAMESPACE}><sheetData><row r="1">'
                '<c r="XFD1"><v>1</v></c></row></sheetData></worksheet>'
            ),
            "more than 100 columns",
        ),
        ("<worksheet", "cannot be read"),
    ],
)
def test_a_workbook_that_is_a_trap_is_refused(sheet: str, told: str) -> None:
    assert told in refusal("a.xlsx", altered(workbook(["url"]), SHEET, sheet))
