"""The folder beside an artifact where its update works: downloads, what was fetched, the lock."""

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from provender.cli.updating.fetching import Remote
from provender.terms.errors import SourceError


@dataclass(frozen=True, slots=True)
class Noted:
    """A file that was fetched and found whole.

    Attributes:
        key: Its publication.
        release: Its release; the day of its last change where its name holds no date.
        remote: What its server said of it.
        bytes: Its length.
        sha256: Its digest, in hexadecimal, found here.
        published_sha256: Whether the publisher says the same digest; False where they publish none.
    """

    key: str
    release: str
    remote: Remote
    bytes: int
    sha256: str
    published_sha256: bool


@dataclass(frozen=True, slots=True)
class Notes:
    """What the last updates fetched, and the artifact made of it.

    Attributes:
        artifact: Digest of the artifact; "" for none.
        built_of: The sha256 of each file it was built of, by name of the file.
        files: Every file fetched, by name, also where the file itself was deleted since.
    """

    artifact: str
    built_of: Mapping[str, str]
    files: Mapping[str, Noted]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an update of one artifact works.

    Attributes:
        target: The artifact that is replaced.
    """

    target: Path

    @property
    def folder(self) -> Path:
        """Everything of an update but the artifact; on the same disk, so that the swap is one step."""
        return self.target.with_name(f"{self.target.name}.update")

    @property
    def downloads(self) -> Path:
        """The publishers' files."""
        return self.folder / "downloads"

    @property
    def building(self) -> Path:
        """Where the new artifact is built; swept at every start."""
        return self.folder / "building"

    @property
    def notes_file(self) -> Path:
        """The lock file of releases: what was fetched, with its sha256."""
        return self.downloads / "releases.lock"

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Make the folders, and keep every other update of this artifact out until the end.

        A killed update holds nothing back: SQLite's lock ends with the process, on every system.

        Raises:
            SourceError: Another update is running.
        """
        self.downloads.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self.folder / "lock", timeout=0, isolation_level=None)) as lock:
            try:
                lock.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError as error:
                raise SourceError(
                    f"another update of {self.target} is running ({error}); wait until it has finished"
                ) from error
            self._sweep()
            yield

    def _sweep(self) -> None:
        """Delete what a killed update left half built; parts of downloads stay, to be gone on from."""
        shutil.rmtree(self.building, ignore_errors=True)
        for left in self.downloads.glob("*.writing"):
            left.unlink()

    def notes(self) -> Notes:
        """What was fetched so far; nothing where the note is missing or cannot be read."""
        try:
            told = json.loads(self.notes_file.read_text("utf-8"))
            files = {n: Noted(**{**v, "remote": Remote(**v["remote"])}) for n, v in told["files"].items()}
            return Notes(str(told["artifact"]), dict(told["built_of"]), files)
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return Notes("", {}, {})

    def note(self, notes: Notes) -> None:
        """Write down what was fetched, whole or not at all."""
        told = {
            "artifact": notes.artifact,
            "built_of": dict(notes.built_of),
            "files": {name: asdict(noted) for name, noted in sorted(notes.files.items())},
        }
        with NamedTemporaryFile("w", encoding="utf-8", dir=self.downloads, suffix=".writing", delete=False) as file:
            file.write(json.dumps(told, indent=1, sort_keys=True))
            file.flush()
            os.fsync(file.fileno())
        Path(file.name).replace(self.notes_file)
