"""The numbers that a claim, and an article's sentence, may use: those of the studies they rest on."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from provender.library.figures import values_of
from provender.library.holdings import Shelf
from provender.library.pooling import pooled
from provender.library.records import Article
from provender.nutrition.reference_table import rows
from provender.terms.errors import InputError, NotFoundError

EVERYWHERE = frozenset({112.0, 911.0, 999.0, 111.0})
"""Numbers to call."""


@dataclass(frozen=True)
class Grounds:
    """The numbers of the shelves by claim, looked up once."""

    shelf: Shelf
    _claims: dict[str, frozenset[float]] = field(default_factory=dict)

    def of_claim(self, claim_id: str) -> frozenset[float]:
        """Numbers of its studies, of what its evidence says and where, of its question and its synthesis."""
        if claim_id not in self._claims:
            claim = self.shelf.claims[claim_id]
            found = values_of((claim.evidence, claim.pico, claim.composition, claim.trial, claim.unverified))
            for one in claim.evidence:
                study = self.shelf.studies.get(one.study or "")
                if study is not None:
                    found |= values_of(study)
            self._claims[claim_id] = found | self._pooled(claim_id) | {float(len(claim.evidence))} | EVERYWHERE
        return self._claims[claim_id]

    def of_sentence(self, claims: Iterable[str], article: Article) -> frozenset[float]:
        """Numbers of the claims it rests on, and of the limits of the article's substances."""
        found: frozenset[float] = self.of_article(article)
        for claim_id in claims:
            if claim_id in self.shelf.claims:
                claim = self.shelf.claims[claim_id]
                found |= self.of_claim(claim_id) | values_of((claim.says, claim.because))
        return found

    def of_article(self, article: Article) -> frozenset[float]:
        """Limits and usual doses of the substances that an article is about."""
        found: frozenset[float] = EVERYWHERE
        for name in article.substances:
            if name in self.shelf.substances:
                substance = self.shelf.substances[name]
                found |= values_of((substance.limits, substance.usual_dose))
                found |= {row.value for row in rows() if row.nutrient == substance.nutrient and row.kind == "UL"}
        return found

    def _pooled(self, claim_id: str) -> frozenset[float]:
        claim = self.shelf.claims[claim_id]
        if claim.synthesis is None:
            return frozenset()
        try:
            found = pooled(self.shelf, claim.synthesis)
        except (InputError, NotFoundError):  # told by reading and by the check of syntheses
            return frozenset()
        one = found.summary
        ends = (one.predicted_low, one.predicted_high, 100 * one.i2, one.tau2, one.p)
        return frozenset(
            {float(one.studies), one.effect, one.low, one.high, *(end for end in ends if end is not None)}
            | {value for row in found.rows for value in (row.effect, row.low, row.high, 100 * row.weight)}
        )
