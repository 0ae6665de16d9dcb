"""Copy the front-end files that pages use out of their npm packages.

https://designsystem.digital.gov/documentation/getting-started-for-developers/
"""

import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DIST = ROOT / "node_modules/@uswds/uswds/dist"
VENDOR = ROOT / "src/wardline/web/static/vendor/uswds"
STYLE = "css/uswds.min.css"
PAGES_USE = (STYLE, "js/uswds-init.min.js", "js/uswds.min.js", "img/sprite.svg")
SOURCE_MAP = re.compile(rb"\n(//|/\*)# sourceMappingURL=[^\n]*\n?$")


def main() -> None:
    """Replace the vendored folder by a fresh copy; `npm ci` has run before."""
    shutil.rmtree(VENDOR, ignore_errors=True)
    for name in (*PAGES_USE, *style_refers_to()):
        copy(name)
    # Last, because make takes it as the sign that everything before it is there.
    shutil.copy(DIST.parent / "LICENSE.md", VENDOR)


def style_refers_to() -> list[str]:
    """The files that the style sheet names, as paths inside `dist`, each once."""
    names = re.findall(r"url\(\.\./([^)]+)\)", (DIST / STYLE).read_text())
    return sorted(set(names))


def copy(name: str) -> None:
    """Copy one file of `dist`, without the line that names a source map."""
    target = VENDOR / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(SOURCE_MAP.sub(b"", (DIST / name).read_bytes()))


if __name__ == "__main__":
    main()
