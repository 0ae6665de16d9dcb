"""The folder beside the output that keeps a run's finished parts until its end.

A part is a folder too: it is made under another name and appears by a rename, so
it is there whole or not at all.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import msgspec

from wardline.bulk.batch import Screened
from wardline.bulk.errors import WorkError
from wardline.bulk.job import Job
from wardline.bulk.tally import Tally

FOUND, REFUSED, TALLY = "found.jsonl", "refused.jsonl", "tally.json"
_lines = msgspec.json.Encoder().encode_lines


@dataclass(frozen=True, slots=True)
class Work:
    """What a run has done so far."""

    folder: Path

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep other runs out.

        Raises:
            WorkError: when another run is at it.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.folder, os.O_RDONLY)
        try:
            self._lock(handle)
            yield
        finally:
            os.close(handle)
            with suppress(OSError):  # only what is empty goes
                self.folder.rmdir()

    @property
    def begun(self) -> bool:
        """Whether a run was begun here that has not ended."""
        return self._manifest.exists()

    def job(self) -> Job | None:
        """The job of the run that was begun here."""
        try:
            return msgspec.json.decode(self._manifest.read_bytes(), type=Job)
        except FileNotFoundError:
            return None
        except msgspec.DecodeError as error:
            raise WorkError(
                self._manifest, "cannot be read; start anew with --restart."
            ) from error

    def begin(self, job: Job) -> None:
        """Forget what was done, and note what is to be done."""
        self.empty()
        (self.folder / job.run).mkdir()
        draft = self.folder / "job.part"
        _write(draft, msgspec.json.encode(job))
        draft.replace(self._manifest)

    def missing(self, job: Job) -> list[int]:
        """The numbers of the parts that are yet to be done."""
        return [n for n in range(len(job.parts)) if not self.part(job, n).exists()]

    def part(self, job: Job, number: int) -> Path:
        """The folder of one finished part."""
        return self.folder / job.run / f"{number:06}"

    def keep(self, job: Job, number: int, pieces: Iterator[Screened]) -> None:
        """Write down what the pieces of a part hold; the first to finish it wins."""
        part = self.part(job, number)
        draft = part.with_suffix(f".{uuid4().hex}")
        draft.mkdir()
        tally = Tally()
        with (draft / FOUND).open("wb") as found, (draft / REFUSED).open("wb") as bad:
            for piece in pieces:
                found.write(_lines(piece.found))
                bad.write(_lines(piece.refused))
                tally.add(piece.tally)
            for file in (found, bad):
                file.flush()
                os.fsync(file.fileno())
        _write(draft / TALLY, msgspec.json.encode(tally))
        try:
            draft.rename(part)
        except OSError:
            if not part.exists():
                raise
            shutil.rmtree(draft)  # another worker was told to do it too, and was faster

    def tally(self, job: Job) -> Tally:
        """What all parts counted."""
        total = Tally()
        for number in range(len(job.parts)):
            content = (self.part(job, number) / TALLY).read_bytes()
            total.add(msgspec.json.decode(content, type=Tally))
        return total

    def files(self, job: Job, name: str) -> Sequence[Path]:
        """One file of every part, in the order of the input."""
        return [self.part(job, number) / name for number in range(len(job.parts))]

    def empty(self) -> None:
        """Take everything away, the job first: parts without a job count for nothing."""
        self._manifest.unlink(missing_ok=True)
        for path in self.folder.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()

    def _lock(self, handle: int) -> None:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise WorkError(
                self.folder, "is in use by another run; wait until it has ended."
            ) from error

    @property
    def _manifest(self) -> Path:
        return self.folder / "job.json"


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
