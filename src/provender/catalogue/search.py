"""The food search: words, plurals, beginnings, slips of the finger, synonyms, and plain foods first."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from provender.catalogue.readings import LAST_LETTER, Reading, begun_with, reworded, slips, sureness, wordings
from provender.catalogue.words import STOP_WORDS, stem, tokens, weigh

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
Seen = dict[tuple[str, bool], "_Found | None"]

LONGEST_QUERY = 200
MOST_WORDS = 12
MOST_READINGS = 12
KIND_BONUS = {"generic": 0.0, "own": 0.5, "dish": -0.4, "branded": -1.5}
SCALE = 12.0
"""Score of a food whose name is exactly what was asked."""
USUALLY_MEANT = 13.0
"""Score of what most people mean when they say just this."""
EVERYDAY_BONUS = {True: 1.3, False: 0.8}
"""What a food gains by being what people usually mean by some word; True for a staple."""
FAVOUR_BONUS = 5.0
"""What a food gains that this person logs all the time (favour 1)."""
NOT_KNOWN = 0.85
"""Factor for each word that no food knows, so that a reading that knows it is preferred."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One food found.

    Attributes:
        id: The food's id.
        score: About 12 for a name that is exactly what was asked, lower the more it surprises; comparable
            between indexes and queries. No fixed minimum.
        why: What was read differently or left out, in words; "" when every word was found as typed.
    """

    id: str
    score: float
    why: str = ""


@dataclass(frozen=True, slots=True)
class _Found:
    """What one word found: match 0 to 1 and refunded surprise, for every food."""

    match: Floats
    refund: Floats
    note: str = ""


@dataclass(frozen=True)
class FoodIndex:
    """An inverted index over food names, in flat arrays so that it can be mapped from a file.

    Attributes:
        ids: Food ids, shape (foods,).
        forms: Every word of every name, folded, sorted; shape (forms,).
        starts: Where each form's postings begin, shape (forms + 1,).
        foods: Position of the food of each posting, shape (postings,).
        weights: How central the word is to that name, 0 to 1, shape (postings,).
        costs: How much the word surprises in that name when nobody asked for it, shape (postings,).
        leftover: Sum of ``costs`` over a food's words, shape (foods,).
        prior: Bonus of kind and everyday use, shape (foods,).
        stems: Stem to the positions of its forms.
        places: Food id to its position.
        usual: Phrase to the positions of the foods that people usually mean by it, first choice first.
        usual_texts: The phrases of ``usual``, sorted.
    """

    ids: tuple[str, ...]
    forms: tuple[str, ...]
    starts: Ints
    foods: Ints
    weights: Floats
    costs: Floats
    leftover: Floats
    prior: Floats
    stems: Mapping[str, tuple[int, ...]]
    places: Mapping[str, int]
    usual: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    usual_texts: tuple[str, ...] = ()

    @classmethod
    def build(cls, foods: Iterable[tuple[str, str, str]]) -> "FoodIndex":
        """An index over foods.

        Args:
            foods: Id, name and kind (generic, dish, branded or own) of each food; ids are unique.
        """
        ids: list[str] = []
        prior: list[float] = []
        postings: dict[str, list[tuple[int, float, float]]] = {}
        for number, (food_id, name, kind) in enumerate(foods):
            ids.append(food_id)
            prior.append(KIND_BONUS.get(kind, 0.0))
            for form, (weight, cost) in weigh(name).items():
                postings.setdefault(form, []).append((number, weight, cost))
        forms = tuple(sorted(postings))
        starts = np.cumsum([0, *(len(postings[form]) for form in forms)]).astype(np.int32)
        flat = np.array([p for form in forms for p in postings[form]], np.float64).reshape(-1, 3)
        where = flat[:, 0].astype(np.int32)
        stems: dict[str, tuple[int, ...]] = {}
        for number, form in enumerate(forms):
            stems[stem(form)] = (*stems.get(stem(form), ()), number)
        index = cls(
            ids=tuple(ids),
            forms=forms,
            starts=starts,
            foods=where,
            weights=flat[:, 1].astype(np.float32),
            costs=flat[:, 2].astype(np.float32),
            leftover=np.bincount(where, flat[:, 2], len(ids)).astype(np.float32),
            prior=np.array(prior, np.float32),
            stems=stems,
            places={food_id: number for number, food_id in enumerate(ids)},
        )
        return index._with_usual()

    def search(self, query: str, *, limit: int = 20, favour: Mapping[str, float] | None = None) -> list[Hit]:
        """Foods for what a person typed, best first.

        Every word counts, the last one also as a beginning unless a space follows it. A word that no food
        knows is left out and named in ``why``.

        Args:
            query: What was typed; beyond 200 characters or 12 words the rest is ignored.
            limit: At most so many.
            favour: Food id to how usual it is for this person, 0 to 1; it lifts only foods that match.

        Returns:
            At most ``limit`` hits; empty when no word is known.
        """
        typed = query[:LONGEST_QUERY]
        words = _query_words(typed)
        if not words or not self.ids or limit < 1:
            return []
        prefix = not typed[-1:].isspace()
        readings = [Reading(words, prefix), *self._parted(words), *reworded(words, prefix=prefix)][:MOST_READINGS]
        best = np.full(len(self.ids), -np.inf, np.float32)
        read = np.zeros(len(self.ids), np.int16)
        seen: Seen = {}
        for number, reading in enumerate(readings):
            scores = self._scores(reading, seen)
            better = scores > best
            best[better] = scores[better]
            read[better] = number
        meant = self._meant(words, prefix=prefix)
        for at, score in meant.items():
            best[at] = max(best[at], score)
        final = best + self._favoured(favour)
        return [
            Hit(
                self.ids[at],
                round(float(final[at]), 4),
                "" if meant.get(at, -np.inf) >= best[at] else _why(readings[read[at]], at, seen),
            )
            for at in _first(final, limit)
        ]

    def _with_usual(self) -> "FoodIndex":
        """This index with what people usually mean resolved to its foods, and those foods lifted."""
        usual: dict[str, tuple[int, ...]] = {}
        bonus = np.zeros(len(self.ids), np.float32)
        for row in wordings().usual:
            if not all(stem(word) in self.stems for word in row.means):
                continue
            scores = self._scores(Reading(row.means, prefix=False), {}, every=True)
            top = int(np.argmax(scores))
            if not np.isfinite(scores[top]):
                continue
            text = " ".join(row.phrase)
            usual[text] = (*usual.get(text, ()), top)
            gain = EVERYDAY_BONUS[row.staple] / len(row.phrase)
            bonus[top] = max(bonus[top], gain)
        return replace(self, prior=self.prior + bonus, usual=usual, usual_texts=tuple(sorted(usual)))

    def _meant(self, words: Sequence[str], *, prefix: bool) -> dict[int, float]:
        """Positions and scores of the foods people usually mean by exactly this, or by what this begins."""
        stems = [stem(word) for word in words]
        texts = {" ".join(stems): 1.0}
        typed = " ".join((*stems[:-1], words[-1]))
        if prefix and len(typed) > 1:
            texts = {text: sureness(typed, text) for text in begun_with(self.usual_texts, typed)} | texts
        found: dict[int, float] = {}
        for text, sure in texts.items():
            for rank, at in enumerate(self.usual.get(text, ())):
                score = USUALLY_MEANT * sure - 0.3 * rank + (0.0 if sure == 1.0 else float(self.prior[at]))
                found[at] = max(found.get(at, 0.0), score)
        return found

    def _favoured(self, favour: Mapping[str, float] | None) -> Floats:
        bonus = np.zeros(len(self.ids), np.float32)
        for food_id, strength in (favour or {}).items():
            if (at := self.places.get(food_id)) is not None:
                bonus[at] = FAVOUR_BONUS * min(1.0, max(0.0, strength)) ** 0.5
        return bonus

    def _scores(self, reading: Reading, seen: Seen, *, every: bool = False) -> Floats:
        """Score of every food for one reading, -inf where too little matches (``every``: any word)."""
        total = np.zeros(len(self.ids), np.float32)
        refund = np.zeros(len(self.ids), np.float32)
        required = np.ones(len(self.ids), bool)
        rarities = 0.0
        sure = reading.factor
        for number, word in enumerate(reading.words):
            found = self._look_up(word, seen, prefix=reading.prefix and number == len(reading.words) - 1)
            if found is None:
                sure *= NOT_KNOWN
                continue
            hit = found.match > 0
            rarity = float(np.log1p(len(self.ids) / (1 + int(hit.sum())))) + 0.5
            total += rarity * found.match
            refund += found.refund
            required &= hit
            rarities += rarity
        if not rarities:
            return np.full(len(self.ids), -np.inf, np.float32)
        total *= sure / rarities
        enough = required if every else (total > 0) & (total >= 0.5 * total.max())
        surprise_left = np.log1p(np.maximum(self.leftover - refund, 0.0))
        scores = np.where(enough, SCALE * total - 2.0 * surprise_left + self.prior, -np.inf)
        return scores.astype(np.float32)

    def _parted(self, words: Sequence[str]) -> list[Reading]:
        """Words written together or apart: ``cornflakes`` for ``corn flakes``, or the other way round."""
        readings = []
        for at, word in enumerate(words):
            before, after = tuple(words[:at]), tuple(words[at + 1 :])
            if after and stem(word + after[0]) in self.stems:
                note = f"“{word} {after[0]}” read as “{word + after[0]}”"
                readings.append(Reading((*before, word + after[0], *after[1:]), False, 0.98, note))
            if stem(word) not in self.stems and (cut := self._cut(word)):
                note = f"“{word}” read as “{word[:cut]} {word[cut:]}”"
                readings.append(Reading((*before, word[:cut], word[cut:], *after), False, 0.98, note))
        return readings

    def _cut(self, word: str) -> int:
        """Where a word parts into two known ones of three letters or more; 0 when nowhere."""
        cuts = range(3, len(word) - 2)
        return next((c for c in cuts if stem(word[:c]) in self.stems and stem(word[c:]) in self.stems), 0)

    def _look_up(self, word: str, seen: Seen, *, prefix: bool) -> _Found | None:
        """What a word finds, or None when no food knows it, however spelt."""
        if (word, prefix) not in seen:
            seen[word, prefix] = self._find(word, prefix=prefix)
        return seen[word, prefix]

    def _find(self, word: str, *, prefix: bool) -> _Found | None:
        others = wordings().same.get(stem(word), ())
        spans = [(at, at + 1, 1.0) for at in self.stems.get(stem(word), ())]
        note = "" if spans or not others else f"“{word}” read as “{others[0]}”"
        spans += [(at, at + 1, 0.97) for other in others for at in self.stems.get(stem(other), ())]
        if prefix:
            first, last = self._begun(word)
            if last > first:
                spans.append((first, last, -0.55 if spans else -0.65))
        if spans or len(word) < 4:
            return self._gather(word, spans, note) if spans else None
        if near := self._near(word, prefix=prefix):
            return self._gather(word, near, f"“{word}” read as “{self.forms[near[0][0]]}”")
        inside = [(at, at + 1, 0.6) for at, form in enumerate(self.forms) if word in form]
        return self._gather(word, inside) if inside else None

    def _gather(self, word: str, spans: Sequence[tuple[int, int, float]], note: str = "") -> _Found:
        """Postings of spans of forms; a negative quality is a floor that grows with the share typed."""
        match = np.zeros(len(self.ids), np.float32)
        refund = np.zeros(len(self.ids), np.float32)
        for first, last, quality in spans:
            piece = slice(self.starts[first], self.starts[last])
            where = self.foods[piece]
            share: Floats | float = quality
            if quality < 0:
                typed = [0.3 * len(word) / len(form) - quality for form in self.forms[first:last]]
                share = np.repeat(np.array(typed, np.float32), np.diff(self.starts[first : last + 1]))
            np.maximum.at(match, where, self.weights[piece] * share)
            np.maximum.at(refund, where, self.costs[piece])
        return _Found(match, refund, note)

    def _begun(self, word: str) -> tuple[int, int]:
        return bisect_left(self.forms, word), bisect_left(self.forms, word + LAST_LETTER)

    def _near(self, word: str, *, prefix: bool) -> list[tuple[int, int, float]]:
        """Spans of forms one slip away, most used first; of beginnings one slip away if there are none."""
        near = slips(word)
        spans = {(at, at + 1, 0.75) for slip in near for at in self.stems.get(stem(slip), ())}
        if prefix and not spans and len(word) > 4:
            begun = {self._begun(slip) for slip in near if slip[:2] == word[:2]}
            spans = {(first, last, -0.45) for first, last in begun if last > first}
        return sorted(spans, key=lambda s: (int(self.starts[s[0]] - self.starts[s[1]]), s))[:8]


def _first(scores: Floats, limit: int) -> list[int]:
    """Positions of the best finite scores, best first; of equals, the food that came first."""
    found = np.flatnonzero(np.isfinite(scores))
    if len(found) > limit:
        least = np.partition(scores[found], -limit)[-limit]
        found = found[scores[found] >= least]
    order = np.lexsort((found, -scores[found]))
    return [int(at) for at in found[order][:limit]]


def _query_words(query: str) -> tuple[str, ...]:
    words = tuple(tokens(query)[:MOST_WORDS])
    return tuple(w for w in words if w not in STOP_WORDS) or words


def _why(reading: Reading, at: int, seen: Seen) -> str:
    notes = [reading.note] if reading.note else []
    for number, word in enumerate(reading.words):
        found = seen.get((word, reading.prefix and number == len(reading.words) - 1))
        if found is None:
            notes.append(f"no food knows “{word}”: left out")
        elif not found.match[at]:
            notes.append(f"without “{word}”")
        elif found.note:
            notes.append(found.note)
    return "; ".join(notes)
