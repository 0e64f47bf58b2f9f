"""The numbers that a claim, and an article's sentence, may use: those of the studies they rest on."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from provender.library.holdings import Shelf
from provender.library.known import Known, known_in, numbers_known
from provender.library.pooling import pooled
from provender.library.records import Article
from provender.nutrition.reference_table import rows
from provender.terms.errors import InputError, NotFoundError

EVERYWHERE = numbers_known((111, 112, 911, 999))
"""Numbers to call."""


@dataclass(frozen=True)
class Grounds:
    """The numbers of the shelves by claim, looked up once."""

    shelf: Shelf
    _claims: dict[str, Known] = field(default_factory=dict)

    def of_claim(self, claim_id: str) -> Known:
        """Numbers of its studies, of what its evidence says and where, of its question and its synthesis."""
        if claim_id not in self._claims:
            claim = self.shelf.claims[claim_id]
            found = known_in((claim.evidence, claim.pico, claim.composition, claim.trial, claim.unverified))
            for one in claim.evidence:
                study = self.shelf.studies.get(one.study or "")
                if study is not None:
                    found |= known_in(study)
            self._claims[claim_id] = found | self._pooled(claim_id) | numbers_known([len(claim.evidence)]) | EVERYWHERE
        return self._claims[claim_id]

    def of_sentence(self, claims: Iterable[str], article: Article) -> Known:
        """Numbers of the claims it rests on, and of the limits of the article's substances."""
        found = self.of_article(article)
        for claim_id in claims:
            if claim_id in self.shelf.claims:
                claim = self.shelf.claims[claim_id]
                found |= self.of_claim(claim_id) | known_in((claim.says, claim.because))
        return found

    def of_article(self, article: Article) -> Known:
        """Limits and usual doses of the substances that an article is about."""
        found = EVERYWHERE
        for name in article.substances:
            if name in self.shelf.substances:
                substance = self.shelf.substances[name]
                found |= known_in((substance.limits, substance.usual_dose))
                limits = (row.value for row in rows() if row.nutrient == substance.nutrient and row.kind == "UL")
                found |= numbers_known(limits)
        return found

    def _pooled(self, claim_id: str) -> Known:
        claim = self.shelf.claims[claim_id]
        if claim.synthesis is None:
            return Known()
        try:
            found = pooled(self.shelf, claim.synthesis)
        except (InputError, NotFoundError):  # told by reading and by the check of syntheses
            return Known()
        one, people = found.summary, [row.people or 0 for row in found.rows]
        ends = (one.predicted_low, one.predicted_high)
        return numbers_known((one.studies, one.effect, one.low, one.high, 100 * one.i2, sum(people), *ends))
