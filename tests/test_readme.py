"""What the README shows is what happens."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()


def test_the_example_prints_what_the_readme_shows(tmp_path: Path) -> None:
    console = re.search(r"```console\n\$ cat (.+)\n(.+)\n\$ (.+)\n([^`]+)```", README)
    assert console
    name, post, command, shown = console.groups()
    (tmp_path / name).write_text(f"{post}\n")
    wardline, *arguments = shlex.split(command)
    checked = subprocess.run(
        [Path(sys.executable).with_name(wardline), *arguments],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.stdout == shown
    assert checked.returncode == 1


def test_every_page_it_links_to_is_there() -> None:
    links = re.findall(r"\]\((?!https?:)([^)]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []
