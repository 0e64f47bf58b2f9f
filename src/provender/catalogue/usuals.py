"""What most people have in mind when they say a phrase and nothing else, resolved to the foods of one index."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


@dataclass(frozen=True)
class Usuals:
    """What people usually mean, resolved to foods.

    Attributes:
        block: The phrases in UTF-8, sorted, one after the other.
        ends: Where each ends, after a leading 0.
        food_ends: Where each one's foods end, after a leading 0.
        foods: The foods, first choice first.
        lifted: Foods that are what people usually mean by some word.
        bonus: What each of these gains.
    """

    block: Array
    ends: Array
    food_ends: Array
    foods: Array
    lifted: Array
    bonus: Array

    @classmethod
    def build(cls, meant: Mapping[str, Sequence[int]], bonus: Mapping[int, float]) -> "Usuals":
        """What people usually mean.

        Args:
            meant: Phrase, as stems, to the places of foods, first choice first.
            bonus: Place of a food to what it gains by being what people usually mean.
        """
        texts = sorted(meant)
        encoded = [text.encode() for text in texts]
        ends = np.concatenate([[0], np.cumsum([len(e) for e in encoded])]).astype(np.int64)
        food_ends = np.concatenate([[0], np.cumsum([len(meant[t]) for t in texts])]).astype(np.int64)
        return cls(
            np.frombuffer(b"".join(encoded), dtype=np.uint8),
            ends,
            food_ends,
            np.array([at for text in texts for at in meant[text]], dtype=np.uint32),
            np.array(sorted(bonus), dtype=np.uint32),
            np.array([bonus[at] for at in sorted(bonus)], dtype=np.float32),
        )

    @cached_property
    def texts(self) -> list[str]:
        """The phrases, sorted."""
        whole, ends = self.block.tobytes(), self.ends.tolist()
        return [whole[a:b].decode() for a, b in itertools.pairwise(ends)]

    @cached_property
    def places(self) -> dict[str, int]:
        """Phrase to its place."""
        return {text: at for at, text in enumerate(self.texts)}

    @cached_property
    def bonuses(self) -> dict[int, float]:
        """Place of a food to what it gains."""
        return dict(zip(self.lifted.tolist(), self.bonus.tolist(), strict=True))

    def of(self, text: str) -> list[int]:
        """The foods usually meant by a phrase."""
        at = self.places.get(text)
        return [] if at is None else self.foods[int(self.food_ends[at]) : int(self.food_ends[at + 1])].tolist()

    def everyday(self, foods: Array) -> Array:
        """What each of these foods gains by being what people usually mean by some word."""
        places = np.searchsorted(self.lifted, foods)
        places[places == len(self.lifted)] = 0
        if not len(self.lifted):
            return np.zeros(len(foods), np.float32)
        return np.where(self.lifted[places] == foods, self.bonus[places], np.float32(0))


def no_usuals() -> Usuals:
    """Where nobody knows what people usually mean."""
    none, zero = np.empty(0, np.uint32), np.zeros(1, np.int64)
    return Usuals(np.empty(0, np.uint8), zero, zero, none, none, np.empty(0, np.float32))
