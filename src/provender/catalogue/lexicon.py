"""What can be meant by somebody who misspells: the words and the phrases of an index and of the table of wordings."""

from collections.abc import Iterable
from typing import Final

import numpy as np

from provender.catalogue.lookup import SHORTEST_PHRASE
from provender.catalogue.postings import Postings
from provender.catalogue.readings import other_words, wordings
from provender.catalogue.spelling import Spelling
from provender.catalogue.words import STOP_WORDS

FREQUENT: Final = 20
"""Brands' foods that must have a word before it counts as known."""
SPELT_BY: Final = 8
SPELT_BY_ONE_IN: Final = 40_000
"""The same before a misspelt one can mean it, or two words side by side: so many, and one in so many foods."""
USUALLY: Final = 5
"""How many times likelier to be meant a word is that people say for a food and nothing else."""
PAIRED_BY: Final = 2
"""Plain foods that must have two words side by side before they are a phrase."""


def words_of(postings: Postings) -> Spelling:
    """The words that can be meant: plain foods', those that many branded foods have, and other words for them."""
    plain, branded = np.diff(postings.plain.ends), np.diff(postings.branded.ends)
    kept = np.flatnonzero((plain > 0) | (branded >= _spelt_by(postings)))
    counted = {postings.term(at): int(plain[at] + branded[at]) for at in kept.tolist()}
    for word, meanings in other_words():
        if any(all(each in counted for each in means) for means in meanings):
            counted.setdefault(word, FREQUENT)
    for usual in wordings().usual:
        if len(usual.phrase) == 1 and usual.phrase[0] in counted:
            counted[usual.phrase[0]] *= USUALLY
    return Spelling.build({word: count for word, count in counted.items() if word not in STOP_WORDS})


def phrases_of(postings: Postings) -> Spelling:
    """The phrases that can be meant: neighbours in many names, and those of the table of wordings."""
    counted: dict[str, int] = {}
    for branded, least in ((False, PAIRED_BY), (True, _spelt_by(postings))):
        for text, count in _neighbours(postings, branded=branded, least=least):
            counted[text] = counted.get(text, 0) + count
    table = wordings()
    for text in (*table.begun, *(" ".join(usual.phrase) for usual in table.usual)):
        counted.setdefault(text, FREQUENT)
    return Spelling.build({text: count for text, count in counted.items() if len(text) >= SHORTEST_PHRASE})


def _spelt_by(postings: Postings) -> int:
    return max(SPELT_BY, len(postings.prior) // SPELT_BY_ONE_IN)


def _neighbours(postings: Postings, *, branded: bool, least: int) -> Iterable[tuple[str, int]]:
    """Two words that stand one after the other in the names of so many foods."""
    ends = postings.token_ends.astype(np.int64)
    lengths = np.diff(ends)
    within = np.repeat(postings.of_brand == branded, lengths)
    within[ends[1:][lengths > 0] - 1] = False
    at = np.flatnonzero(within)
    keys = postings.token_terms[at].astype(np.uint64) << np.uint64(32) | postings.token_terms[at + 1]
    pairs, counts = np.unique(keys, return_counts=True)
    enough = counts >= least
    for pair, count in zip(pairs[enough].tolist(), counts[enough].tolist(), strict=True):
        yield f"{postings.term(pair >> 32)} {postings.term(pair & 0xFFFFFFFF)}", count
