"""The trial file: what is written reads back, and what is wrong says its line."""

import os
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from provender.terms.errors import InputError
from provender.trials.design import Design, sequence_text
from provender.trials.randomise import sequence_at, sequence_count, sequence_from_seed
from provender.trials.scale import PAIN, OutcomeKind, Scale
from provender.trials.seal import commitment
from provender.trials.series import Exclusion
from provender.trials.trial_file import TrialFile, check_apart, read_trial, write_trial
from provender.trials.trial_header import Header, header_text, read_header
from provender.trials.trial_rows import Row, read_rows, rows_text

EXAMPLE = (Path(__file__).parent / "example.trial").read_bytes()
TODAY = date(2026, 6, 1)
SEED = bytes(range(32))
SHARED = Path(os.environ.get("PROVENDER_SHARED_DATA", Path(__file__).parents[3] / "shared" / "data"))

HEADER = """+++
first_day = 2026-01-05
sequence = "ABBA"
[design]
pairs = 2
period_days = 3
[[outcome]]
name = "pain"
low = 0
high = 10
step = 1
+++
"""
FIRST_ROW = HEADER.count("\n") + 2


def of(text, **options):
    return read_trial(text.encode(), **{"today": TODAY, **options})


def said(text, **options):
    with pytest.raises(InputError) as caught:
        of(text, **options)
    return str(caught.value)


def test_the_example_reads_with_its_design_outcomes_and_seal():
    trial = read_trial(EXAMPLE, today=TODAY)
    assert trial.design == Design(6, 14, run_in_days=14)
    assert list(trial.series) == ["pain", "sleep"]
    assert trial.primary.scale == PAIN
    assert trial.primary.days == 182
    assert trial.header.seal
    assert trial.looks == (date(2025, 12, 8),)
    assert len(trial.guesses) == 12
    assert [note.text for note in trial.co_interventions] == ["new office chair"] * 2
    assert [note.text for note in trial.adverse_events] == ["loose stools"]
    assert trial.notes[0].text == 'slept badly, neighbours\' "party"'
    assert {aside.reason for aside in trial.series["sleep"].set_aside} == {"flu"}
    assert trial.assumed == ()


def test_writing_the_example_gives_its_own_bytes():
    assert write_trial(read_trial(EXAMPLE, today=TODAY)) == EXAMPLE


# ---- round trip

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20).map(str.strip)
named = words.filter(bool)
finite = st.floats(-1e9, 1e9, allow_subnormal=False)


@st.composite
def scales(draw, name):
    low = draw(st.none() | finite)
    return Scale(
        name,
        draw(words),
        low,
        None if low is None else low + draw(st.floats(1, 1e6)),
        None,
        draw(st.booleans()),
        draw(st.floats(1e-3, 1e3)),
        draw(st.sampled_from([OutcomeKind.SCORE, OutcomeKind.MEASURE])),
    )


@st.composite
def trials(draw):
    design = draw(
        st.none()
        | st.builds(
            Design,
            pairs=st.integers(1, 6),
            period_days=st.integers(1, 10),
            scheme=st.sampled_from(["pairs", "stratified", "abab"]),
            washout_days=st.integers(0, 3),
            run_in_days=st.integers(0, 5),
        )
    )
    first = draw(st.dates(date(2000, 1, 1), date(2020, 1, 1)))
    names = draw(st.lists(named, min_size=1, max_size=3, unique=True))
    outcomes = tuple(draw(scales(name)) for name in names)
    seed = draw(st.none() | st.binary(min_size=32, max_size=32)) if design else None
    sequence = None
    if design:
        index = draw(st.integers(0, sequence_count(design) - 1))
        sequence = sequence_from_seed(design, seed) if seed else sequence_at(design, index)
    header = Header(
        outcomes=outcomes,
        title=draw(words),
        zone=draw(st.sampled_from(["", "Europe/Berlin", "Pacific/Apia"])),
        first_day=first,
        comparison=draw(words),
        treatment=draw(words),
        design=design,
        sequence=sequence,
        seed=seed,
        looks=tuple(draw(st.lists(st.dates(), max_size=2))),
        exclusions=tuple(
            Exclusion(day, day + timedelta(days=2), draw(named))
            for day in draw(st.lists(st.dates(date(2000, 1, 1), date(2021, 1, 1)), max_size=2))
        ),
        priors=draw(st.sampled_from([{}, {"effect": (0.0, 1.5), "trend_sd": 2.0}])),
    )
    total = design.days if design else 20
    days = sorted(draw(st.sets(st.integers(1, total - 1) if total > 1 else st.just(0), max_size=8)) | {0})
    days = days if design else sorted({*days, 0, 19})
    rows = [
        Row(
            first + timedelta(days=day),
            tuple(draw(st.none() | values(scale)) for scale in outcomes),
            assigned=None if design else day % 2,
            taken=draw(st.none() | st.floats(0, 1)),
            guess=draw(st.sampled_from([None, 0.0, 0.5, 1.0])),
            backfilled=draw(st.booleans()),
            note=draw(words),
            other=draw(words),
            adverse=draw(words),
        )
        for day in days
    ]
    text = "+++\n" + header_text(header) + "+++\n" + rows_text(rows, len(outcomes))
    return header, tuple(rows), text.encode()


def values(scale):
    low = -1e6 if scale.low is None else scale.low
    return st.floats(low, low + 1 if scale.high is None else scale.high)


@settings(max_examples=150, deadline=None)
@given(trials())
def test_what_is_written_reads_back_the_same(written):
    header, rows, content = written
    trial = read_trial(content, today=TODAY)
    assert trial.rows == rows
    assert replace(trial.header, first_day=header.first_day) == header
    assert write_trial(trial) == content


@given(st.lists(st.builds(Row, st.dates(), st.tuples(st.none() | finite), note=words, adverse=words), max_size=5))
def test_rows_read_back_whatever_their_words(rows):
    found = read_rows(rows_text(rows, 1), 1, ["pain"])
    assert found.faults == ()
    assert found.rows == tuple(rows)


def test_rows_of_several_lines_keep_the_number_of_their_first_line():
    found = read_rows('day,outcome,note\n2026-01-05,1,"two\nlines"\n\n2026-01-06,2,\n', 10, ["pain"])
    assert [row.line for row in found.rows] == [11, 14]


# ---- bad rows


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("2026-01-05,2O", "line {}, outcome: found '2O', expected a number; is that a letter O or l?"),
        ("2026-01-05,NaN", "line {}, outcome: found 'NaN', expected a number; leave the cell empty"),
        ("2026-01-05,inf", "line {}, outcome: found 'inf'"),
        ("2026-01-05,1e999", "line {}, outcome: found '1e999', expected a number"),
        ('2026-01-05,"3,5"', "line {}, outcome: found '3,5', expected a number; write it with a point"),
        ("2026-01-05,bad", "write words in the column note"),
        ("2026-01-05,11", "line {}, 2026-01-05, pain: found 11, expected 0 to 10 in steps of 1"),
        ("2026-01-05,-1", "found -1, expected 0 to 10"),
        ("2026-01-05,4.5", "found 4.5, expected 0 to 10 in steps of 1"),
        ("05.01.2026,4", "line {}, day: found '05.01.2026', expected a date such as 2026-01-31"),
        ("2026-02-30,4", "line {}, day: found '2026-02-30', expected a date"),
        (",4", "line {}, day: found nothing, expected a date"),
        ("2026-01-05,4,5", "line {}: found 3 cells, expected 2"),
        ("2027-01-05,4", "line {}, 2027-01-05: found a day in the future (today is 2026-06-01)"),
        ("2026-01-04,4", "line {}, 2026-01-04: found before the first day of the trial, 2026-01-05"),
        ('2026-01-05,"4', "is not CSV"),
    ],
)
def test_a_bad_row_says_its_line_what_was_found_and_expected(rows, expected):
    assert expected.format(FIRST_ROW) in said(HEADER + "day,outcome\n" + rows + "\n")


def test_a_day_twice_names_both_lines():
    found = said(HEADER + "day,outcome\n2026-01-05,4\n2026-01-06,4\n2026-01-05,5\n")
    assert f"line {FIRST_ROW + 2}, 2026-01-05: found this day twice (first: line {FIRST_ROW}, 2026-01-05)" in found


def test_days_out_of_order_are_refused_with_their_lines():
    found = said(HEADER + "day,outcome\n2026-01-07,4\n2026-01-06,4\n")
    assert f"line {FIRST_ROW + 1}, 2026-01-06: found after line {FIRST_ROW}, 2026-01-07" in found


def test_all_faults_of_cells_are_named_at_once():
    found = said(HEADER + "day,outcome,taken,guess,backfilled\n2026-01-05,x,2,C,maybe\n")
    assert [line.split(":")[0] for line in found.splitlines()] == [
        f"line {FIRST_ROW}, {column}" for column in ("outcome", "taken", "guess", "backfilled")
    ]


def test_the_name_of_the_file_stands_before_the_line():
    assert said(HEADER + "day,outcome\n2026-01-05,x\n", name="back.trial").startswith(f"back.trial line {FIRST_ROW}, ")


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("day,outcome,takn", "found the column 'takn', expected one of .*did you mean taken"),
        ("date,outcome", "expected one named day"),
        ("day,pains", "expected one named pain or outcome"),
        ("day,outcome,day", "found the column 'day' twice"),
        ("", "found no rows, expected a line of column names"),
    ],
)
def test_bad_columns_say_what_was_expected(head, expected):
    with pytest.raises(InputError, match=expected):
        of(HEADER + head + "\n")


def test_an_outcome_column_may_bear_its_own_name():
    assert of(HEADER + "day,pain\n2026-01-05,4\n").primary.outcome.tolist() == [4]


def test_an_outcome_named_like_another_column_is_read_from_its_number():
    trial = of(HEADER.replace('"pain"', '"taken"') + "day,outcome,taken\n2026-01-05,4,1\n")
    assert trial.primary.outcome.tolist() == [4]
    assert trial.primary.taken[0] == 1.0


def test_a_day_assigned_otherwise_than_the_schedule_is_refused():
    found = said(HEADER + "day,outcome,assigned\n2026-01-05,4,0\n2026-01-06,4,1\n")
    assert f"line {FIRST_ROW + 1}, 2026-01-06: found assigned 1, expected 0 (A, period 1 of the schedule)" in found
    assert "column taken" in found


def test_semicolons_and_decimal_commas_are_read():
    text = HEADER.replace("step = 1\n", "") + "day;outcome;taken\n2026-01-05;3,5;ja\n"
    assert "expected a number" in said(text)
    assert of(text.replace("ja", "yes")).primary.outcome.tolist() == [3.5]


def test_a_byte_order_mark_and_windows_lines_are_read():
    content = b"\xef\xbb\xbf" + (HEADER + "day,outcome\n2026-01-05,4\n").replace("\n", "\r\n").encode()
    assert read_trial(content, today=TODAY).primary.outcome.tolist() == [4]


def test_bytes_that_are_not_utf_8_are_refused():
    with pytest.raises(InputError, match="line 2: found bytes that are not UTF-8"):
        read_trial("day,outcome\n2026-01-05,é".encode("latin-1"), today=TODAY)


def test_a_file_of_gigantic_size_is_refused():
    with pytest.raises(InputError, match="at most 16,000,000"):
        read_trial(b" " * 16_000_001, today=TODAY)


def test_the_last_guess_of_a_period_counts():
    rows = "day,outcome,guess\n2026-01-06,4,A\n2026-01-07,4,B\n2026-01-08,4,?\n2026-01-14,4,A\n"
    assert of(HEADER + rows).guesses.tolist()[:2] == [1.0, 0.5]
    assert np.isnan(of(HEADER + rows).guesses[2])


# ---- dates and clocks


def test_instants_lie_on_the_date_of_the_trials_zone():
    zoned = 'zone = "America/New_York"\n'
    text = HEADER.replace("+++\nfirst", f"+++\n{zoned}first") + "day,outcome\n"
    rows = "2026-01-07T03:30:00+00:00,4\n2026-01-07T12:00:00+00:00,5\n2026-01-08 23:00,6\n"
    assert of(text + rows).primary.day.tolist() == [1, 2, 3]


def test_a_trial_across_both_changes_of_the_clock_has_every_day_once():
    design = Design(18, 7)
    first = date(2025, 3, 24)
    days = [first + timedelta(days=d) for d in range(design.days)]
    text = (
        f'+++\nzone = "Europe/Berlin"\nfirst_day = {first}\nsequence = "{"AB" * 18}"\n[design]\npairs = 18\n'
        'period_days = 7\n[[outcome]]\nname = "pain"\nlow = 0\nhigh = 10\n+++\nday,outcome\n'
    ) + "".join(f"{day}T23:59:00,5\n" for day in days)
    series = of(text).primary
    assert series.day.tolist() == list(range(252))
    assert np.bincount(series.period).tolist() == [7] * 36


def test_a_day_beyond_the_calendar_of_its_zone_is_refused():
    text = HEADER.replace("+++\nfirst", '+++\nzone = "Asia/Tokyo"\nfirst') + "day,outcome\n"
    assert "expected a year" in said(text + "9999-12-31T23:59:59-12:00,4\n")


# ---- bad headers


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("pairs = 2", "pairs = 0", "line 5, pairs: found pairs 0, expected a whole number, 1 or more"),
        ("pairs = 2", "pairs = 2.5", "line 5, pairs: found 2.5, expected a whole number"),
        ("pairs = 2", 'pairs = "2"', "line 5, pairs: found '2', expected a whole number, without quotes"),
        ("pairs = 2\n", "", "pairs: found nothing, expected how many pairs"),
        ("pairs = 2", "pairs = 2\npiars = 2", "line 6, piars: found 2, expected one of"),
        ("pairs = 2", "pairs = 2\npair = 2", "did you mean pairs?"),
        ("pairs = 2", 'pairs = 2\nscheme = "coin"', "line 6, scheme: found scheme 'coin', expected one of pairs"),
        ("pairs = 2", "pairs = 2\nlongest_run = 2", "line 6, longest_run"),
        ("ABBA", "ABAA", "line 3, sequence: found the sequence ABAA, which scheme \"pairs\" cannot produce: pair 2"),
        ("ABBA", "ABBABA", "line 3, sequence: found a sequence of 6 periods, expected 4"),
        ("ABBA", "ABXA", "line 3, sequence: found 'X'"),
        ('"ABBA"', "3", "line 3, sequence: found 3, expected a text in quotes"),
        ("first_day = 2026-01-05", "", "first_day: found nothing, expected the date"),
        ("2026-01-05", '"soon"', "line 2, first_day: found 'soon', expected a date"),
        ("2026-01-05", "2026-01-05T10:00:00", "first_day: found 2026-01-05 10:00:00, expected a date"),
        ("low = 0", "low = 20", "line 9, low: found pain from 20 to 10"),
        ("low = 0", "low = nan", "line 9, low: found nan, expected a number"),
        ("low = 0", "low = true", "line 9, low: found True, expected a number"),
        ("high = 10\n", "", "no mcid"),
        ('name = "pain"\n', "", "without a name"),
        ("step = 1", 'kind = "feeling"', "line 11, kind"),
        ("step = 1", "lower_is_better = 1", "true or false"),
        ("[[outcome]]", "[[outcome]]\nname = 'a'\nlow = 0\nhigh = 1\n[[outcome]]\nname = 'a'\nlow = 0\nhigh = 1\n#", "two outcomes|cannot|TOML"),
        ("first_day", "titel = 'x'\nfirst_day", "did you mean title?"),
        ("first_day", "format = 2\nfirst_day", "newer release"),
        ("first_day", "zone = 'Mars/Olympus'\nfirst_day", "line 2, zone: found zone 'Mars/Olympus'"),
        ("first_day", "looks = 2026-01-06\nfirst_day", "a list of dates"),
        ("first_day", "seed = 'abc'\nfirst_day", "line 2, seed: found a seed of 3 characters"),
        ("first_day", "commitment = 'abc'\nfirst_day", "line 2, commitment: found commitment 'abc'"),
        ("first_day", "outcome = 3\nfirst_day", "TOML"),
        ("[design]", "[design", "header that is not TOML"),
        ("[design]", "[[design]]", "a table under the heading [design]"),
        ("[[outcome]]", "[[exclusion]]\nfrom = 2026-01-06\n[[outcome]]", "without a reason"),
        ("[[outcome]]", "[[exclusion]]\nreason = 'flu'\n[[outcome]]", "from: found nothing"),
        ("[[outcome]]", "[priors]\neffect = 3\n[[outcome]]", "two numbers"),
        ("[[outcome]]", "[priors]\neffect = [0, 0]\n[[outcome]]", "a spread above 0"),
        ("[[outcome]]", "[priors]\nphi = [0, 1]\n[[outcome]]", "two above 0"),
        ("[[outcome]]", "[priors]\ntrend_sd = -1\n[[outcome]]", "line 8, trend_sd: found -1.0, expected a number above 0"),
        ("[[outcome]]", "[priors]\neffekt = [0, 1]\n[[outcome]]", "did you mean effect?"),
        ("pairs = 2", f"pairs = {'9' * 5000}", "TOML"),
        ("low = 0", f"low = {'9' * 400}", "expected a number"),
    ],
)  # fmt: skip
def test_a_bad_header_says_its_line_what_was_found_and_expected(old, new, expected):
    found = said(HEADER.replace(old, new, 1) + "day,outcome\n2026-01-05,4\n")
    assert any(part in found for part in expected.split("|"))


def test_a_header_without_outcome_or_end_is_refused():
    assert "found no [[outcome]]" in said("+++\n+++\nday,outcome\n")
    assert "a second line of +++" in said("+++\nformat = 1\n")


def test_two_outcomes_of_one_name_are_refused():
    scale = "[[outcome]]\nname = 'a'\nlow = 0\nhigh = 1\n"
    with pytest.raises(InputError, match="two outcomes named 'a'"):
        read_header("\n" + 2 * scale)


def test_tables_that_are_none_are_refused():
    with pytest.raises(InputError, match="tables under the heading"):
        read_header("\noutcome = 3")


def test_deep_nesting_is_refused_without_a_crash():
    with pytest.raises(InputError, match="TOML"):
        read_header("\na = " + "[" * 100_000)


def test_a_sequence_without_a_design_is_refused():
    with pytest.raises(InputError, match=r"a \[design\] beside it"):
        read_header("\nsequence = 'AB'\n[[outcome]]\nname = 'a'\nlow = 0\nhigh = 1\n")


# ---- seeds and seals


def sealed(lines, pairs=2):
    head = HEADER.replace('sequence = "ABBA"', lines).replace("pairs = 2", f"pairs = {pairs}")
    return head + "day,outcome\n2026-01-05,4\n"


def test_a_seed_alone_gives_the_sequence():
    design = Design(2, 3)
    assert of(sealed(f'seed = "{SEED.hex()}"')).sequence == sequence_from_seed(design, SEED)


def test_a_seed_that_stands_for_another_sequence_is_refused():
    design = Design(2, 3)
    right = sequence_from_seed(design, SEED)
    wrong = sequence_text([1 - arm for arm in right])
    found = said(sealed(f'seed = "{SEED.hex()}"\nsequence = "{wrong}"'))
    assert f"found '{wrong}', expected {sequence_text(right)}, for which the seed stands" in found


def test_a_broken_seal_is_carried_as_a_failed_check_and_not_raised():
    design = Design(2, 3)
    other = commitment(design, bytes(32))
    trial = of(sealed(f'seed = "{SEED.hex()}"\ncommitment = "{other}"'))
    assert trial.header.seal is not None
    assert not trial.header.seal
    assert of(sealed(f'seed = "{SEED.hex()}"\ncommitment = "{commitment(design, SEED)}"')).header.seal


def test_a_sequence_that_is_still_sealed_asks_for_its_seed():
    found = said(sealed(f'commitment = "{commitment(Design(2, 3), SEED)}"'))
    assert "the sequence is still sealed: reveal the seed" in found


def test_without_sequence_and_seed_the_assigned_column_says_it():
    rows = "".join(f"2026-01-{5 + day:02},4,{'ABBA'[day // 3]}\n" for day in range(12))
    text = HEADER.replace('sequence = "ABBA"\n', "") + "day,outcome,assigned\n"
    assert of(text + rows).sequence == (0, 1, 1, 0)
    assert "no assigned day in period 4" in said(text + "\n".join(rows.split("\n")[:9]) + "\n")
    assert "both arms in period 1" in said(text + rows.replace("2026-01-06,4,A", "2026-01-06,4,B"))
    assert "pair 2" in said(
        text + rows.replace("-14,4,A", "-14,4,B").replace("-15,4,A", "-15,4,B").replace("-16,4,A", "-16,4,B")
    )


# ---- plain CSV

PLAIN = "day,outcome,assigned\n2026-01-05,4,0\n2026-01-06,5,0\n2026-01-07,3,1\n2026-01-09,2,1\n2026-01-10,6,0\n"


def test_a_plain_csv_is_read_and_says_what_it_assumed():
    trial = of(PLAIN)
    assert trial.design is None
    assert trial.sequence is None
    assert trial.primary.scale == PAIN
    assert trial.primary.day.tolist() == [0, 1, 2, 4, 5]
    assert trial.primary.assigned.tolist() == [0, 0, 1, 1, 1, 0]
    assert "taken as pain, 0 to 10" in trial.assumed[0]


def test_a_plain_csv_reads_back_from_the_file_written_of_it():
    trial = of(PLAIN)
    again = read_trial(write_trial(trial), today=TODAY)
    assert again.rows == trial.rows
    assert (again.primary.assigned == trial.primary.assigned).all()


def test_a_plain_csv_with_its_scale_assumes_nothing():
    mood = Scale("mood", low=0, high=100, lower_is_better=False)
    trial = of(PLAIN, scales=[mood])
    assert trial.primary.scale == mood
    assert trial.assumed == ()


def test_a_plain_csv_with_its_design_knows_its_sequence():
    rows = "".join(f"2026-01-{5 + day:02},4,{'0110'[day // 3]}\n" for day in range(12))
    trial = of("day,outcome,assigned\n" + rows, design=Design(2, 3))
    assert trial.sequence == (0, 1, 1, 0)
    assert trial.primary.periods == 4


def test_days_without_a_row_between_two_arms_count_as_the_arm_before_and_that_is_said():
    trial = of("day,outcome,assigned\n2026-01-05,4,0\n2026-01-08,5,1\n")
    assert trial.primary.assigned.tolist() == [0, 0, 0, 1]
    assert "2 days without a row between two arms" in trial.assumed[1]


def test_columns_that_nobody_asked_for_are_left_unread_in_a_plain_csv_and_named():
    trial = of("day,outcome,assigned,weather\n2026-01-05,4,0,rain\n2026-01-06,4,1,sun\n")
    assert trial.assumed[1] == "columns that were not read: weather"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("day,outcome,assigned\n", "no rows and no first_day"),
        ("day,outcome\n2026-01-05,4\n", "found one period (all 1 days are 0)"),
        ("day,outcome,assigned\n2026-01-05,4,1\n2026-01-06,4,1\n", "found one period (all 2 days are 1)"),
        ("day,outcome,assigned\n2026-01-05,4,0.5\n", "line 2, assigned: found '0.5', expected 1 or B"),
        ("day,outcome,assigned\n2026-01-05,40,0\n2026-01-06,4,1\n", "line 2, 2026-01-05, pain: found 40"),
        ("day,outcome,assigned\n2026-01-06,4,0\n2026-01-05,4,1\n", "before the first day|expected days in order"),
        ("day,outcome,assigned\n2026-01-05,4,0\n2026-01-05,4,1\n", "line 3, 2026-01-05: found this day twice"),
        ("day,outcome,assigned\n1926-01-05,4,0\n2026-01-05,4,1\n", "is a year right?"),
        ("day,outcome,assigned\n2026-01-05,4,0\n2026-07-05,4,1\n", "in the future"),
        ("", "found no rows"),
        ("\x00", "expected one named day"),
    ],
)
def test_a_bad_plain_csv_says_what_was_found_and_expected(text, expected):
    found = said(text)
    assert any(part in found for part in expected.split("|"))


def test_a_gap_of_400_days_and_ten_years_are_read():
    rows = ["day,outcome,assigned"]
    rows += [f"{date(2016, 1, 1) + timedelta(days=d)},5,{d // 14 % 2}" for d in range(3653) if not 900 <= d < 1300]
    series = of("\n".join(rows)).primary
    assert series.days == 3653
    assert series.longest_gap_days == 400


@pytest.mark.parametrize("option", [{"scales": [PAIN]}, {"design": Design(2)}, {"columns": {"day": "date"}}])
def test_options_of_a_plain_csv_beside_a_header_are_refused(option):
    assert "beside a file with a header" in said(HEADER + "day,outcome\n", **option)


def test_a_real_diary_with_columns_of_its_own_is_read():
    path = SHARED / "nof1" / "melatonin_daily.csv"
    if not path.exists():
        pytest.skip(f"{path} is not here; set PROVENDER_SHARED_DATA")
    trial = read_trial(
        path.read_bytes(),
        today=TODAY,
        scales=[Scale("mood", low=0, high=100, lower_is_better=False)],
        columns={"day": "date", "outcome": "mood", "assigned": "melatonin"},
    )
    series = trial.primary
    treated = series.assigned[series.day] == 1
    assert series.outcome[treated].mean() - series.outcome[~treated].mean() == pytest.approx(0.86381, abs=5e-6)


# ---- two trials, and rubbish


def later(trial: TrialFile, days: int) -> TrialFile:
    first = trial.calendar.first_day + timedelta(days=days)
    return replace(trial, calendar=replace(trial.calendar, first_day=first))


@given(st.integers(-400, 400))
@example(182)
@example(181)
@example(-182)
@example(0)
def test_two_trials_are_refused_exactly_where_they_share_a_day(days):
    trial = read_trial(EXAMPLE, today=TODAY)
    if abs(days) < 182:
        with pytest.raises(InputError, match=r"expected one trial at a time"):
            check_apart([trial, later(trial, days)])
    else:
        check_apart([later(trial, days), trial])


def test_a_trial_alone_is_apart():
    check_apart([read_trial(EXAMPLE, today=TODAY)])
    with pytest.raises(InputError, match="a trial"):
        check_apart([of(PLAIN), of(PLAIN)])


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(EXAMPLE)), st.integers(0, 30), st.binary(max_size=12))
def test_a_damaged_file_is_read_or_refused_but_never_crashes(at, gone, put):
    damaged = EXAMPLE[:at] + put + EXAMPLE[at + gone :]
    with suppress(InputError):
        assert isinstance(read_trial(damaged, today=TODAY), TrialFile)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_rubbish_is_refused_but_never_crashes(content):
    with pytest.raises(InputError, match="found"):
        read_trial(content, today=TODAY)


# ---- the page that describes the file

PAGE = (Path(__file__).parents[2] / "docs" / "trial_file.md").read_text(encoding="utf-8")


def block(language, number=0):
    return PAGE.split(f"```{language}\n")[number + 1].split("```")[0]


def test_the_file_on_the_page_is_read():
    trial = of(PAGE.split("```\n")[1])
    assert trial.primary.outcome.tolist() == [6, 2, 5]
    assert trial.notes[0].text == "slept badly, party next door"


def test_the_five_lines_on_the_page_derive_the_sequence_of_the_example(capsys):
    exec(compile(block("python"), "page", "exec"), {})
    assert capsys.readouterr().out.strip() == sequence_text(read_trial(EXAMPLE, today=TODAY).sequence)
    assert len([line for line in block("python").splitlines() if line]) == 5


def test_every_entry_and_column_that_is_read_stands_on_the_page():
    trial = read_trial(EXAMPLE, today=TODAY)
    entries = [line.split(" =")[0] for line in header_text(trial.header).splitlines() if " =" in line]
    columns = rows_text(trial.rows, 2).splitlines()[0].split(",")
    assert [word for word in (*entries, *columns) if f"`{word}`" not in PAGE] == []


def test_the_counts_on_the_page_are_those_of_six_pairs():
    for scheme, count in (("pairs", 64), ("blocks", 216), ("stratified", 148), ("abab", 1)):
        assert sequence_count(Design(6, scheme=scheme)) == count
        assert any(line.startswith(f"| `{scheme}`") and f"| {count}" in line for line in PAGE.splitlines())
