"""A diary and a trial as a FHIR bundle: valid, deterministic, anonymous unless named, nothing unknown as 0."""

import json
import re
from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from fhir.resources.R4B.bundle import Bundle
from hypothesis import given, settings
from hypothesis import strategies as st
from report_cast import ALICE, DAYS, WRITTEN, an_empty_diary, the_diary, the_look, the_trial

from provender.report.diary_account import DatedNote, Felt, Supplement, Weight
from provender.report.fhir import bundle
from provender.report.fhir_codes import UNITS, quantity, slug, ucum
from provender.report.fhir_resources import runs
from provender.report.trial_account import Intervention, Matter, Noted, Person
from provender.terms.errors import InputError


def of_kind(made, kind):
    return [one["resource"] for one in made["entry"] if one["resource"]["resourceType"] == kind]


def coded(made, code):
    return [
        one
        for one in of_kind(made, "Observation")
        if any(coding["code"] == code for coding in one["code"].get("coding", []))
    ]


def valid(made):
    Bundle.model_validate_json(json.dumps(made))
    return made


BOTH = bundle(diary=the_diary(), trial=the_trial())


def test_a_diary_and_a_trial_are_a_valid_bundle():
    valid(BOTH)
    assert BOTH["type"] == "collection"


@pytest.mark.parametrize(
    "reports",
    [{"diary": the_diary()}, {"trial": the_trial()}, {"trial": the_look()}, {"diary": an_empty_diary()}],
    ids=["diary", "trial", "look", "empty"],
)
def test_each_alone_is_valid(reports):
    valid(bundle(**reports))


def test_an_empty_diary_holds_no_observation():
    assert Counter(one["resource"]["resourceType"] for one in bundle(diary=an_empty_diary())["entry"]) == {
        "Patient": 1,
        "Device": 1,
        "Provenance": 1,
    }


def test_the_same_input_gives_the_same_bundle():
    assert json.dumps(bundle(diary=the_diary(), trial=the_trial())) == json.dumps(BOTH)


def test_every_reference_is_a_uuid_that_is_in_the_bundle_once():
    held = [one["fullUrl"] for one in BOTH["entry"]]
    assert len(set(held)) == len(held)
    assert all(UUID(one.removeprefix("urn:uuid:")).version == 5 for one in held)
    asked = set(re.findall(r'"reference": "([^"]+)"', json.dumps(BOTH)))
    assert asked <= set(held)
    assert all(one["fullUrl"] == f"urn:uuid:{one['resource']['id']}" for one in BOTH["entry"])


def test_a_day_has_the_same_reference_in_every_bundle():
    alone = {one["fullUrl"] for one in bundle(diary=the_diary())["entry"]}
    assert {one["fullUrl"] for one in BOTH["entry"]} > alone - {bundle(diary=the_diary())["entry"][-1]["fullUrl"]}


def test_a_day_that_both_hold_is_there_once():
    days = the_trial().outcomes[0].days
    both = {days.first_day + timedelta(days=k) for k in days.day} & {day for day, _ in the_diary().felt[0].points}
    assert both
    assert len(coded(BOTH, "72514-3")) == len(days.day) + len(the_diary().felt[0].points) - len(both)


def test_two_people_have_no_reference_in_common():
    bob = bundle(diary=replace(the_diary(), person=replace(ALICE, key="bob")))
    mine = {one["fullUrl"] for one in bundle(diary=the_diary())["entry"]}
    assert not mine & {one["fullUrl"] for one in bob["entry"]}


def test_nothing_names_the_person_unless_given():
    assert "alice" not in json.dumps(BOTH).casefold()
    assert "name" not in of_kind(BOTH, "Patient")[0]
    named = bundle(diary=replace(the_diary(), person=replace(ALICE, name="Alice Example")))
    assert of_kind(named, "Patient")[0]["name"] == [{"text": "Alice Example"}]


@pytest.mark.parametrize(("sex", "gender"), [("woman", "female"), ("Male", "male"), ("intersex", "other")])
def test_a_sex_is_mapped_or_other(sex, gender):
    made = bundle(diary=replace(an_empty_diary(), person=Person(key="p", sex=sex)))
    assert of_kind(made, "Patient")[0]["gender"] == gender


def test_a_sex_not_given_is_left_out():
    assert "gender" not in of_kind(bundle(diary=an_empty_diary()), "Patient")[0]


def test_pain_is_coded_by_loinc_in_ucum_scores():
    pain = coded(BOTH, "72514-3")[0]
    assert pain["code"]["coding"][0]["system"] == "http://loinc.org"
    assert pain["valueQuantity"]["code"] == "{score}"
    assert pain["valueQuantity"]["system"] == "http://unitsofmeasure.org"


def test_weight_is_a_vital_sign_in_kg():
    weight = coded(BOTH, "29463-7")[0]
    assert weight["category"][0]["coding"][0]["code"] == "vital-signs"
    assert weight["valueQuantity"]["code"] == "kg"
    assert len(coded(BOTH, "29463-7")) == len(the_diary().weight.points)


def test_energy_is_told_a_day_in_kcal():
    energy = coded(BOTH, "9052-2")
    assert len(energy) == len(the_diary().energy_by_day)
    assert energy[0]["valueQuantity"]["code"] == "kcal"


def test_an_outcome_without_a_loinc_code_has_our_own_and_its_text():
    sleep = coded(BOTH, "sleep")[0]
    assert "loinc" not in sleep["code"]["coding"][0]["system"]
    assert sleep["code"]["text"] == "sleep"


def test_a_nutrient_nobody_knows_says_why_and_has_no_value():
    iodine = coded(BOTH, "ID")[0]
    assert "valueQuantity" not in iodine
    assert iodine["dataAbsentReason"]["coding"][0]["code"] == "unknown"


def test_a_nutrient_known_in_part_is_a_lower_bound():
    assert coded(BOTH, "VITD")[0]["valueQuantity"]["comparator"] == ">="
    assert "comparator" not in coded(BOTH, "ENERC_KCAL")[0]["valueQuantity"]
    assert coded(BOTH, "VITD")[0]["interpretation"][0]["text"] == "very likely too low"
    assert coded(BOTH, "VITD")[0]["valueQuantity"]["code"] == "ug/d"


def test_days_carry_the_offset_of_their_zone_even_where_clocks_change():
    spring = date(2026, 3, 29)
    made = bundle(diary=replace(the_diary(), weight=Weight(points=((spring, 80.0),))))
    assert coded(made, "29463-7")[0]["effectivePeriod"] == {
        "start": "2026-03-29T00:00:00+01:00",
        "end": "2026-03-29T23:59:59+02:00",
    }


def test_days_of_an_unknown_zone_are_dates():
    made = valid(bundle(diary=replace(the_diary(), zone="")))
    assert coded(made, "29463-7")[0]["effectiveDateTime"] == "2026-01-01"
    assert coded(made, "MG")[0]["effectivePeriod"] == {"start": "2026-01-01", "end": "2026-03-31"}


def test_an_unknown_zone_name_is_refused():
    with pytest.raises(InputError, match="found zone"):
        bundle(diary=replace(the_diary(), zone="Mars/Olympus"))


def test_a_questionnaire_is_asked_once_and_answered_as_it_was():
    (asked,) = of_kind(BOTH, "Questionnaire")
    first, second = of_kind(BOTH, "QuestionnaireResponse")
    assert [item["linkId"] for item in asked["item"]] == ["1", "2", "3"]
    assert first["status"] == "completed"
    assert second["status"] == "in-progress"
    assert [item["linkId"] for item in second["item"]] == ["1", "3"]
    assert first["questionnaire"] == f"{asked['url']}|{asked['version']}"
    mean = coded(BOTH, "peg")[0]
    assert mean["derivedFrom"][0]["reference"] == f"urn:uuid:{first['id']}"


def test_a_response_without_any_answer_is_valid():
    none = Felt(name="PEG", points=((DAYS[0], 5.0),), questions=("a",), answers=((DAYS[0], (None,)),))
    (response,) = of_kind(valid(bundle(diary=replace(the_diary(), felt=(none,)))), "QuestionnaireResponse")
    assert "item" not in response


def test_doses_nobody_logged_are_not_doses_not_taken():
    said = {one["medicationCodeableConcept"]["text"]: one for one in of_kind(BOTH, "MedicationStatement")}
    assert said["Fish oil"]["status"] == "unknown"
    assert "does not mean that none was taken" in said["Fish oil"]["note"][0]["text"]
    assert said["Turmeric root"]["status"] == "active"
    assert "61 doses logged on 60 days" in said["Magnesium 300"]["note"][0]["text"]
    assert said["Magnesium 300"]["dosage"][0]["doseAndRate"][0]["doseQuantity"]["code"] == "mg"


def test_a_usual_dose_is_told_with_how_often():
    zinc = Supplement(name="Zinc", doses=(replace(the_diary().supplements[0].doses[0]),), usual=2)
    (said,) = of_kind(valid(bundle(diary=replace(the_diary(), supplements=(zinc,)))), "MedicationStatement")
    assert said["dosage"][0]["timing"]["repeat"]["frequency"] == 2


def test_a_trial_is_a_study_with_two_arms_and_its_commitment():
    (study,) = of_kind(BOTH, "ResearchStudy")
    assert study["status"] == "completed"
    assert [arm["name"][:2] for arm in study["arm"]] == ["A:", "B:"]
    assert study["identifier"][0]["value"] == the_trial().seal.commitment
    (subject,) = of_kind(BOTH, "ResearchSubject")
    assert subject["status"] == "off-study"


def test_a_trial_that_goes_on_is_active_and_its_answer_preliminary():
    made = bundle(trial=the_look())
    assert of_kind(made, "ResearchStudy")[0]["status"] == "active"
    assert "end" not in of_kind(made, "ResearchStudy")[0]["period"]
    assert coded(made, "difference")[0]["status"] == "preliminary"
    assert of_kind(made, "ResearchSubject")[0]["status"] == "on-study"


def test_a_trial_that_stopped_early_says_why():
    stopped = replace(the_trial(), course=replace(the_trial().course, ended="a flare"))
    (study,) = of_kind(valid(bundle(trial=stopped)), "ResearchStudy")
    assert study["reasonStopped"]["text"] == "a flare"


def test_the_answer_holds_interval_and_probabilities():
    pain = coded(BOTH, "difference")[0]
    parts = {one["code"]["coding"][0]["code"]: one["valueQuantity"]["value"] for one in pain["component"]}
    assert parts["low"] < pain["valueQuantity"]["value"] < parts["high"]
    assert parts["beyond"] + parts["worse"] + parts["same"] == pytest.approx(100, abs=0.01)
    assert pain["interpretation"][0]["text"] == "helped"


def test_treatment_periods_are_statements_and_neighbours_are_one():
    runs_of_b = of_kind(bundle(trial=the_trial()), "MedicationStatement")
    assert len(runs_of_b) == 5
    assert runs_of_b[0]["effectivePeriod"]["start"].startswith("2025-09-15")


def test_a_habit_has_no_dose():
    habit = replace(the_trial(), intervention=Intervention(treatment="a walk", comparison="none"))
    assert of_kind(valid(bundle(trial=habit)), "MedicationStatement") == []


def test_what_nobody_noted_as_taken_is_unknown():
    unknown = replace(the_trial(), course=replace(the_trial().course, taken_noted=0))
    assert {one["status"] for one in of_kind(valid(bundle(trial=unknown)), "MedicationStatement")} == {"unknown"}


def test_adverse_events_keep_their_severity_where_it_has_a_code():
    harms = of_kind(BOTH, "AdverseEvent")
    assert [one.get("severity", {}).get("coding", [{}])[0].get("code") for one in harms] == ["mild", None]
    odd = replace(the_trial(), notes=(Noted(date(2025, 10, 1), "itch", Matter.HARM, "so-so"),))
    assert "severity" not in of_kind(valid(bundle(trial=odd)), "AdverseEvent")[0]


def test_a_red_flag_is_told():
    flagged = [one for one in coded(BOTH, "note") if "interpretation" in one]
    assert [one["valueString"] for one in flagged] == ["numb between the legs"]


def test_provenance_names_the_person_and_the_software():
    (told,) = of_kind(BOTH, "Provenance")
    assert [one["type"]["coding"][0]["code"] for one in told["agent"]] == ["author", "assembler"]
    assert len(told["target"]) == len(BOTH["entry"]) - 1


def test_the_bundle_says_when_with_its_zone():
    assert datetime.fromisoformat(BOTH["timestamp"]) == WRITTEN


def test_neither_is_refused():
    with pytest.raises(InputError, match="neither a diary nor a trial"):
        bundle()


def test_two_people_are_refused():
    with pytest.raises(InputError, match="two people"):
        bundle(diary=an_empty_diary(), trial=the_trial())


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60))
def test_any_words_make_a_valid_bundle(words):
    odd = replace(
        the_diary(),
        notes=(DatedNote(DAYS[0], f"x{words}"),),
        felt=(Felt(name=f"x{words}", points=((DAYS[0], 1.0),), unit=words),),
        supplements=(),
        energy_by_day=(),
        weight=None,
    )
    valid(bundle(diary=odd))


@given(st.text(max_size=30))
def test_every_unit_has_a_ucum_code_without_a_space(unit):
    assert re.fullmatch(r"[!-~]+", ucum(unit))


@pytest.mark.parametrize(("unit", "code"), [("mg a day", "mg/d"), ("points a week", "{score}/wk"), ("naps", "{naps}")])
def test_units_are_told_in_ucum(unit, code):
    assert ucum(unit) == code


def test_the_table_of_units_is_not_empty():
    assert all(UNITS.values())


def test_whole_values_are_whole_numbers():
    assert json.dumps(quantity(5.0, "points")["value"]) == "5"
    assert quantity(5.25, "h")["value"] == 5.25


def test_a_slug_is_never_empty():
    assert slug("…") == "other"


def test_days_in_a_row_are_one_run():
    a, b, c = DAYS[0], DAYS[1], DAYS[5]
    assert runs([a, b, c]) == [(a, b), (c, c)]
    assert runs([]) == []
