"""What several tests of publishing need: another file of routes."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from wardline.publishing import routing

Routes = Callable[[str], None]


@pytest.fixture
def routes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Routes]:
    """Put other routes in force: `routes('[[route]]\\nname = …')`."""

    def put(text: str) -> None:
        file = tmp_path / "clearance.toml"
        file.write_text(text)
        monkeypatch.setenv("WARDLINE_CLEARANCE", str(file))
        routing.current.cache_clear()

    yield put
    routing.current.cache_clear()
