"""The food search: words, beginnings, slips of the finger, synonyms, what must be absent, and plain foods first.

It stands on its own: an index can be built over any list of (id, name, tier), and importers and recipes match names
with it too. How a query is answered: it is read in several ways (``readings``); each word finds terms, as typed, by its
synonyms, by how it sounds (``spelling``) or as a beginning; the rarest words name candidates, on the plain shelf and on
the branded one; every candidate is then scored exactly.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from provender.catalogue.answers import LIKELY, Answer, Evidence, Hit, Meant, Strings, WordEvidence
from provender.catalogue.differences import Difference, Differs
from provender.catalogue.lexicon import FREQUENT, phrases_of, words_of
from provender.catalogue.lookup import LESS_SURE, MOST_MEANT, spelt
from provender.catalogue.matching import Match
from provender.catalogue.postings import KIND_BONUS, Postings, flat, opened
from provender.catalogue.readings import Reading, Usual, begun_with, reworded, sureness, wordings
from provender.catalogue.spelling import Spelling
from provender.catalogue.usuals import Usuals, no_usuals
from provender.catalogue.words import NOT, STOP_WORDS, term, terms

__all__ = ["Difference", "Evidence", "FoodIndex", "Hit", "WordEvidence"]

Array = npt.NDArray[Any]

LONGEST_QUERY: Final = 200
MOST_WORDS: Final = 12
MOST_READINGS: Final = 10
USUALLY_MEANT: Final = 13.0
"""Score of what most people mean when they say just this."""
EVERYDAY_BONUS: Final = {True: 1.3, False: 0.8}
"""What a food gains by being what people usually mean by some word; True for a staple."""
FAVOUR_BONUS: Final = 5.0
"""What a food gains that this person logs all the time (favour 1)."""
EVERYBODYS: Final = frozenset({"generic", "dish"})
"""Tiers of foods that people can usually mean; a person's own are not among them."""
_MEASURED: Final = re.compile(
    r"^\s*(?:(?:an?|one|the|some|\d+) )?(?:bag|bottle|bowl|can|cup|glass|handful|jar|mug|packet|piece|pint|plate"
    r"|portion|serving|shot|slice|spoonful|tin|tablespoon|teaspoon)(?:e?s)? of (?=\w)",
    re.IGNORECASE,
)
"""A measure before what was measured: ``glass of milk`` asks for milk."""
OTHERS: Final = (8, 9)
"""Where among the hits stand those for other words that may have been meant."""
PLACES_KEPT: Final = 50_000


@dataclass(frozen=True)
class FoodIndex:
    """A search index over food names. Made by ``build``, or by ``over`` from arrays that ``arrays`` gave.

    Attributes:
        ids: Food ids, in the order of the foods.
        postings: The inverted index.
        spelling: The words that a misspelt one can mean.
        phrases: The phrases that a misspelt one can mean, run together or not.
        usuals: What people usually mean by a phrase.
        favoured: Food id to place, where the ids are not sorted; else None.
    """

    ids: Strings
    postings: Postings
    spelling: Spelling
    phrases: Spelling
    usuals: Usuals = field(default_factory=no_usuals)

    @classmethod
    def build(cls, foods: Iterable[tuple[str, str, str]], popularity: Mapping[str, float] | None = None) -> "FoodIndex":
        """An index over foods.

        Args:
            foods: Id, name and tier (generic, dish, branded or own) of each food; ids are unique.
            popularity: Food id to how often it was asked for, where known.
        """
        ids: list[str] = []
        known = popularity or {}
        tiers: set[str] = set()

        def named() -> Iterable[tuple[str, str, float]]:
            for food_id, name, tier in foods:
                ids.append(food_id)
                tiers.add(tier)
                yield name, tier, known.get(food_id, 0.0)

        postings = Postings.build(named())
        index = cls(ids, postings, words_of(postings), phrases_of(postings))
        return replace(index, usuals=index._usual_foods(wordings().usual)) if tiers & EVERYBODYS else index

    @classmethod
    def over(cls, ids: Strings, arrays: Mapping[str, Array]) -> "FoodIndex":
        """An index over arrays that ``arrays`` gave, mapped or not; nothing is copied."""
        parts: dict[str, dict[str, Array]] = {"postings": {}, "spelling": {}, "phrases": {}, "usuals": {}}
        for name, held in arrays.items():
            part, _, rest = name.partition(".")
            parts[part][rest] = held
        spelling, phrases = Spelling(**parts["spelling"]), Spelling(**parts["phrases"])
        return cls(ids, opened(parts["postings"]), spelling, phrases, Usuals(**parts["usuals"]))

    def arrays(self) -> dict[str, Array]:
        """Everything but the ids as flat arrays with dotted names."""
        return (
            flat(self.postings, "postings.")
            | flat(self.spelling, "spelling.")
            | flat(self.phrases, "phrases.")
            | flat(self.usuals, "usuals.")
        )

    def search(
        self, query: str, *, limit: int = 20, favour: Mapping[str, float] | None = None, explain: bool = False
    ) -> list[Hit]:
        """Foods for what a person typed, best first.

        Every word counts, the last one also as a beginning unless a space follows it. A word that no food
        knows is left out and named in ``why``.

        Args:
            query: What was typed; beyond 200 characters or 12 words the rest is ignored.
            limit: At most so many.
            favour: Food id to how usual it is for this person, 0 to 1; it lifts only foods that match.
            explain: Whether to say which evidence placed each hit.

        Returns:
            At most ``limit`` hits; empty when no word is known.
        """
        typed = query[:LONGEST_QUERY]
        words = _query_words(typed)
        if not words or not len(self.ids) or limit < 1:
            return []
        begun = not typed[-1:].isspace()
        match = Match(self.postings, self.spelling, self.phrases)
        readings, meant = self._read(match, words, begun=begun)
        favoured = self._favoured(favour)
        hits = self._hits(match, readings, meant, favoured, limit, explain=explain)
        return self._with_others(match, words, hits, explain=explain) if limit > OTHERS[-1] else hits

    def _hits(
        self,
        match: Match,
        readings: Sequence[Reading],
        meant: Mapping[int, Meant],
        favoured: Mapping[int, float],
        limit: int,
        *,
        explain: bool,
    ) -> list[Hit]:
        foods = match.candidates(readings, (*favoured, *meant))
        answer = Answer(self.ids, self.usuals, match, readings, match.tokens(foods)) if len(foods) else None
        return answer.hits(limit, favoured, meant, explain=explain) if answer else []

    def _with_others(self, match: Match, words: Sequence[str], hits: list[Hit], *, explain: bool) -> list[Hit]:
        """The hits with the best of each other word that may have been meant among them, so that it can be chosen."""
        shown = {hit.id for hit in hits}
        places = iter(OTHERS)
        for way, differs in match.lookup.instead(words):
            reading = Reading(way, False, LIKELY, (differs,), in_order=True)
            others = [reading, *(reading.then(other) for other in self._reworded(way, begun=False))]
            meant = {at: Meant(told.score, (differs,)) for at, told in self._meant(way, begun=False).items()}
            best = self._hits(match, others, meant, {}, 1, explain=explain)
            if best and best[0].id not in shown:
                shown.add(best[0].id)
                hits = [*hits[: (place := next(places))], best[0], *hits[place:-1]]
        return hits

    def _read(self, match: Match, words: tuple[str, ...], *, begun: bool) -> tuple[list[Reading], dict[int, Meant]]:
        """Ways to read a query, surest first; and the foods usually meant by it, with their scores."""
        parted = self._parted(match, words)
        match.brand_named = not any(all(map(self._plainly_knows, reading.words)) for reading in parted)
        others = [*parted, *self._reworded(words, begun=begun)]
        meant = self._meant(words, begun=begun)
        phrased = self._phrased(match, words, begun=begun)
        if parted and len(words) == 1 and any("".join(way.words) == term(words[0]) for way in phrased):
            return others[:MOST_READINGS], meant
        readings = [Reading(words, begun, in_order=True), *others]
        respelt = match.lookup.respelt(words, begun=begun, beside=partial(match.beside, words, begun))
        for way in sorted([*phrased, *respelt], key=lambda way: -way.factor):
            readings += [way, *(way.then(other) for other in self._reworded(way.words, begun=False))]
            for at, told in self._meant(way.words, begun=False).items():
                if at not in meant or meant[at].score < told.score * way.factor:
                    meant[at] = Meant(told.score * way.factor, way.differs)
        return readings[:MOST_READINGS], meant

    def _phrased(self, match: Match, words: Sequence[str], *, begun: bool) -> list[Reading]:
        """The query as a phrase that it may be a misspelling of, where no name has its words as typed."""
        if not all(map(str.isalpha, words)) or match.together(words, begun=begun):
            return []
        sure: dict[str, float] = {}
        for typed in dict.fromkeys(("".join(words), "".join(map(term, words)))):
            for meant, closeness, _ in match.lookup.phrase(typed):
                sure[meant] = max(closeness, sure.get(meant, 0.0))
        best = sorted(sure.items(), key=lambda found: (-found[1], found[0]))[:MOST_MEANT]
        said = " ".join(words)
        return [
            spelt(meant.split(), closeness, (Difference(Differs.READ_AS, said, meant),))
            for meant, closeness in best
            if closeness >= best[0][1] - LESS_SURE
        ]

    def _reworded(self, words: Sequence[str], *, begun: bool) -> list[Reading]:
        """The query in other words, where foods have all those."""
        return [r for r in reworded(words, prefix=begun, known=self._has) if all(map(self._has, r.words))]

    def _has(self, word: str) -> bool:
        first, last = self.postings.span(term(word))
        return first < last or word.startswith(NOT)

    def knows(self, word: str) -> bool:
        """Whether a plain food's name has this word, or those of many brands' foods; in the singular or the plural."""
        span = self.postings.span(term(word))
        return self.postings.plain.count(*span) > 0 or self.postings.branded.count(*span) >= FREQUENT

    def _plainly_knows(self, word: str) -> bool:
        return self.postings.plain.count(*self.postings.span(term(word))) > 0

    def _favoured(self, favour: Mapping[str, float] | None) -> dict[int, float]:
        """Places of a person's usual foods, and what each gains."""
        found = {}
        for food_id, strength in (favour or {}).items():
            if (at := self._place(food_id)) is not None:
                found[at] = FAVOUR_BONUS * min(1.0, max(0.0, strength)) ** 0.5
        return found

    def _place(self, food_id: str) -> int | None:
        if isinstance(self.ids, list):
            return self._order.get(food_id)
        if food_id not in self._places:
            if len(self._places) >= PLACES_KEPT:
                self._places.clear()
            self._places[food_id] = self._sought(food_id)
        return self._places[food_id]

    def _sought(self, food_id: str) -> int | None:
        """The place of an id where the ids are sorted."""
        at = bisect_left(self.ids, food_id)
        return at if at < len(self.ids) and self.ids[at] == food_id else None

    @cached_property
    def _places(self) -> dict[str, int | None]:
        """Places of ids that were asked for: mostly people's usual foods, again and again."""
        return {}

    @cached_property
    def _order(self) -> dict[str, int]:
        return {self.ids[at]: at for at in range(len(self.ids))}

    def _meant(self, words: Sequence[str], *, begun: bool) -> dict[int, Meant]:
        """Places and scores of the foods people usually mean by exactly this, or by what this begins."""
        stems = [term(word) for word in words]
        texts = {" ".join(stems): 1.0}
        typed = " ".join((*stems[:-1], words[-1]))
        if begun and len(typed) > 1:
            texts = {text: sureness(typed, text) for text in begun_with(self.usuals.texts, typed)} | texts
        found: dict[int, Meant] = {}
        for text, sure in texts.items():
            for rank, at in enumerate(self.usuals.of(text)):
                more = 0.0 if sure == 1.0 else float(self.postings.prior[at]) + self.usuals.bonuses.get(at, 0.0)
                score = USUALLY_MEANT * sure - 0.3 * rank + more
                if at not in found or found[at].score < score:
                    found[at] = Meant(score)
        return found

    def _parted(self, match: Match, words: Sequence[str]) -> list[Reading]:
        """Words written together or apart: ``cornflakes`` for ``corn flakes``, or the other way round."""
        readings = []
        for at, word in enumerate(words):
            before, after = tuple(words[:at]), tuple(words[at + 1 :])
            if after and self.knows(word + after[0]):
                differs = Difference(Differs.READ_AS, f"{word} {after[0]}", word + after[0])
                readings.append(Reading((*before, word + after[0], *after[1:]), False, 0.98, (differs,)))
            if not self._plainly_knows(word) and (apart := self._apart(match, word)):
                differs = Difference(Differs.READ_AS, word, " ".join(apart))
                readings.append(Reading((*before, *apart, *after), False, 0.98, (differs,), in_order=True))
        return readings

    def _apart(self, match: Match, word: str) -> tuple[str, str] | None:
        """The two known words that a word is made of, the second perhaps misspelt; None when there are none."""
        cuts = range(3, len(word) - 2) if word.isalpha() else ()
        known = [(word[:c], word[c:]) for c in cuts if self.knows(word[:c])]
        whole = next((pair for pair in known if self.knows(pair[1])), None)
        if whole or len(word) < 8 or match.lookup.near(word):
            return whole
        near = ((first, match.lookup.near(second)) for first, second in reversed(known))
        return next(((first, found[0][0]) for first, found in near if found), None)

    def _usual_foods(self, rows: Sequence[Usual]) -> Usuals:
        """What people usually mean, resolved to plain foods that have every word of it."""
        meant: dict[str, list[int]] = {}
        bonus: dict[int, float] = {}
        for row in rows:
            best = self._plainest(row.means)
            if best is None:
                continue
            meant.setdefault(" ".join(row.phrase), []).append(best)
            bonus[best] = max(bonus.get(best, 0.0), EVERYDAY_BONUS[row.staple] / len(row.phrase))
        return Usuals.build(meant, bonus)

    def _plainest(self, words: Sequence[str]) -> int | None:
        """The plain food that has every word, and the fewest surprises beside them."""
        match, reading = Match(self.postings, self.spelling, self.phrases), Reading(tuple(words), prefix=False)
        foods = match.candidates([reading])
        if not len(foods):
            return None
        block = match.tokens(foods)
        fits = match.every(words, block) & (self.postings.prior[foods] > KIND_BONUS["branded"])
        scores = np.where(fits, match.scores(reading, block, {}) + self.postings.prior[foods], -np.inf)
        top = int(np.argmax(scores))
        return int(foods[top]) if np.isfinite(scores[top]) else None


def _query_words(query: str) -> tuple[str, ...]:
    words = tuple(terms(_MEASURED.sub("", query))[:MOST_WORDS])
    return tuple(w for w in words if w not in STOP_WORDS) or words
