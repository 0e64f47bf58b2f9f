"""Sources in, one artifact out: the same bytes for the same input, complete or not there at all."""

import json
import math
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from provender.catalogue.artifact import ALIGNMENT, FORMAT_VERSION, KINDS, MAGIC
from provender.catalogue.food import Food
from provender.catalogue.publisher import Problem, Published
from provender.catalogue.sources import ALL
from provender.terms.errors import ArtifactError, SourceError
from provender.terms.nutrients import NUTRIENTS

MOST_ENERGY_KCAL = 902.0
"""Pure fat at 9.02 kcal/g (USDA's highest factor, for animal fats and oils)."""
MOST_MACRONUTRIENTS_G = 105.0
"""Protein, fat, carbohydrate and alcohol in 100 g, with room for rounding and for carbohydrate by difference."""
PROBLEMS_KEPT = 1000

Progress = Callable[[str, int, int | None], None]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did.

    Attributes:
        path: The artifact.
        digest: Its digest.
        foods: Foods kept, by source key.
        superseded: Older revisions of a food left out, by source key.
        quarantined: How many rows, values or foods were left out, by source key.
        problems: The first thousand of them, in order.
    """

    path: Path
    digest: str
    foods: dict[str, int]
    superseded: dict[str, int] = field(default_factory=dict)
    quarantined: dict[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def build(sources: Sequence[tuple[str, Path]], out: Path, *, progress: Progress | None = None) -> BuildReport:
    """Build one artifact from publishers' files.

    Args:
        sources: Kind (a key of ``sources.ALL``) and path of each.
        out: Where the artifact goes; an old one there serves until the new one is complete.
        progress: Called with the source's name, foods read so far, and how many to expect (None: unknown).

    Raises:
        SourceError: An unknown kind, or files that are not there or not the publisher's.
        ArtifactError: The artifact cannot be written; what was there before is untouched.
    """
    if not sources:
        raise SourceError("found no source; name at least one, such as --source fdc:FOLDER")
    kept: dict[str, Food] = {}
    problems: list[Problem] = []
    counts: dict[str, Counter[str]] = {"superseded": Counter(), "quarantined": Counter()}
    notes: dict[str, Published] = {}
    for kind, path in sources:
        if kind not in ALL:
            raise SourceError(f"found the source kind {kind!r}, expected one of: {', '.join(sorted(ALL))}")
        published = ALL[kind](path)
        notes[published.key] = published
        for done, item in enumerate(published.items, start=1):
            if progress and done % 500 == 0:
                progress(published.name, done, published.total)
            _take(item, published.key, kept, problems, counts)
        if progress:
            progress(published.name, done if published.total is None else published.total, published.total)
    digest = _write(kept, notes, out)
    return BuildReport(
        out,
        digest,
        dict(Counter(food.source for food in kept.values())),
        dict(counts["superseded"]),
        dict(counts["quarantined"]),
        tuple(problems),
    )


def _take(
    item: Food | Problem,
    key: str,
    kept: dict[str, Food],
    problems: list[Problem],
    counts: dict[str, Counter[str]],
) -> None:
    if isinstance(item, Food):
        item, found = plausible(item)
        if item.id in kept:
            counts["superseded"][key] += 1
        kept[item.id] = item
    else:
        found = [item]
    counts["quarantined"][key] += len(found)
    problems.extend(found[: max(0, PROBLEMS_KEPT - len(problems))])


def plausible(food: Food) -> tuple[Food, list[Problem]]:
    """The food without its impossible values, and why each was left out; the rest of the food stays.

    A negative or infinite value, or energy over 902 kcal/100 g, is left out alone. When protein, fat, carbohydrate and
    alcohol come to over 105 g/100 g nobody can say which is wrong, so all four are left out. What is left out
    is unknown afterwards, never zero.
    """
    bad: dict[str, str] = {
        n: "a composition cannot be negative or infinite"
        for n, v in food.composition.items()
        if not math.isfinite(v) or v < 0
    }
    if food.composition.get("ENERC_KCAL", 0.0) > MOST_ENERGY_KCAL:
        bad["ENERC_KCAL"] = f"more than pure fat holds ({MOST_ENERGY_KCAL:g} kcal per 100 g)"
    macronutrients = ("PROCNT", "FAT", "CHOCDF", "ALC")
    total = sum(food.composition.get(n, 0.0) for n in macronutrients if n not in bad)
    if total > MOST_MACRONUTRIENTS_G:
        why = f"protein, fat, carbohydrate and alcohol come to {total:.1f} g in 100 g"
        bad.update({n: why for n in macronutrients if n in food.composition})
    if not bad:
        return food, []
    found = [Problem(food.id, 0, n, f"{food.composition[n]:g}", why) for n, why in bad.items()]
    rest = {n: v for n, v in food.composition.items() if n not in bad}
    return replace(food, composition=rest), found


def _write(kept: dict[str, Food], notes: dict[str, Published], out: Path) -> str:
    foods = [kept[food_id] for food_id in sorted(kept)]
    present = {n for food in foods for n in food.composition}
    axis = [n for n in NUTRIENTS if n in present]
    counts = Counter(food.source for food in foods)
    header: dict[str, Any] = {
        "nutrients": axis,
        "sources": [
            {"key": p.key, "name": p.name, "release": p.release, "licence": p.licence, "foods": counts[p.key]}
            for _, p in sorted(notes.items())
        ],
        "sections": {},
    }
    blocks: list[bytes] = []
    offset = 0
    for name, section in sorted(_sections(foods, axis).items()):
        block = section.tobytes()
        header["sections"][name] = {
            "dtype": section.dtype.str,
            "shape": list(section.shape),
            "offset": offset,
            "bytes": len(block),
            "sha256": sha256(block).hexdigest(),
        }
        blocks.append(block + b"\0" * (-len(block) % ALIGNMENT))
        offset += len(blocks[-1])
    text = json.dumps(header, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    digest = sha256(text).hexdigest()
    line = b"%s %d %s %d\n" % (MAGIC, FORMAT_VERSION, digest.encode(), len(text))
    gap = b"\0" * (-(len(line) + len(text)) % ALIGNMENT)
    _replace(out, [line, text, gap, *blocks])
    return digest


def _sections(foods: Sequence[Food], axis: Sequence[str]) -> dict[str, NDArray[Any]]:
    column = {n: i for i, n in enumerate(axis)}
    categories = sorted({food.category or "" for food in foods} | {""})
    place = {c: i for i, c in enumerate(categories)}
    measures = sorted({p.measure for food in foods for p in food.portions})
    measure = {m: i for i, m in enumerate(measures)}
    values = [sorted((column[n], v) for n, v in food.composition.items()) for food in foods]
    portions = [p for food in foods for p in food.portions if p.mass_g is not None]
    weighed = [sum(p.mass_g is not None for p in food.portions) for food in foods]
    sections: dict[str, NDArray[Any]] = {
        "kind": np.array([KINDS.index(food.kind) for food in foods], dtype="u1"),
        "category": np.array([place[food.category or ""] for food in foods], dtype="<u2"),
        "values.ends": _ends([len(v) for v in values]),
        "values.nutrient": np.array([c for row in values for c, _ in row], dtype="<u2"),
        "values.amount": np.array([v for row in values for _, v in row], dtype="<f4"),
        "portions.ends": _ends(weighed),
        "portions.amount": np.array([p.amount for p in portions], dtype="<f4"),
        "portions.measure": np.array([measure[p.measure] for p in portions], dtype="<u4"),
        "portions.mass_g": np.array([p.mass_g for p in portions], dtype="<f4"),
    }
    texts = {
        "id": [food.id for food in foods],
        "name": [food.name for food in foods],
        "brand": [food.brand or "" for food in foods],
        "barcode": [food.barcode or "" for food in foods],
        "categories": categories,
        "measures": measures,
    }
    for name, strings in texts.items():
        encoded = [s.encode() for s in strings]
        sections[f"{name}.block"] = np.frombuffer(b"".join(encoded), dtype="u1")
        sections[f"{name}.ends"] = _ends([len(e) for e in encoded])
    return sections


def _ends(lengths: Sequence[int]) -> NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum(lengths, dtype="<i8")]).astype("<i8")


def _replace(out: Path, blocks: Sequence[bytes]) -> None:
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
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise ArtifactError(
            f"{out} cannot be written: {error.strerror or error}. What was there before is untouched; is the disk full"
            " or the folder read-only?"
        ) from error
