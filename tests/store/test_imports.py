"""Bringing a diary: nothing twice, nothing over what is there, one undo, Charlie's stays Charlie's."""

from datetime import date, timedelta

import pytest
from cast import DAY

from provender.diary.entries import Kind
from provender.store import selectors, services
from provender.store.imports import LARGEST_BYTES, import_diary
from provender.store.undo import undo
from provender.terms.errors import InputError

FIRST = date(2025, 3, 1)
FILE = b"day,weight_kg,energy_kcal,MG,complete\n2025-03-01,70.5,2000,310,yes\n2025-03-02,,1900,,no\n2025-03-03,70.1,,,yes\n"


def days_of(member):
    return [e for d in range(3) for e in selectors.day(member, FIRST + timedelta(days=d)).entries]


def test_a_diary_is_brought_with_its_whole_days(alice):
    found = import_diary(alice, FILE, "diary.csv")
    assert (found.entries, found.weighings, found.days, found.complete) == (4, 2, 3, 1)
    assert found.sentence == "4 entries on 3 days, 2 weighings among them, 1 March 2025 to 3 March 2025."
    assert selectors.complete_days(alice, FIRST, DAY) == {FIRST}
    assert sorted(e.kind for e in days_of(alice)) == [Kind.FOOD, Kind.FOOD, Kind.WEIGHT, Kind.WEIGHT]


def test_a_day_without_food_is_never_whole_whatever_the_file_says(alice):
    import_diary(alice, FILE, "diary.csv")
    assert FIRST + timedelta(days=2) not in selectors.complete_days(alice, FIRST, DAY)


def test_a_file_brought_twice_is_kept_once(alice):
    import_diary(alice, FILE, "diary.csv")
    again = import_diary(alice, FILE, "diary.csv")
    assert (again.entries, again.there, again.change_id) == (0, 4, None)
    assert again.sentence.startswith("Nothing new")
    assert len(days_of(alice)) == 4


def test_a_longer_file_adds_only_what_is_new(alice):
    import_diary(alice, FILE, "diary.csv")
    longer = import_diary(alice, FILE + b"2025-03-04,70,2100,300,yes\n", "diary.csv")
    assert (longer.entries, longer.days, longer.there) == (2, 1, 4)


def test_one_undo_takes_all_of_it_back_with_its_marks(alice):
    found = import_diary(alice, FILE, "diary.csv")
    undo(alice, found.change_id)
    assert days_of(alice) == []
    assert selectors.complete_days(alice, FIRST, DAY) == set()


def test_a_corrected_file_can_be_brought_after_an_undo(alice):
    undo(alice, import_diary(alice, FILE, "diary.csv").change_id)
    found = import_diary(alice, FILE.replace(b"2000,310", b"2500,310"), "diary.csv")
    assert found.entries == 4
    assert max(e.energy_kcal or 0 for e in days_of(alice)) == 2500
    undo(alice, found.change_id)
    assert days_of(alice) == []


def test_a_day_that_was_logged_here_keeps_its_own_food(alice, log_eggs):
    log_eggs(day=FIRST)
    found = import_diary(alice, FILE, "diary.csv")
    assert found.entries == 3
    (problem,) = found.problems
    assert problem.sentence == "1 March 2025 has its own food in your diary already; the file’s is left out"
    assert FIRST not in selectors.complete_days(alice, FIRST, DAY)


def test_only_checking_keeps_nothing(alice):
    found = import_diary(alice, FILE, "diary.csv", only_check=True)
    assert (found.entries, found.change_id) == (4, None)
    assert days_of(alice) == []


def test_nobody_elses_diary_changes(alice, charlie):
    import_diary(alice, FILE, "diary.csv")
    assert days_of(charlie) == []
    assert import_diary(charlie, FILE, "diary.csv").entries == 4


def test_a_file_too_large_is_refused(alice):
    with pytest.raises(InputError, match="found 20 MB, expected at most 20"):
        import_diary(alice, b"x" * (LARGEST_BYTES + 1), "diary.csv")


def test_what_was_imported_can_be_changed_and_deleted_like_any_entry(alice):
    import_diary(alice, FILE, "diary.csv")
    services.delete_entries(alice, [days_of(alice)[0].id])
    assert len(days_of(alice)) == 3
