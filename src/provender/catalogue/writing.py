"""Writes the artifact: foods packed as they come, then every section at once; complete or not there at all."""

import json
import os
import sys
import tempfile
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from provender.catalogue.artifact import ALIGNMENT, FORMAT_VERSION, KINDS, MAGIC
from provender.catalogue.duplicates import LONGEST_BARCODE
from provender.catalogue.food import Food
from provender.catalogue.indexed import INDEX_RULES, index_sections
from provender.catalogue.publisher import Published
from provender.terms.errors import ArtifactError
from provender.terms.nutrients import NUTRIENTS

Buffer = bytes | memoryview

_AXIS: Final = tuple(NUTRIENTS)
_PLACE: Final = {n: i for i, n in enumerate(_AXIS)}


class Packed(NamedTuple):
    """One food in about 600 bytes of memory, so that millions fit.

    Attributes:
        revised: When this revision was published; "" where the source does not say.
        source: Key of its source.
        release: As in ``Food``.
        name: As in ``Food``.
        kind: Place in ``KINDS``.
        category: "" for none.
        brand: "" for none.
        barcode: "" for none.
        nutrients: Places on the whole axis, 16 bits each, ascending.
        amounts: The amounts of those, 32-bit floats.
        measures: In words, one a portion.
        portions: Amount and mass in grams, one pair a portion, 32-bit floats.
        popularity: As in ``Food``.
    """

    revised: str
    source: str
    release: str
    name: str
    kind: int
    category: str
    brand: str
    barcode: str
    nutrients: bytes
    amounts: bytes
    measures: tuple[str, ...]
    portions: bytes
    popularity: float | None


def packed(food: Food, revised: str = "") -> Packed:
    """The food as it waits to be written; a portion without a mass is left out."""
    values = sorted((_PLACE[n], v) for n, v in food.composition.items())
    portions = [(p.amount, p.mass_g, p.measure) for p in food.portions if p.mass_g is not None]
    return Packed(
        revised,
        sys.intern(food.source),
        sys.intern(food.release),
        text(food.name),
        KINDS.index(food.kind),
        sys.intern(text(food.category or "")),
        sys.intern(text(food.brand or "")),
        text(food.barcode or ""),
        array("H", [n for n, _ in values]).tobytes(),
        array("f", [v for _, v in values]).tobytes(),
        tuple(sys.intern(text(m)) for _, _, m in portions),
        array("f", [number for a, g, _ in portions for number in (a, g)]).tobytes(),
        food.popularity,
    )


def text(found: str) -> str:
    """The text on one line: no control characters, none that UTF-8 cannot carry, single spaces."""
    if found.isprintable() and "  " not in found:
        return found.strip()
    seen = (c if c.isprintable() or c in _JOINERS else " " for c in found)
    return " ".join("".join(seen).split())


_JOINERS: Final = "\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}"
"""Parts of words in Persian and in the scripts of India, and of emoji."""


def write(foods: Mapping[str, Packed], sources: Mapping[str, Iterable[Published]], out: Path) -> str:
    """Write the artifact and return its digest.

    Args:
        foods: By id.
        sources: What was read, by key.
        out: Where it goes; an old one there serves until the new one is complete.

    Raises:
        ArtifactError: It cannot be written; what was there before is untouched.
    """
    ids = sorted(foods)
    ordered = [foods[food_id] for food_id in ids]
    sections, axis = _sections(ids, ordered)
    popularity = {food_id: f.popularity for food_id, f in zip(ids, ordered, strict=True) if f.popularity is not None}
    named = zip(ids, (f.name for f in ordered), (KINDS[f.kind] for f in ordered), strict=True)
    sections |= index_sections(named, popularity)
    header: dict[str, Any] = {
        "indexed_by": INDEX_RULES,
        "nutrients": axis,
        "units": {n: NUTRIENTS[n].unit for n in axis},
        "sources": _notes(ordered, sources),
        "sections": {},
    }
    blocks: list[Buffer] = []
    offset = 0
    for name, section in sorted(sections.items()):
        block = np.ascontiguousarray(section).reshape(-1).view(np.uint8).data
        header["sections"][name] = {
            "dtype": section.dtype.str,
            "shape": list(section.shape),
            "offset": offset,
            "bytes": len(block),
            "sha256": sha256(block).hexdigest(),
        }
        padding = -len(block) % ALIGNMENT
        blocks += [block, b"\0" * padding]
        offset += len(block) + padding
    head = json.dumps(header, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    digest = sha256(head).hexdigest()
    line = b"%s %d %s %d\n" % (MAGIC, FORMAT_VERSION, digest.encode(), len(head))
    gap = b"\0" * (-(len(line) + len(head)) % ALIGNMENT)
    _replace(out, [line, head, gap, *blocks])
    return digest


def _notes(foods: Sequence[Packed], sources: Mapping[str, Iterable[Published]]) -> list[dict[str, Any]]:
    counts = Counter(food.source for food in foods)
    newest: dict[str, str] = {}
    for food in foods:
        newest[food.source] = max(newest.get(food.source, ""), food.release)
    notes = []
    for key, published in sorted(sources.items()):
        last = max(published, key=lambda p: (p.release, p.name, p.licence))
        release = last.release or newest.get(key, "")
        notes.append(
            {"key": key, "name": text(last.name), "release": release, "licence": last.licence, "foods": counts[key]}
        )
    return notes


def _sections(ids: Sequence[str], foods: Sequence[Packed]) -> tuple[dict[str, NDArray[Any]], list[str]]:
    """Every section by name, and the axis of nutrients that any food has."""
    nutrients = np.frombuffer(b"".join(food.nutrients for food in foods), dtype="u2")
    present = np.unique(nutrients)
    column = np.zeros(len(_AXIS), dtype="<u2")
    column[present] = np.arange(len(present))
    portions = np.frombuffer(b"".join(food.portions for food in foods), dtype="f4").reshape(-1, 2)
    measures, measure = _shared([m for food in foods for m in food.measures])
    categories, category = _shared([food.category for food in foods])
    releases, release = _shared([food.release for food in foods])
    sections: dict[str, NDArray[Any]] = {
        "kind": np.array([food.kind for food in foods], dtype="u1"),
        "popularity": np.array([np.nan if f.popularity is None else f.popularity for f in foods], dtype="<f4"),
        "category": category,
        "release": release,
        "values.ends": _ends(len(food.nutrients) // 2 for food in foods),
        "values.nutrient": column[nutrients],
        "values.amount": np.frombuffer(b"".join(food.amounts for food in foods), dtype="f4").astype("<f4"),
        "portions.ends": _ends(len(food.measures) for food in foods),
        "portions.amount": portions[:, 0].astype("<f4"),
        "portions.measure": measure,
        "portions.mass_g": portions[:, 1].astype("<f4"),
    }
    codes = {int(f.barcode): at for at, f in enumerate(foods) if 0 < len(f.barcode.lstrip("0")) <= LONGEST_BARCODE}
    sections["barcodes.code"] = np.array(sorted(codes), dtype="<i8")
    sections["barcodes.food"] = np.array([codes[code] for code in sorted(codes)], dtype="<u4")
    texts: dict[str, Callable[[], Iterable[str]]] = {
        "id": lambda: ids,
        "name": lambda: (food.name for food in foods),
        "brand": lambda: (food.brand for food in foods),
        "barcode": lambda: (food.barcode for food in foods),
        "categories": lambda: categories,
        "measures": lambda: measures,
        "releases": lambda: releases,
    }
    for name, strings in texts.items():
        encoded = [s.encode() for s in strings()]
        sections[f"{name}.block"] = np.frombuffer(b"".join(encoded), dtype="u1")
        sections[f"{name}.ends"] = _ends(map(len, encoded))
    return sections, [_AXIS[n] for n in present.tolist()]


def _shared(strings: Sequence[str]) -> tuple[list[str], NDArray[np.uint32]]:
    """The distinct strings, sorted, and the place of each in them."""
    distinct = sorted(set(strings))
    place = {s: i for i, s in enumerate(distinct)}
    return distinct, np.array([place[s] for s in strings], dtype="<u4")


def _ends(lengths: Iterable[int]) -> NDArray[Any]:
    """Where each of some pieces ends, after a leading 0; in 32 bits where that is enough."""
    ends = np.concatenate([[0], np.cumsum(np.fromiter(lengths, dtype="<i8"), dtype="<i8")])
    return ends.astype("<u4" if ends[-1] < 1 << 32 else "<i8")


def _replace(out: Path, blocks: Sequence[Buffer]) -> None:
    """Write a new file beside the old one and swap them; on any failure the old one stays."""
    temporary = None
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=out.name, suffix=".part", dir=out.parent)
        with os.fdopen(handle, "wb") as file:
            for block in blocks:
                file.write(block)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(out)
    except OSError as error:
        raise ArtifactError(
            f"{out} cannot be written: {error.strerror or error}. What was there before is untouched; is the disk full"
            " or the folder read-only?"
        ) from error
    finally:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
