"""The table of reference intakes says what the reports print, for everybody, once."""

from itertools import pairwise, product

import pytest

from provender.nutrition import reference_table
from provender.nutrition.recipient import Recipient
from provender.nutrition.reference_intakes import Scope, references
from provender.nutrition.reference_table import AUTHORITIES, KINDS, LIFE_STAGES, cells, rows
from provender.terms.nutrients import NUTRIENTS

AGES = {"NASEM": (0.2, 0.7, 2, 6, 11, 16, 25, 40, 60, 80), "EFSA": (0.7, 1.2, 2.5, 3.5, 5, 8, 12.5, 16, 20, 35, 55, 85)}
PEOPLE = [
    (authority, sex, stage, age)
    for authority in AUTHORITIES
    for sex, stage in product(("female", "male"), LIFE_STAGES)
    for age in AGES[authority]
    if stage == "none" or (sex == "female" and 18 <= age < 51)
]
NASEM_NUTRIENTS = 35

# Typed from the reports' summary tables (IOM 1997 to 2011, NASEM 2019), not from the file under test.
# sex, life stage, age, nutrient, kind, value in the nutrient's unit
NASEM_GOLDEN = [
    ("male", "none", 40, "MG", "ear", 350),
    ("female", "none", 40, "MG", "ear", 265),
    ("female", "none", 40, "MG", "rda", 320),
    ("female", "none", 25, "MG", "rda", 310),
    ("female", "pregnant-2", 16, "MG", "ear", 335),
    ("male", "none", 5, "MG", "ul", 110),
    ("male", "none", 2, "CA", "ear", 500),
    ("male", "none", 60, "CA", "rda", 1000),
    ("female", "none", 60, "CA", "rda", 1200),
    ("male", "none", 60, "CA", "ul", 2000),
    ("female", "none", 0.7, "CA", "ai", 260),
    ("female", "pregnant-1", 16, "CA", "ear", 1100),  # the summary table misprints 1,000
    ("female", "lactating-0-6", 16, "CA", "ear", 1100),  # and here
    ("male", "none", 40, "VITD", "rda", 15),
    ("male", "none", 75, "VITD", "rda", 20),
    ("male", "none", 0.2, "VITD", "ai", 10),  # an AI, never an RDA
    ("male", "none", 2, "VITD", "ul", 63),
    ("male", "none", 40, "K", "ai", 3400),  # 4,700 until 2019
    ("female", "none", 40, "K", "ai", 2600),
    ("female", "none", 11, "K", "ai", 2300),
    ("male", "none", 11, "K", "ai", 2500),
    ("female", "pregnant-3", 30, "K", "ai", 2900),
    ("female", "lactating-7-12", 30, "K", "ai", 2800),
    ("female", "none", 40, "NA", "ai", 1500),
    ("female", "none", 75, "NA", "ai", 1500),  # 1,200 until 2019
    ("female", "none", 40, "NA", "cdrr", 2300),  # a UL until 2019
    ("male", "none", 2, "NA", "cdrr", 1200),
    ("male", "none", 6, "NA", "cdrr", 1500),
    ("male", "none", 11, "NA", "cdrr", 1800),
    ("male", "none", 0.2, "NA", "ai", 110),
    ("male", "none", 40, "FE", "rda", 8),
    ("female", "none", 40, "FE", "ear", 8.1),
    ("female", "none", 40, "FE", "rda", 18),
    ("female", "none", 16, "FE", "ear", 7.9),
    ("female", "pregnant-2", 30, "FE", "rda", 27),
    ("female", "lactating-0-6", 30, "FE", "ear", 6.5),
    ("male", "none", 0.7, "FE", "ear", 6.9),
    ("male", "none", 30, "ZN", "ear", 9.4),
    ("female", "none", 30, "ZN", "ear", 6.8),
    ("female", "lactating-0-6", 30, "ZN", "rda", 12),
    ("male", "none", 30, "CU", "rda", 0.9),
    ("male", "none", 30, "CU", "ul", 10),
    ("male", "none", 30, "FLD", "ai", 4000),
    ("female", "lactating-0-6", 30, "ID", "ear", 209),
    ("male", "none", 30, "ID", "ul", 1100),
    ("male", "none", 75, "P", "ul", 3000),
    ("female", "pregnant-1", 30, "P", "ul", 3500),
    ("male", "none", 30, "SE", "rda", 55),
    ("male", "none", 30, "VITA_RAE", "ear", 625),
    ("female", "lactating-0-6", 30, "VITA_RAE", "rda", 1300),
    ("female", "none", 30, "FOLDFE", "ear", 320),
    ("female", "pregnant-1", 30, "FOLDFE", "rda", 600),
    ("male", "none", 30, "NIA", "rda", 16),
    ("male", "none", 60, "VITB6A", "rda", 1.7),
    ("male", "none", 30, "VITB12", "ear", 2.0),
    ("female", "none", 30, "VITC", "rda", 75),
    ("female", "lactating-0-6", 30, "VITC", "ear", 100),
    ("male", "none", 30, "TOCPHA", "rda", 15),
    ("male", "none", 30, "VITK1", "ai", 120),
    ("female", "lactating-0-6", 30, "CHOLN", "ai", 550),
    ("male", "none", 30, "FIBTG", "ai", 38),
    ("female", "none", 60, "FIBTG", "ai", 21),
    ("male", "none", 30, "WATER", "ai", 3700),
    ("female", "pregnant-1", 30, "CHOCDF", "rda", 175),
    ("male", "none", 0.2, "FAT", "ai", 31),  # an AI, never an RDA
    ("male", "none", 10, "FAT", "amdr_low", 0.25),
    ("male", "none", 30, "PROCNT", "amdr_high", 0.35),
    ("male", "none", 30, "F18D2CN6", "ai", 17),
    ("female", "pregnant-2", 30, "F18D3CN3", "ai", 1.4),
]
# Typed from the 2017 summary and the opinions on upper levels.
EFSA_GOLDEN = [
    ("male", "none", 30, "MG", "ai", 350),
    ("male", "none", 30, "MG", "ul", 250),
    ("female", "none", 20, "CA", "rda", 1000),
    ("female", "none", 30, "CA", "ear", 750),
    ("female", "none", 30, "FE", "rda", 16),
    ("female", "none", 60, "FE", "rda", 11),
    ("male", "none", 30, "FE", "ear", 6),
    ("male", "none", 30, "ZN", "rda", 11.7),
    ("female", "pregnant-1", 30, "ZN", "rda", 10.9),
    ("female", "lactating-0-6", 30, "ZN", "ear", 10.0),
    ("male", "none", 30, "VITC", "rda", 110),
    ("female", "lactating-0-6", 30, "VITC", "rda", 155),
    ("female", "pregnant-1", 30, "FOLDFE", "ai", 600),
    ("male", "none", 30, "VITB12", "ai", 4),
    ("male", "none", 30, "VITB6A", "ul", 12),
    ("male", "none", 30, "SE", "ul", 255),
    ("female", "none", 60, "VITA_RAE", "ul", 3000),
    ("female", "lactating-7-12", 30, "K", "ai", 4000),
    ("male", "none", 30, "NA", "ai", 2000),
    ("male", "none", 30, "WATER", "ai", 2500),
    ("male", "none", 30, "FIBTG", "ai", 25),
    ("male", "none", 2, "FAT", "amdr_low", 0.35),
]


def said(authority, sex, stage, age, nutrient):
    return references(Recipient(sex, age, stage), authority=authority)[nutrient]


@pytest.mark.parametrize(("sex", "stage", "age", "nutrient", "kind", "value"), NASEM_GOLDEN)
def test_a_value_is_the_one_the_american_reports_print(sex, stage, age, nutrient, kind, value):
    assert getattr(said("NASEM", sex, stage, age, nutrient), kind) == pytest.approx(value, rel=1e-9)


@pytest.mark.parametrize(("sex", "stage", "age", "nutrient", "kind", "value"), EFSA_GOLDEN)
def test_a_value_is_the_one_the_european_summary_prints(sex, stage, age, nutrient, kind, value):
    assert getattr(said("EFSA", sex, stage, age, nutrient), kind) == pytest.approx(value, rel=1e-9)


def test_sodium_has_no_upper_level_and_potassium_no_requirement():
    found = references(Recipient("male", 40))
    assert (found["NA"].ul, found["K"].ear, found["K"].requirement) == (None, None, None)


def test_an_adequate_intake_carries_no_requirement():
    for authority, sex, stage, age in PEOPLE:
        for reference in references(Recipient(sex, age, stage), authority=authority).values():
            if reference.ai is not None:
                assert (reference.ear, reference.rda, reference.requirement) == (None, None, None), reference


def groups():
    """Nutrient, authority, kind, sex and life stage to the rows that speak of them."""
    found = {}
    for row in rows():
        sexes = ("female", "male") if row.sex == "any" else (row.sex,)
        for sex, stage in product(sexes, LIFE_STAGES):
            if row.life_stage in (stage, stage.partition("-")[0]):
                found.setdefault((row.authority, row.nutrient, row.kind, sex, stage), []).append(row)
    return found


def test_no_person_finds_two_values_of_a_kind_or_a_gap_between_two_ages():
    for key, found in groups().items():
        for younger, older in pairwise(sorted(found, key=lambda row: row.age_from)):
            assert younger.age_below == older.age_from, key


def test_no_age_after_the_first_value_is_without_one():
    found = groups()
    for authority, nutrient in {(row.authority, row.nutrient) for row in rows()}:
        for sex in ("female", "male"):
            spans = sorted(
                (row.age_from, row.age_below)
                for kind in ("EAR", "AI", "AMDR_low")
                for row in found.get((authority, nutrient, kind, sex, "none"), [])
            )
            reached = spans[0][0]
            for age_from, age_below in spans:
                assert age_from <= reached, (authority, nutrient, sex)
                reached = max(reached, age_below)
            assert reached == float("inf"), (authority, nutrient, sex)


def test_values_begin_with_birth_or_with_european_tables_except_where_nothing_is_set_for_infants():
    late = set()
    for authority, nutrient in {(row.authority, row.nutrient) for row in rows()}:
        first = min(row.age_from for row in rows() if (row.authority, row.nutrient) == (authority, nutrient))
        if first > {"NASEM": 0, "EFSA": 0.5}[authority]:
            late.add((authority, nutrient))
    assert late == {("NASEM", "FIBTG"), ("EFSA", "FIBTG"), ("EFSA", "CHOCDF"), ("EFSA", "FAT")}


@pytest.mark.parametrize("authority", AUTHORITIES)
def test_pregnancy_and_breastfeeding_have_every_nutrient_that_women_have(authority):
    women = set(cells(authority, "female", "none", 30))
    for stage in LIFE_STAGES[1:]:
        assert set(cells(authority, "female", stage, 30)) == women, stage


def test_requirement_allowance_and_upper_level_rise_unless_the_level_counts_less_than_all():
    for authority, sex, stage, age in PEOPLE:
        for reference in references(Recipient(sex, age, stage), authority=authority).values():
            rising = [v for v in (reference.ear, reference.rda or reference.ai) if v is not None]
            if reference.ul is not None and reference.ul_scope is Scope.TOTAL:
                rising.append(reference.ul)
            assert rising == sorted(rising), (age, sex, stage, reference)


def test_the_only_allowances_above_their_upper_level_count_less_than_the_allowance():
    above = set()
    for authority, sex, stage, age in PEOPLE:
        for reference in references(Recipient(sex, age, stage), authority=authority).values():
            goal = reference.rda or reference.ai
            if goal is not None and reference.ul is not None and goal > reference.ul:
                above.add((authority, reference.nutrient, reference.ul_scope))
    assert above == {
        ("NASEM", "MG", Scope.SUPPLEMENTS),
        ("EFSA", "MG", Scope.SUPPLEMENTS_AND_FORTIFICATION),
    }


def test_magnesium_says_why_its_upper_level_is_below_its_allowance():
    found = said("NASEM", "male", "none", 40, "MG")
    assert found.rda > found.ul
    assert any("only magnesium from supplements" in note for note in found.notes)


@pytest.mark.parametrize(
    ("nutrient", "scope", "counted"),
    [
        ("MG", Scope.SUPPLEMENTS, None),
        ("TOCPHA", Scope.SUPPLEMENTS, None),
        ("NIA", Scope.SUPPLEMENTS_AND_FORTIFICATION, None),
        ("FOLDFE", Scope.SUPPLEMENTS_AND_FORTIFICATION, "FOLAC"),
        ("VITA_RAE", Scope.RETINOL, "RETOL"),
        ("ZN", Scope.TOTAL, None),
    ],
)
def test_an_upper_level_says_what_it_counts(nutrient, scope, counted):
    found = said("NASEM", "female", "none", 40, nutrient)
    assert (found.ul_scope, found.ul_nutrient) == (scope, counted)


def test_every_nutrient_and_counted_nutrient_is_one_of_ours():
    for authority, sex, stage, age in PEOPLE:
        for reference in references(Recipient(sex, age, stage), authority=authority).values():
            named = {reference.nutrient, reference.ul_nutrient, *dict(reference.also_counts)} - {None}
            assert named <= set(NUTRIENTS)


def test_every_row_has_a_known_kind_and_source():
    assert {row.kind for row in rows()} == set(KINDS)
    assert {row.source for row in rows()} <= set(reference_table.sources())
    assert {row.per for row in rows()} == {"day", "kg", "MJ"}


def test_every_value_says_where_it_stands():
    for reference in references(Recipient("female", 30)).values():
        given = [k for k in ("ear", "rda", "ai", "ul", "cdrr", "amdr_low", "amdr_high") if getattr(reference, k)]
        assert set(given) <= set(reference.sources)
        assert all("DOI" in citation or "own" in citation for citation in reference.sources.values())


def test_what_nobody_confirmed_says_so_in_the_table_and_beside_the_value():
    assert {row.checked for row in rows()} == {"yes", "once", "no"}
    unsure = [row for row in rows() if row.checked == "no"]
    assert {(row.authority, row.nutrient, row.kind) for row in unsure} == {
        ("EFSA", "VITC", "EAR"),
        *(("EFSA", n, "UL") for n in ("SE", "FLD", "VITB6A", "VITD")),
    }
    assert all(row.note for row in unsure)
    assert "not confirmed" in said("EFSA", "male", "none", 5, "SE").sources["ul"]
    assert "one transcription" in said("EFSA", "male", "none", 30, "K").sources["ai"]


def test_american_tables_speak_of_thirty_five_nutrients():
    assert len(references(Recipient("male", 30))) == NASEM_NUTRIENTS
