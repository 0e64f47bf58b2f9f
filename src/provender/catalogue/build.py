"""Sources in, one artifact out: the same bytes for the same input in any order, complete or not there at all."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from provender.catalogue.duplicates import Copies
from provender.catalogue.plausible import plausible
from provender.catalogue.publisher import Item, Problem, Published, Revision
from provender.catalogue.sources import ALL
from provender.catalogue.writing import Packed, packed, write
from provender.terms.errors import SourceError

PROBLEMS_KEPT = 1000
FOODS_A_PROGRESS = 500

Progress = Callable[[str, int, int | None], None]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did.

    Attributes:
        path: The artifact.
        digest: Its digest.
        foods: Foods kept, by source key.
        superseded: Older revisions of a food left out, by source key.
        duplicates: Foods left out because another source has them: source key, what told, source key of what is kept,
            to how many.
        quarantined: How many rows, values or foods were left out, by source key; a source without any is absent.
        problems: The first thousand of them, in order.
    """

    path: Path
    digest: str
    foods: dict[str, int]
    superseded: dict[str, int] = field(default_factory=dict)
    duplicates: dict[tuple[str, str, str], int] = field(default_factory=dict)
    quarantined: dict[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def build(sources: Sequence[tuple[str, Path]], out: Path, *, progress: Progress | None = None) -> BuildReport:
    """Build one artifact from publishers' files.

    Args:
        sources: Kind (a key of ``sources.ALL``) and path of each.
        out: Where the artifact goes; an old one there serves until the new one is complete.
        progress: Called with the source's name, foods and problems read so far, and how many to expect (None: unknown).

    Raises:
        SourceError: An unknown kind, files that are not there or not the publisher's, or not one food in them.
        ArtifactError: The artifact cannot be written; what was there before is untouched.
    """
    if not sources:
        raise SourceError("found no source; name at least one, such as --source fdc:FOLDER")
    unknown = [kind for kind, _ in sources if kind not in ALL]
    if unknown:
        raise SourceError(f"found the source kind {unknown[0]!r}, expected one of: {', '.join(sorted(ALL))}")
    building = _Building()
    for kind, path in sources:
        building.read(ALL[kind](path), progress)
    foods = building.foods()
    if not foods:
        why = f"; the first problem: {building.problems[0]}" if building.problems else ""
        raise SourceError(f"found not one food in {', '.join(str(path) for _, path in sources)}{why}")
    digest = write(foods, building.published, out)
    return BuildReport(
        out,
        digest,
        dict(Counter(food.source for food in foods.values())),
        dict(building.superseded),
        dict(building.duplicates),
        dict(building.quarantined),
        tuple(building.problems),
    )


class _Building:
    """What has been read so far."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[str, Packed]] = {}
        self.published: dict[str, list[Published]] = {}
        self.problems: list[Problem] = []
        self.superseded: Counter[str] = Counter()
        self.duplicates: Counter[tuple[str, str, str]] = Counter()
        self.quarantined: Counter[str] = Counter()

    def read(self, published: Published, progress: Progress | None) -> None:
        """Take everything one publisher has."""
        self.published.setdefault(published.key, []).append(published)
        done = 0
        for done, item in enumerate(published.items, start=1):
            self._take(item, published.key)
            if progress and done % FOODS_A_PROGRESS == 0:
                progress(published.name, done, published.total)
        if progress:
            progress(published.name, done, published.total)

    def _take(self, item: Item, key: str) -> None:
        if isinstance(item, Problem):
            self._quarantine(key, item)
            return
        food, same, revised = (item.food, item.of, item.published) if isinstance(item, Revision) else (item, "", "")
        food, problems = plausible(food)
        for problem in problems:
            self._quarantine(key, problem)
        slot = f"{key}\0{same}" if same else food.id
        new = (food.id, packed(food, revised))
        old = self.kept.get(slot)
        if old:
            self.superseded[key] += 1
        self.kept[slot] = max(old, new, key=_order) if old else new

    def _quarantine(self, key: str, problem: Problem) -> None:
        self.quarantined[key] += 1
        if len(self.problems) < PROBLEMS_KEPT:
            self.problems.append(problem)

    def foods(self) -> dict[str, Packed]:
        """Every food kept, by id; the later revision where two slots hold one id, one of several sources' copies."""
        found: dict[str, Packed] = {}
        for food_id, food in sorted(self.kept.values(), key=_order):
            if food_id in found:
                self.superseded[food.source] += 1
            found[food_id] = food
        copies = Copies((food_id, food.barcode) for food_id, food in found.items())
        kept = {food_id: food for food_id, food in found.items() if not copies.is_copy(food_id, food.barcode)}
        self.duplicates = copies.left_out
        return kept


def _order(entry: tuple[str, Packed]) -> tuple[Any, ...]:
    """Later revisions last; where nothing tells them apart, an order that does not depend on that of reading."""
    food_id, food = entry
    asked = -1.0 if food.popularity is None else food.popularity
    return food.revised, food.release, food_id, *food[:-1], asked
