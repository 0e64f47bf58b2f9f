"""One trial and one diary, small enough to read, whole enough to print."""

import random
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from functools import cache
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader

from provender.report.diary_account import (
    DatedNote,
    DiaryReport,
    Enough,
    Felt,
    NutrientTaken,
    Supplement,
    TrialTold,
    Weight,
)
from provender.report.trial_account import Dose, Matter, Noted, Person
from provender.report.trial_answers import Background, Measured, of_answers
from provender.trials.answer import answer
from provender.trials.trial_file import read_trial

WRITTEN = datetime(2026, 3, 2, 9, 30, tzinfo=timezone(timedelta(hours=1)))
ALICE = Person(
    key="alice",
    sex="woman",
    age_years=46,
    complaint="Low back pain for six years",
    alongside=("ibuprofen 400 mg when needed",),
    clinician_agreed_on=date(2025, 8, 20),
)
MAGNESIUM = Dose(
    substance="magnesium",
    amount=2000,
    unit="mg",
    salt="magnesium citrate",
    elemental=(220, 320),
    times_a_day=1,
    when="in the evening",
)
BACKGROUND = Background(
    key="t1",
    person=ALICE,
    written_at=WRITTEN,
    version="0.1.0",
    why="An article said that magnesium relieves back pain.",
    dose=MAGNESIUM,
    kept_stable=("walking to work", "coffee: two cups a day"),
    measured={"pain": Measured("How strong was your pain today?", "pain", "Dworkin 2008")},
    looks="none before the end",
    notes=(Noted(date(2025, 10, 3), "loose stools for two days", Matter.HARM, "mild", 1),),
    published=("Magnesium probably makes little or no difference (low certainty; 3 studies).",),
)
EXAMPLE = Path(__file__).parents[1] / "trials" / "example.trial"


@cache
def the_file():
    return read_trial(EXAMPLE.read_bytes(), today=date(2026, 6, 1))


@cache
def the_answers():
    return (answer(the_file(), published=(-0.5, 0.6)), answer(the_file(), "sleep"))


@cache
def the_trial():
    return of_answers(the_file(), the_answers(), BACKGROUND)


@cache
def the_look():
    found = answer(the_file(), today=date(2025, 11, 20))
    return of_answers(the_file(), (found,), replace(BACKGROUND, looks="after each pair"))


FIRST = date(2026, 1, 1)
DAYS = [FIRST + timedelta(days=k) for k in range(90)]


@cache
def the_diary():
    rng = random.Random(1)
    pain = tuple((day, float(rng.randint(2, 8))) for day in DAYS if rng.random() < 0.8)
    return DiaryReport(
        person=ALICE,
        first=DAYS[0],
        last=DAYS[-1],
        written_at=WRITTEN,
        version="0.1.0",
        zone="Europe/Berlin",
        days_recorded=84,
        days_complete=71,
        left_out=((DAYS[3], "energy below half of what is usual"), (DAYS[12], "marked as incomplete")),
        intake=(
            NutrientTaken(nutrient="ENERC_KCAL", daily_mean=2011.0, coverage=1.0, days=71),
            NutrientTaken(nutrient="MG", daily_mean=262.0, coverage=0.93, days=71),
            NutrientTaken(nutrient="VITD", daily_mean=2.1, coverage=0.61, days=71),
            NutrientTaken(nutrient="ID", daily_mean=None, coverage=0.0, days=71),
        ),
        energy_by_day=tuple((day, rng.gauss(2011, 330)) for day in DAYS[:71]),
        expenditure="Your body probably spends 2,240 kcal a day (2,090 to 2,390).",
        enough=(
            Enough(name="Vitamin D", verdict="very likely too low", sentence="About 2.1 µg a day.", confidence=0.004),
            Enough(name="Magnesium", verdict="uncertain, worth raising", sentence="About 262 mg.", confidence=0.55),
            Enough(name="Iodine", verdict="no verdict", sentence="Too little of it is known."),
        ),
        weight=Weight(
            points=tuple((day, 82 - 0.03 * k + rng.gauss(0, 0.5)) for k, day in enumerate(DAYS) if k % 2 == 0),
            course=tuple((day, 82 - 0.03 * k, 81.6 - 0.03 * k, 82.4 - 0.03 * k) for k, day in enumerate(DAYS)),
            sentence="Your weight falls by about 0.2 kg a week.",
        ),
        felt=(
            Felt(
                name="pain",
                points=pain,
                unit="points",
                scale="0 to 10 in steps of 1",
                ends=(0.0, 10.0),
                asked="How strong was your pain on average today?",
                instrument="pain",
            ),
            Felt(
                name="PEG",
                points=((DAYS[6], 5.0), (DAYS[13], 4.0)),
                unit="points",
                ends=(0.0, 10.0),
                instrument="peg",
                questions=("Pain on average?", "Interfered with enjoyment?", "Interfered with activity?"),
                answers=((DAYS[6], (5.0, 6.0, 4.0)), (DAYS[13], (4.0, None, 4.0))),
            ),
        ),
        supplements=(
            Supplement(name="Magnesium 300", doses=(MAGNESIUM,), days=tuple(DAYS[:60]), doses_logged=61),
            Supplement(name="Turmeric root", usual=1),
            Supplement(name="Fish oil"),
        ),
        notes=(
            DatedNote(DAYS[5], "slept badly"),
            DatedNote(DAYS[40], "numb between the legs", "May be pressure on nerves: emergency care now"),
        ),
        trials=(TrialTold("Magnesium and back pain", "running"),),
    )


def an_empty_diary():
    return DiaryReport(person=Person(key="bob"), first=FIRST, last=FIRST, written_at=WRITTEN, version="0.1.0")


def pages_of(pdf):
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


def words_of(pdf):
    return " ".join(pages_of(pdf))
