"""Checks of claims, studies and sources: each finds what it is for, and the small shelf is without fault."""

from datetime import date

import pytest
from copied_shelf import SHELF, TODAY, CopiedShelf

from provender.library.checks import CHECKS, findings
from provender.library.record import Checked
from provender.library.salt_doses import salt_doses
from provender.library.shelf import shelf


def test_the_small_shelf_has_no_fault_but_the_four_p_values_of_one_trial():
    found = findings(shelf(SHELF), today=TODAY)
    assert {one.check for one in found} == {"reported-p"}
    assert {one.file for one in found} == {"studies/yousef2013.yaml"}
    assert [one.line for one in found] == [21, 28, 29, 30]


def test_the_library_that_comes_along_has_no_error():
    found = findings(shelf(), today=date(2026, 11, 23))
    assert [str(one) for one in found if one.level == "error"] == []


def test_every_check_says_what_it_holds_to():
    assert all(check.__doc__ and check.__doc__.endswith(".") for check in CHECKS)
    assert len({check.__name__ for check in CHECKS}) == len(CHECKS)


@pytest.mark.parametrize(
    ("check", "file", "old", "new", "said"),
    [
        (
            "verb",
            "magnesium-cramps",
            "says: Magnesium by mouth probably makes",
            "says: Magnesium by mouth makes",
            "line 3, says: found a plain verb",
        ),
        (
            "verb",
            "magnesium-cramps",
            "says: Magnesium by mouth probably makes little or no difference to",
            "says: Magnesium by mouth probably reduces",
            "found an effect",
        ),
        (
            "figure",
            "magnesium-cramps",
            "the newest of 175 people",
            "the newest of 176 people",
            "line 6, because: found “176”",
        ),
        ("figure", "magnesium-cramps", "Four trials", "Seven trials", "found “Seven”"),
        (
            "figure",
            "magnesium-chronic-back-pain",
            "changes chronic low back pain",
            "changes pain in 81 people",
            "line 3, says: found “81”",
        ),
        ("forbidden-word", "numbness", "says: New numbness", "says: Proven numbness", "found the word “Proven”"),
        (
            "elemental",
            "numbness",
            "It can be",
            "Take 400 mg of magnesium oxide. It can be",
            "found “400 mg of magnesium oxide”",
        ),
        (
            "certainty",
            "magnesium-cramps",
            "certainty: moderate",
            "certainty: high",
            "found 1 reasons beside high, expected none",
        ),
        ("certainty", "magnesium-cramps", "steps: 1", "steps: 2", "found 2 steps, expected 1 for moderate"),
        ("certainty", "magnesium-chronic-back-pain", "steps: 2", "steps: 1", "found 2 steps, expected 3 for very-low"),
        (
            "rating",
            "magnesium-cramps",
            "size: trivial",
            "size: large",
            "found large, expected trivial beside no-difference",
        ),
        (
            "claim-sourced",
            "magnesium-chronic-back-pain",
            "evidence:\n  - {source: yousef2013, study: yousef2013, role: finds, stance: for, says: from 7.5 to 4.7 points, locator: abstract}",
            "evidence: []",
            "found no evidence",
        ),
    ],
)
def test_a_fault_of_a_claim_is_found_with_its_line(tmp_path, check, file, old, new, said):
    found = CopiedShelf(tmp_path).edit(f"claims/{file}.yaml", old, new).found(check)
    assert said in "\n".join(str(one) for one in found)
    assert f"claims/{file}.yaml line" in str(found[0])


def test_evidence_that_is_not_of_trials_starts_two_steps_lower(tmp_path):
    copy = CopiedShelf(tmp_path)
    copy.edit("claims/numbness.yaml", "kind: advice\n", "kind: harm\ncertainty: low\n")
    assert copy.found("certainty") == []


def test_advice_may_rest_on_nothing_if_its_verdict_says_so(tmp_path):
    copy = CopiedShelf(tmp_path).edit("claims/numbness.yaml", "verdict: contradicted", "verdict: unverifiable")
    copy.edit(
        "claims/numbness.yaml",
        "evidence:\n  - {source: nhs-back-pain, role: defines, stance: describes, says: names it as a reason to call at once}\n",
        "",
    )
    found = copy.found("claim-sourced")
    assert [one.file for one in found] == ["articles/warning-signs.md"]


def test_a_claim_is_stale_when_its_month_is_over_and_that_is_a_warning(tmp_path):
    copy = CopiedShelf(tmp_path)
    assert copy.found("stale", today=date(2027, 11, 30)) == []
    found = copy.found("stale", today=date(2027, 12, 1))
    assert {one.level for one in found} == {"warning"}
    assert {one.file.partition("/")[0] for one in found} == {"articles", "claims", "hubs", "redflags", "substances"}
    assert "claims/magnesium-cramps-older.yaml" not in {one.file for one in found}


def test_what_has_no_due_month_is_never_stale():
    assert not Checked(on=date(2000, 1, 1), by="x").stale(date(2100, 1, 1))


def test_a_retracted_source_fails_its_claim_and_every_article_that_cites_it(tmp_path):
    copy = CopiedShelf(tmp_path)
    copy.edit(
        "sources/barna2021.json",
        '"retraction": null',
        '"retraction": {"on": "2026-01-01", "notice": "DOI 10.1/x", "reason": null}',
    )
    found = copy.found("retracted")
    assert {one.file for one in found} == {"claims/magnesium-cramps.yaml", "articles/cramps.md"}
    assert {one.level for one in found} == {"error"}
    assert (
        "claims/magnesium-cramps.yaml line 15, evidence[0].source: found barna2021, retracted on 2026-01-01"
        in str(found)
        or found
    )


def test_a_retracted_source_may_be_named_as_what_is_cited(tmp_path):
    copy = CopiedShelf(tmp_path)
    copy.edit(
        "sources/barna2021.json", '"retraction": null', '"retraction": {"on": "2026-01-01", "notice": "DOI 10.1/x"}'
    )
    copy.edit("claims/magnesium-cramps.yaml", "role: finds\n", "role: cites\n")
    assert copy.found("retracted") == []


def test_a_result_of_no_arm_is_told(tmp_path):
    copy = CopiedShelf(tmp_path).edit(
        "studies/yousef2013.yaml", "{arm: placebo, time: after", "{arm: plcebo, time: after"
    )
    assert "outcomes[0].results[2].arm: found “plcebo”, expected an arm: magnesium, placebo" in str(
        copy.found("arm")[0]
    )


def test_an_effect_beside_its_interval_is_told(tmp_path):
    copy = CopiedShelf(tmp_path).edit("studies/garrison2011.yaml", "high: 1.7", "high: 7.7")
    assert "found -0.7 far from the middle of -3.1 to 7.7" in str(copy.found("effect")[0])


def test_an_arm_with_a_mass_of_salt_and_no_elemental_dose_is_told(tmp_path):
    copy = CopiedShelf(tmp_path).edit("studies/yousef2013.yaml", "name: placebo", "name: magnesium oxide 520 mg")
    assert "arms[1].name: found “magnesium oxide 520 mg”" in str(copy.found("elemental")[0])


def test_a_p_that_is_too_small_is_told_as_such(tmp_path):
    copy = CopiedShelf(tmp_path).edit("studies/roguinmaor2017.yaml", "{p: 0.67, compares", "{p: 0.0001, compares")
    said = [str(one) for one in copy.found("reported-p") if "roguinmaor2017" in one.file]
    assert "found p 0.0001 for cramps, expected at least 0.67 from its own figures" in said[0]


def test_a_synthesis_that_cannot_be_computed_gives_no_numbers(tmp_path):
    copy = CopiedShelf(tmp_path).edit(
        "claims/magnesium-cramps.yaml", "{study: frusso1999, outcome", "{study: frusso, outcome"
    )
    assert copy.found("figure") == []


@pytest.mark.parametrize(
    ("text", "doses"),
    [
        ("Take 400 mg of magnesium citrate a day.", ("400 mg of magnesium citrate",)),
        ("magnesium oxide 520 mg twice", ("magnesium oxide 520 mg",)),
        ("2 g Epsom salt", ("2 g Epsom salt",)),
        ("5 mg zinc gluconate", ("5 mg zinc gluconate",)),
        ("400 mg of magnesium citrate hold 65 mg of elemental magnesium.", ()),
        ("365 mg of magnesium", ()),
        ("Magnesium oxide is poorly absorbed; 4 percent.", ()),
    ],
)
def test_doses_of_a_salt_are_found_where_nothing_is_said_of_the_element(text, doses):
    assert salt_doses(text) == doses
