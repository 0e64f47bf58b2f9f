"""The ways to read what a person typed: synonyms, half-typed everyday phrases."""

import csv
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from provender.catalogue.differences import Difference, Differs
from provender.catalogue.words import STOP_WORDS, term, terms

LAST_LETTER = "\U0010ffff"
MOST_COMPLETED = 5

SAID_OTHERWISE = 0.99
"""How sure it is that a phrase of the table means what the table says."""
IN_PASSING = 0.9
"""The same for a single word among others, that the table gives several: ``pop`` in ``pop tarts``."""
NEAREST = 0.65
"""The same for the nearest plain food to a brand's, so that the brand's own come first."""

Phrase = tuple[str, ...]
Meaning = tuple[Phrase, float]
"""Words, and how sure it is that they are meant."""
Span = tuple[int, int, tuple[Meaning, ...]]
"""Where a phrase of the table stands in a query: start, end, and what it can mean."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a query.

    Attributes:
        words: The words to look for.
        prefix: Whether the last word may be only begun.
        factor: How sure this reading is, 0 to 1.
        differs: What is read otherwise than typed.
        in_order: Whether the words stand in the order a person says them, so that their order tells.
    """

    words: Phrase
    prefix: bool
    factor: float = 1.0
    differs: tuple[Difference, ...] = ()
    in_order: bool = False

    def then(self, other: "Reading") -> "Reading":
        """Another reading of this one's words, as sure as both."""
        differs = (*self.differs, *other.differs)
        return Reading(other.words, other.prefix, self.factor * other.factor, differs, other.in_order)


@dataclass(frozen=True, slots=True)
class Usual:
    """What most people have in mind when they say a phrase and nothing else.

    Attributes:
        phrase: What they say, as stems.
        means: The words of the catalogue's food, all of which it has.
        staple: Whether it is among the forty or so foods that people log most.
    """

    phrase: Phrase
    means: Phrase
    staple: bool


@dataclass(frozen=True, slots=True)
class Wordings:
    """``synonyms.csv`` by use.

    Attributes:
        same: Stem to words that say the same.
        phrases: Phrase, as stems, to the phrases that say the same or the nearest to it.
        usual: Every row about what people usually mean, in the file's order.
        begun: Every phrase that has another wording, joined by spaces, sorted.
        longest: Most words in a phrase.
    """

    same: Mapping[str, Phrase]
    phrases: Mapping[Phrase, tuple[Meaning, ...]]
    usual: tuple[Usual, ...]
    begun: tuple[str, ...]
    longest: int


@lru_cache(maxsize=1)
def other_words() -> tuple[tuple[str, tuple[Phrase, ...]], ...]:
    """Every single word, as a stem, that the table gives other wordings, and the terms of each of these."""
    table = wordings()
    said: dict[str, tuple[Phrase, ...]] = {
        word: tuple((term(other),) for other in others) for word, others in table.same.items()
    }
    for phrase, meanings in table.phrases.items():
        if len(phrase) == 1:
            said[phrase[0]] = (*said.get(phrase[0], ()), *(tuple(map(term, means)) for means, _ in meanings))
    return tuple(said.items())


@lru_cache(maxsize=1)
def wordings() -> Wordings:
    """The table of synonyms, read once."""
    text = files("provender.catalogue").joinpath("synonyms.csv").read_text(encoding="utf-8")
    same: dict[str, Phrase] = {}
    phrases: dict[Phrase, tuple[Meaning, ...]] = {}
    usual = []
    for row in csv.DictReader(text.splitlines()):
        phrase = tuple(term(word) for word in terms(row["phrase"]) if word not in STOP_WORDS)
        means = tuple(terms(row["means"]))
        if row["reading"] == "usual":
            usual.append(Usual(phrase, means, row["remark"] == "staple"))
        elif row["reading"] == "near":
            phrases[phrase] = (*phrases.get(phrase, ()), (means, NEAREST))
        elif len(phrase) == len(means) == 1:
            same[phrase[0]] = (*same.get(phrase[0], ()), means[0])
        else:
            phrases[phrase] = (*phrases.get(phrase, ()), (means, SAID_OTHERWISE))
    begun = tuple(sorted({*(" ".join(p) for p in phrases), *same}))
    return Wordings(same, phrases, tuple(usual), begun, max(map(len, phrases), default=0))


def reworded(words: Sequence[str], *, prefix: bool, known: Callable[[str], bool]) -> list[Reading]:
    """Other readings of a query, surest first.

    Args:
        words: The query's words, folded.
        prefix: Whether the last word may be only begun; then phrases that begin so are read too.
        known: Whether foods have a word; the nearest to what none has is as sure as another wording.
    """
    stems = tuple(map(term, words))
    spans = _spans(stems)
    readings = [
        _replaced(words, spans, choice, known) for choice in range(max((len(span[2]) for span in spans), default=0))
    ]
    if prefix and sum(map(len, words)) > 1:
        readings += _completed(" ".join((*stems[:-1], words[-1])), stems)
    return readings


def _spans(stems: Phrase) -> list[Span]:
    """Where phrases of the table stand; of two at one place, the longer."""
    table = wordings()
    spans = []
    at = 0
    while at < len(stems):
        for length in range(min(table.longest, len(stems) - at), 0, -1):
            if meanings := table.phrases.get(stems[at : at + length]):
                spans.append((at, at + length, meanings))
                at += length - 1
                break
        at += 1
    return spans


def _replaced(words: Sequence[str], spans: Sequence[Span], choice: int, known: Callable[[str], bool]) -> Reading:
    made: list[str] = []
    differs = []
    done, sureness_of_all = 0, SAID_OTHERWISE
    for start, end, meanings in spans:
        means, sure = meanings[min(choice, len(meanings) - 1)]
        in_passing = end - start == 1 < len(words) and len(means) > 1
        if all(map(known, words[start:end])):
            sureness_of_all = min(sureness_of_all, sure, IN_PASSING if in_passing else 1.0)
        made += [*words[done:start], *means]
        said = " ".join(words[start:end])
        if sorted(map(term, means)) != sorted(map(term, words[start:end])):
            differs.append(_otherwise(said, means))
        done = end
    made += words[done:]
    return Reading(tuple(dict.fromkeys(made)), prefix=False, factor=sureness_of_all, differs=tuple(differs))


def _completed(typed: str, stems: Phrase) -> list[Reading]:
    """What the table's phrases that begin so would mean; the less was typed, the less sure."""
    table = wordings()
    found = []
    for text in begun_with(table.begun, typed)[:MOST_COMPLETED]:
        phrase = tuple(text.split(" "))
        if phrase == stems:
            continue
        known = (*table.phrases.get(phrase, ()), *(((s,), SAID_OTHERWISE) for s in table.same.get(text, ())))
        means, sure = known[0]
        found.append(Reading(means, False, sure * sureness(typed, text), (_otherwise(text, means),)))
    return found


def _otherwise(said: str, means: Phrase) -> Difference:
    return Difference(Differs.READ_AS, said, " ".join(means))


def begun_with(texts: Sequence[str], typed: str) -> Sequence[str]:
    """The texts, of a sorted sequence, that begin with what was typed."""
    return texts[bisect_left(texts, typed) : bisect_left(texts, typed + LAST_LETTER)]


def sureness(typed: str, text: str) -> float:
    """How sure it is that a person who has typed so much means this text: 0.5 to 0.95."""
    return 0.5 + 0.45 * min(1.0, len(typed) / len(text))
