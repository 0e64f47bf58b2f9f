"""Trends: what was learnt of weight and log, its questions, the proposed calories, and whom they are kept from."""

import html
import re
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest
from cast import new_member
from django.test import Client

from provender.store import days, expenditures, selectors, targets
from provender.store.imports import import_diary
from provender.store.members import change_profile
from provender.store.models import TargetProposal

KEEPS = 1900.0


def her(email, **fields):
    profile = {"sex": "female", "birth_date": date(1985, 5, 31), "height_m": Decimal("1.68"), **fields}
    return new_member(email, **profile)


def with_goal(email):
    """Somebody who wants to lose half a pound a week and set 2,400 kcal herself."""
    member = months(her(email), {10: "154.6"})
    change_profile(member, goal_kg_per_week=Decimal("-0.2268"), own_budget_kcal=2400)
    return member


def months(member, weights=None, *, energy=KEEPS, days_back=56, skipped=()):
    """A steady diary of eight weeks up to yesterday; ``weights`` maps days ago to what the scale showed instead."""
    rng = np.random.default_rng(7)
    lines = ["day,weight_kg,energy_kcal,complete"]
    for ago in range(days_back, 0, -1):
        shown = (weights or {}).get(ago, f"{70 + rng.normal(0, 0.3):.1f}")
        if ago not in skipped:
            lines.append(
                f"{days.today(member.zone) - timedelta(days=ago)},{shown},{energy + rng.normal(0, 150):.0f},yes"
            )
    import_diary(member, "\n".join(lines).encode(), "diary.csv")
    return member


def trends(member, query=""):
    client = Client()
    client.force_login(member)
    page = client.get(f"/trends{query}")
    assert page.status_code == 200
    words = re.sub(r"<script.*?</script>", "", page.content.decode(), flags=re.DOTALL)
    return client, html.unescape(" ".join(re.sub(r"<[^>]+>", " ", words).split()))


def kcal(words):
    return [int(number.replace(",", "")) for number in re.findall(r"\d{1,2},\d{3}|\d{3,4}", words)]


def test_a_steady_weight_is_kept_by_what_was_logged(db):
    _, words = trends(months(her("anna@example.org")))
    said = words[words.index("Calories that keep your weight") :]
    middle, low, high = kcal(said)[:3]
    assert abs(middle - KEEPS) < 60
    assert low < KEEPS < high


def test_hidden_calories_are_on_no_part_of_the_page(db):
    member = months(her("anna@example.org", hides_calories=True))
    client, words = trends(member)
    assert "kcal" not in words
    assert "Calories are hidden" in words
    assert "maintenance-spec" not in client.get("/trends").content.decode()


def test_a_weighing_in_pounds_among_kilograms_is_questioned_not_swallowed(db):
    member = months(her("anna@example.org"), {10: "154.6"})
    client, words = trends(member)
    assert "beside 70" in words
    assert "Is the unit right? Until you say so it is left out." in words
    day = days.today(member.zone) - timedelta(days=10)
    (weighing,) = [e for e in selectors.day(member, day).entries if e.kind == "weight"]
    client.post(f"/trends/weighing/{weighing.id}", {"answer": "lb"})
    (weighing,) = [e for e in selectors.day(member, day).entries if e.kind == "weight"]
    assert (weighing.unit, round(float(weighing.mass_g))) == ("lb", 70125)
    assert "Is the unit right?" not in trends(member)[1]


@pytest.mark.parametrize(
    ("profile", "said"),
    [
        ({"birth_date": date(2010, 1, 1)}, "Until 19 a body is still growing"),
        ({"life_stage": "pregnant-2"}, "your midwife or doctor can say what your weight means"),
    ],
)
def test_who_is_growing_or_pregnant_is_told_calmly_that_nothing_is_worked_out(db, profile, said):
    member = months(her("anna@example.org", **profile))
    _, words = trends(member)
    assert said in words
    assert "as you log them" not in words
    assert expenditures.propose(member, days.today(member.zone)) is None


def test_an_eating_disorder_gets_no_target_that_loses(db):
    member = months(her("anna@example.org", eating_disorder=True, goal_kg_per_week=Decimal("-0.45")))
    made = expenditures.propose(member, days.today(member.zone))
    assert made is None or made.new_kcal >= KEEPS - 100


def test_a_body_mass_index_under_18_5_gets_no_target_that_loses(db):
    thin = {ago: f"{50 + 0.1 * (ago % 3):.1f}" for ago in range(1, 57)}
    member = months(her("anna@example.org", goal_kg_per_week=Decimal("-0.45")), thin)
    made = expenditures.propose(member, days.today(member.zone))
    assert made is None or made.new_kcal >= KEEPS - 100


def test_one_entry_only_says_what_is_still_needed(db):
    _, words = trends(months(her("anna@example.org"), days_back=1))
    assert "Cannot tell yet" in words
    assert "Still needed:" in words


def test_a_gap_of_months_is_told_and_the_page_stands(db):
    member = months(her("anna@example.org"), days_back=200, skipped=range(30, 150))
    _, words = trends(member, "?days=365")
    assert "as you log them" in words


def test_an_accepted_target_counts_from_today_and_can_be_taken_back(db):
    member = with_goal("anna@example.org")
    today = days.today(member.zone)
    made = expenditures.propose(member, today)
    assert made.new_kcal < KEEPS
    client, words = trends(member)
    assert f"{made.new_kcal:,}" in words
    client.post(f"/target/{made.id}/accept", {"place": "trends"})
    assert selectors.budget_on(member, today) == made.new_kcal
    client.post(f"/target/{made.id}/back", {"place": "trends"})
    assert selectors.budget_on(member, today) == 2400


def test_a_declined_target_changes_nothing_and_is_not_said_again(db):
    member = with_goal("anna@example.org")
    today = days.today(member.zone)
    made = expenditures.propose(member, today)
    client, _ = trends(member)
    client.post(f"/target/{made.id}/decline", {"place": "trends"})
    assert selectors.budget_on(member, today) == 2400
    assert targets.pending(member, today) is None


def test_charlie_can_neither_see_nor_answer_for_anna(as_charlie, db):
    member = with_goal("anna@example.org")
    today = days.today(member.zone)
    made = expenditures.propose(member, today)
    expenditures.tell_change(member, today - timedelta(days=20), on=today)
    change = member.activity_changes.get()
    weighing = member.entries.filter(kind="weight").first()
    for place in (
        f"/target/{made.id}/accept",
        f"/target/{made.id}/decline",
        f"/target/{made.id}/back",
        f"/trends/activity/{change.pk}/forget",
        f"/trends/weighing/{weighing.pk}",
    ):
        assert as_charlie.post(place, {"answer": "lb"}).status_code == 404, place
    assert "154" not in as_charlie.get("/trends?days=90").content.decode()
    assert TargetProposal.objects.get().accepted is None
    assert member.activity_changes.count() == 1
