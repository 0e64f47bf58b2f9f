"""A claim's studies taken together, and the summary in words."""

import numpy as np
import pytest
from copied_shelf import SHELF, CopiedShelf

from provender.library.claim_records import SynthesisSpec
from provender.library.pooling import label, pooled, standard_error, synthesis_of
from provender.library.shelf import shelf
from provender.library.study_records import EffectFigures
from provender.library.summary import Conclusion, number, summary
from provender.library.synthesis import synthesis
from provender.terms.errors import InputError, NotFoundError

FOUND = shelf(SHELF)
FOUR = FOUND.claims["magnesium-cramps"].synthesis


def spec(**changed):
    return FOUR.model_copy(update=changed)


def with_effects(ratio, *effects):
    """A shelf whose studies found these effects, and what takes them together."""
    studies, asked = {}, []
    base = FOUND.studies["barna2021"]
    for i, (value, low, high) in enumerate(effects):
        figures = EffectFigures(
            measure="risk-ratio" if ratio else "mean-difference", value=value, low=low, high=high, derived="x"
        )
        outcome = base.outcomes[0].model_copy(update={"effect": figures})
        studies[f"s{i}"] = base.model_copy(update={"outcomes": (outcome,), "analysed": 10 if i else None})
        asked.append({"study": f"s{i}", "outcome": "cramps"})
    made = FOUND.__class__(**{**{f: getattr(FOUND, f) for f in FOUND.__dataclass_fields__}, "studies": studies})
    measure = "risk-ratio" if ratio else "mean-difference"
    return pooled(made, SynthesisSpec(outcome="cramps", measure=measure, unit="cramps", better="lower", studies=asked))


def test_magnesium_for_cramps_comes_to_the_known_figures():
    """Frusso 1999, Garrison 2011, Roguin Maor 2017, Barna 2021 by statsmodels 0.15.0 and PyMARE 0.0.13.

    Their standard errors had three decimals, ours have four: hence a tolerance of 0.001.
    """
    common = pooled(FOUND, spec(method="EE")).summary
    assert (common.effect, common.low, common.high, common.i2) == pytest.approx((-0.344, -0.763, 0.074, 0.38), abs=1e-3)
    assert common.q == pytest.approx(4.84, abs=0.01)
    random = pooled(FOUND, spec(method="DL"))
    assert (random.summary.effect, random.summary.tau2) == pytest.approx((-0.350, 0.145), abs=1e-3)
    y, v = [row.effect for row in random.rows], [((row.high - row.low) / 2 / 1.959964) ** 2 for row in random.rows]
    normal = synthesis(y, v, method=random.summary.method, knapp_hartung=False)
    assert (normal.low, normal.high) == pytest.approx((-0.974, 0.275), abs=1e-3)
    reml = synthesis_of(FOUND, "magnesium-cramps").summary
    assert (reml.effect, reml.tau2) == pytest.approx((-0.353, 0.197), abs=1e-3)
    assert pooled(FOUND, spec(method="PM")).summary.effect == pytest.approx(-0.345, abs=1e-3)


def test_the_three_older_trials_come_to_nothing():
    three = pooled(FOUND, spec(method="EE", studies=FOUR.studies[:3])).summary
    assert (three.effect, three.low, three.high, three.q) == pytest.approx((0.064, -0.512, 0.640, 0.758), abs=1e-3)
    assert (three.i2, three.tau2) == (0, 0)


def test_rows_of_the_forest_are_in_the_claim_s_order_and_their_weights_come_to_one():
    found = synthesis_of(FOUND, "magnesium-cramps")
    assert [row.label for row in found.rows] == ["Frusso 1999", "Garrison 2011", "Roguin Maor 2017", "Barna 2021"]
    assert sum(row.weight for row in found.rows) == pytest.approx(1)
    assert all(row.low < row.effect < row.high for row in found.rows)
    assert found.rows[1].low == pytest.approx(-3.1)
    assert found.rows[3].without.effect == pytest.approx(0.064, abs=1e-3)
    assert [row.people for row in found.rows] == [42, 46, 94, 175]


def test_the_cramps_are_not_distinguishable_from_no_effect():
    told = summary(synthesis_of(FOUND, "magnesium-cramps"))
    assert told.conclusion is Conclusion.NOT_DISTINGUISHABLE
    assert told.sentence == (
        "Taken together, four studies of 357 people: cramps a week 0.35 lower (−1.45 to 0.75);"
        " not distinguishable from no effect."
    )
    assert told.beside == ("Another such study would probably find something between −2.14 and 1.44.",)


def test_two_studies_are_too_few_to_tell():
    told = summary(with_effects(False, (-1, -2, 0), (-0.5, -1.5, 0.5)))
    assert told.conclusion is Conclusion.TOO_FEW
    assert told.sentence.endswith("too few to tell, and not distinguishable from no effect.")
    assert told.sentence.startswith("Taken together, two studies: cramps 0.75 lower")
    assert told.beside == ()


def test_one_study_is_too_few_and_has_no_other_to_leave_out():
    found = with_effects(False, (-1, -1.5, -0.5))
    assert found.rows[0].without is None
    assert summary(found).sentence == "One study: cramps 1.00 lower (−1.50 to −0.50); too few to tell."


def test_agreeing_studies_are_better_or_worse_by_the_outcome():
    fewer = with_effects(False, (-1, -1.5, -0.5), (-1.1, -1.6, -0.6), (-0.9, -1.4, -0.4))
    assert summary(fewer).conclusion is Conclusion.BETTER
    assert summary(fewer).sentence.endswith("that is better than without it.")
    more = with_effects(False, (1, 0.5, 1.5), (1.1, 0.6, 1.6), (0.9, 0.4, 1.4))
    assert summary(more).conclusion is Conclusion.WORSE
    assert "1.00 higher" in summary(more).sentence


def test_studies_that_disagree_are_told_and_so_is_one_that_decides():
    told = summary(with_effects(False, (-1, -1.1, -0.9), (-1, -1.1, -0.9), (-1, -1.1, -0.9), (-3, -3.1, -2.9)))
    assert any(one.startswith("The studies disagree: ") for one in told.beside)
    assert "Without Barna 2021 the answer would change." in told.beside


def test_nothing_at_all_is_neither_lower_nor_higher():
    assert "no cramps more or fewer" in summary(with_effects(False, (0.0, -1, 1), (0.0, -1, 1))).sentence


def test_ratios_are_taken_together_as_logarithms():
    found = with_effects(
        True,
        (0.5, 0.4, 0.625),
        (0.5, 0.4, 0.625),
        (0.5, 0.4, 0.625),
        (0.5, 0.4, 0.625),
        (0.5, 0.4, 0.625),
        (0.5, 0.4, 0.625),
    )
    assert (found.null, found.summary.effect) == (1.0, pytest.approx(0.5))
    assert found.raw.effect == pytest.approx(np.log(0.5))
    assert (found.rows[0].low, found.rows[0].high) == pytest.approx((0.4, 0.625))
    told = summary(found)
    assert told.conclusion is Conclusion.BETTER
    assert "6 studies: cramps, a risk ratio of 0.50" in told.sentence


def test_a_claim_that_takes_nothing_together_has_no_synthesis():
    assert synthesis_of(FOUND, "numbness") is None


def test_what_cannot_be_taken_together_is_told():
    with pytest.raises(
        InputError, match=r"studies/yousef2013.yaml, bending: found no effect, expected a mean-difference"
    ):
        pooled(FOUND, spec(studies=(FOUR.studies[0].model_copy(update={"study": "yousef2013", "outcome": "bending"}),)))
    with pytest.raises(InputError, match="found a mean-difference, expected a risk-ratio"):
        pooled(FOUND, spec(measure="risk-ratio"))
    with pytest.raises(NotFoundError, match=r"found no outcome cramp in studies/frusso1999\.yaml"):
        pooled(FOUND, spec(studies=(FOUR.studies[0].model_copy(update={"outcome": "cramp"}),)))
    with pytest.raises(InputError, match="without se and without low and high"):
        standard_error(EffectFigures(measure="mean-difference", value=1, derived="x"), ratio=False)


def test_a_study_whose_source_has_no_author_is_known_by_its_id(tmp_path):
    copy = CopiedShelf(tmp_path)
    copy.edit("studies/barna2021.yaml", "source: barna2021", "source: nhs-back-pain")
    found = shelf(copy.root)
    assert label(found, "barna2021") == "National Health Service"
    copy.edit("sources/nhs-back-pain.json", '"author"', '"editor"')
    assert label(shelf(copy.root), "barna2021") == "barna2021"


def test_numbers_have_a_true_minus_and_no_minus_before_nothing():
    assert [number(x) for x in (-0.18, -0.001, 0.0, 1.3)] == ["−0.18", "0.00", "0.00", "1.30"]
