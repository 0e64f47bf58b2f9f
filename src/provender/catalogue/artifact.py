"""The catalogue as one immutable file: opened read-only, checked against its own digests, mapped and never copied.

The file: one line ``PROVENDER-CATALOGUE <format version> <sha256 of the header> <header length>``, the header (JSON,
keys sorted: sources, nutrient axis, and for each section its dtype, shape, offset, length and sha256), then the
sections, each at a multiple of 64 bytes, little-endian. The digest of the catalogue is the sha256 of its header, which
holds the digests of all sections. The header is checked when the file is opened, a section before its first use, so
that a large catalogue opens at once and damaged bytes are never served. See docs/data.md for the list of sections.
"""

import itertools
import json
import math
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from provender.catalogue.duplicates import BARCODE, LONGEST_BARCODE, identity, other_ids
from provender.catalogue.food import Food, Portion
from provender.terms.errors import ArtifactError, NotFoundError
from provender.terms.nutrients import NUTRIENTS

MAGIC = b"PROVENDER-CATALOGUE"
FORMAT_VERSION = 2
ALIGNMENT = 64
LONGEST_LINE = 160
READ_AT_ONCE = 1 << 20
KINDS = ("generic", "dish", "branded")
ADVICE = "Build it again with `provender catalogue build`, or install Provender again."


@dataclass(frozen=True, slots=True)
class SourceNote:
    """A source the catalogue was built from.

    Attributes:
        key: Prefix of its foods' ids, e.g. ``usda-sr24``.
        name: In plain English.
        release: The publisher's release, or the newest of its foods' where each has its own.
        licence: Terms of use in a few words.
        foods: How many of its foods are in the catalogue.
    """

    key: str
    name: str
    release: str
    licence: str
    foods: int


@dataclass(frozen=True)
class Texts:
    """Strings kept as one UTF-8 block and the ends of each, shape ``(n + 1,)``."""

    block: NDArray[np.uint8]
    ends: NDArray[Any]

    def __len__(self) -> int:
        return len(self.ends) - 1

    def __getitem__(self, position: int) -> str:
        return self.block[self.ends[position] : self.ends[position + 1]].tobytes().decode("utf-8")

    def all(self) -> list[str]:
        """Every string, in order."""
        whole, ends = self.block.tobytes(), self.ends.tolist()
        return [whole[a:b].decode("utf-8") for a, b in itertools.pairwise(ends)]


class Sections:
    """The arrays of a catalogue by name, each mapped from the file and checked against its digest before first use."""

    def __init__(self, path: Path, notes: dict[str, Any], body: int) -> None:
        self._path, self._notes, self._body = path, notes, body
        self._whole = np.asarray(np.memmap(path, dtype=np.uint8, mode="r"))
        self._checked: dict[str, NDArray[Any]] = {}

    def __iter__(self) -> Iterator[str]:
        return iter(self._notes)

    def __getitem__(self, name: str) -> NDArray[Any]:
        section = self._checked.get(name)
        return self._check(name) if section is None else section

    def _check(self, name: str) -> NDArray[Any]:
        note = self._notes[name]
        start = self._body + note["offset"]
        found = self._digest(start, note["bytes"])
        if found != note["sha256"]:
            raise ArtifactError(
                f"{self._path} is damaged: section {name} has digest {found[:16]}…, expected {note['sha256'][:16]}…;"
                f" nothing is served from it. {ADVICE}"
            )
        mapped = self._whole[start : start + note["bytes"]].view(note["dtype"]).reshape(note["shape"])
        return self._checked.setdefault(name, mapped)

    def _digest(self, start: int, length: int) -> str:
        """The sha256 of a part of the file, read and not mapped, so that it does not stay in this process's memory."""
        digest = sha256()
        with self._path.open("rb") as file:
            file.seek(start)
            while length > 0 and (piece := file.read(min(length, READ_AT_ONCE))):
                digest.update(piece)
                length -= len(piece)
        return digest.hexdigest()


class Catalogue:
    """An open catalogue: foods by id or position, their composition as arrays; nothing can be changed.

    Made by ``open_catalogue`` only. Every method raises ``ArtifactError`` when what it reads is damaged.

    Attributes:
        path: The artifact.
        digest: Its digest.
        nutrients: The axis: ids of the nutrients that any food has.
        sources: What it was built from.
        indexed_by: The rules by which its search index was made.
    """

    def __init__(self, path: Path, header: dict[str, Any], digest: str, sections: Sections) -> None:
        self.path = path
        self.digest = digest
        self.nutrients: tuple[str, ...] = tuple(header["nutrients"])
        self.sources = tuple(SourceNote(**note) for note in header["sources"])
        self.indexed_by: str = header["indexed_by"]
        self._sections = sections

    def __len__(self) -> int:
        return len(self._sections["kind"])

    def _texts(self, name: str) -> Texts:
        return Texts(self._sections[f"{name}.block"], self._sections[f"{name}.ends"])

    def verify(self) -> None:
        """Check every section now.

        Raises:
            ArtifactError: One is damaged.
        """
        for name in self._sections:
            self._sections[name]

    def sections(self, prefix: str) -> dict[str, NDArray[Any]]:
        """The arrays whose names begin so, by the rest of the name."""
        return {name.removeprefix(prefix): self._sections[name] for name in self._sections if name.startswith(prefix)}

    def id_texts(self) -> Texts:
        """The id of every food, read where it is asked for."""
        return self._texts("id")

    def ids(self) -> list[str]:
        """The id of every food, in the catalogue's order (sorted)."""
        return self._texts("id").all()

    def names(self) -> list[str]:
        """The name of every food, in the same order."""
        return self._texts("name").all()

    def kinds(self) -> list[str]:
        """``generic``, ``dish`` or ``branded`` of every food, in the same order."""
        return [KINDS[k] for k in self._sections["kind"].tolist()]

    def position(self, food_id: str) -> int:
        """The place of a food in the catalogue's order; an id of another release or source leads to the same food.

        Raises:
            NotFoundError: No such food.
        """
        for sought in (food_id, *other_ids(food_id)):
            if (found := self._place(sought)) is not None:
                return found
        kind, number = identity(food_id) or ("", 0)
        found = self._place_of_barcode(str(number)) if kind == BARCODE else None
        if found is None:
            raise NotFoundError(f"there is no food {food_id[:80]!r} in this catalogue; it may be from another one")
        return found

    def _place(self, food_id: str) -> int | None:
        ids = self._texts("id")
        at = bisect_left(ids, food_id)
        return at if at < len(ids) and ids[at] == food_id else None

    def food(self, food_id: str) -> Food:
        """The food of this id.

        Raises:
            NotFoundError: No such food.
        """
        return self.food_at(self.position(food_id))

    def food_at(self, position: int) -> Food:
        """The food at this place, 0 to ``len`` - 1."""
        here = self._sections
        food_id = self._texts("id")[position]
        source, _, source_id = food_id.partition(":")
        start, end = here["values.ends"][position : position + 2].tolist()
        columns = here["values.nutrient"][start:end].tolist()
        amounts = as_published(here["values.amount"][start:end]).tolist()
        return Food(
            id=food_id,
            name=self._texts("name")[position],
            source=source,
            source_id=source_id,
            release=self._texts("releases")[int(here["release"][position])],
            category=self._texts("categories")[int(here["category"][position])] or None,
            kind=KINDS[int(here["kind"][position])],
            brand=self._texts("brand")[position] or None,
            barcode=self._texts("barcode")[position] or None,
            composition={self.nutrients[c]: v for c, v in zip(columns, amounts, strict=True)},
            portions=self._portions(position),
            popularity=self._popularity(position),
        )

    def _popularity(self, position: int) -> float | None:
        found = float(self._sections["popularity"][position])
        return None if math.isnan(found) else float(f"{found:.7g}")

    def popularity(self) -> NDArray[np.float32]:
        """How often each food was asked for at its source, in the catalogue's order; NaN where that is not known."""
        return self._sections["popularity"]

    def _portions(self, position: int) -> tuple[Portion, ...]:
        here, measures = self._sections, self._texts("measures")
        start, end = here["portions.ends"][position : position + 2].tolist()
        return tuple(
            Portion(
                float(f"{here['portions.amount'][i]:.7g}"),
                measures[int(here["portions.measure"][i])],
                float(f"{here['portions.mass_g'][i]:.7g}"),
            )
            for i in range(start, end)
        )

    def by_barcode(self, code: str) -> Food | None:
        """The food with this barcode, leading zeros aside; None when there is none."""
        position = self._place_of_barcode(code)
        return None if position is None else self.food_at(position)

    def _place_of_barcode(self, code: str) -> int | None:
        digits = code.strip().lstrip("0")
        if not (digits.isascii() and digits.isdigit()) or len(digits) > LONGEST_BARCODE:
            return None
        codes, wanted = self._sections["barcodes.code"], int(digits)
        at = int(np.searchsorted(codes, wanted))
        found = at < len(codes) and int(codes[at]) == wanted
        return int(self._sections["barcodes.food"][at]) if found else None

    def composition(self, positions: Sequence[int], nutrient_ids: Sequence[str]) -> NDArray[np.float64]:
        """Amounts per 100 g of several foods.

        Args:
            positions: Places of foods, n of them.
            nutrient_ids: Nutrients, m of them.

        Returns:
            Shape ``(n, m)``, each column in its nutrient's own unit; NaN where unknown, also for a nutrient that
            is not on the catalogue's axis.
        """
        column_of = np.full(len(self.nutrients) + 1, -1)
        for column, nutrient_id in enumerate(nutrient_ids):
            if nutrient_id in self.nutrients:
                column_of[self.nutrients.index(nutrient_id)] = column
        found = np.full((len(positions), len(nutrient_ids)), np.nan)
        here = self._sections
        for row, position in enumerate(positions):
            start, end = here["values.ends"][position : position + 2]
            columns = column_of[here["values.nutrient"][start:end]]
            wanted = columns >= 0
            found[row, columns[wanted]] = as_published(here["values.amount"][start:end][wanted])
        return found


def as_published(kept: NDArray[np.float32]) -> NDArray[np.float64]:
    """Amounts as the publisher wrote them: ``float32`` given back to seven significant digits, 0.1 as 0.1.

    Args:
        kept: Shape ``(n,)``, in any unit, finite.
    """
    return np.array([float(f"{value:.7g}") for value in kept.tolist()], dtype=np.float64)


def starter_path() -> Path:
    """Where the starter catalogue that comes with Provender lies."""
    return Path(str(files("provender.catalogue").joinpath("starter", "starter.catalogue")))


def open_catalogue(path: Path, *, verify: bool = False) -> Catalogue:
    """Open a catalogue read-only.

    Args:
        path: The artifact.
        verify: Check every section now; else the header now, and each section before its first use.

    Raises:
        ArtifactError: The file is missing, cut short, damaged, or of another format version.
    """
    header, digest, body = _header(path)
    _same_units(path, header["units"])
    size = path.stat().st_size
    needed = max(body + note["offset"] + note["bytes"] for note in header["sections"].values())
    if needed > size:
        raise ArtifactError(
            f"{path} is cut short: found {size:,} bytes, expected at least {needed:,} for the"
            f" catalogue of digest {digest[:16]}…; nothing is served from it. {ADVICE}"
        )
    found = Catalogue(path, header, digest, Sections(path, header["sections"], body))
    if verify:
        found.verify()
    return found


def _same_units(path: Path, units: dict[str, str]) -> None:
    """Every nutrient of the artifact means here what it meant when it was built."""
    for nutrient_id, unit in units.items():
        here = NUTRIENTS.get(nutrient_id)
        if here is None or here.unit != unit:
            expected = "no such nutrient" if here is None else here.unit
            raise ArtifactError(
                f"{path} holds {nutrient_id} in {unit}, expected {expected}; it was built by another release of"
                f" Provender. {ADVICE}"
            )


def _header(path: Path) -> tuple[dict[str, Any], str, int]:
    try:
        with path.open("rb") as file:
            line = file.readline(LONGEST_LINE)
            magic, version, expected, length = [*line.split(), b"", b"", b"", b""][:4]
            if magic != MAGIC:
                found = "found an empty file" if not line else f"found {line[:24]!r}"
                raise ArtifactError(
                    f"{path} is not a Provender catalogue: {found}, expected it to begin with {MAGIC.decode()}."
                    f" {ADVICE}"
                )
            if version != str(FORMAT_VERSION).encode():
                raise ArtifactError(
                    f"{path} has format version {version.decode('ascii', 'replace')}, expected {FORMAT_VERSION};"
                    f" it was built by another release of Provender. {ADVICE}"
                )
            text = file.read(min(int(length), path.stat().st_size) if length.isdigit() else 0)
    except OSError as error:
        raise ArtifactError(f"the catalogue {path} cannot be read: {error.strerror or error}. {ADVICE}") from error
    digest = sha256(text).hexdigest()
    if digest != expected.decode("ascii", "replace"):
        raise ArtifactError(
            f"{path} is damaged: its header has digest {digest[:16]}…, expected"
            f" {expected.decode('ascii', 'replace')[:16]}…; nothing is served from it. {ADVICE}"
        )
    body = len(line) + len(text)
    return json.loads(text), digest, body + (-body) % ALIGNMENT
