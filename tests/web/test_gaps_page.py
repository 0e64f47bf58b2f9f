import re
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from cast import ALMONDS, EGG

from provender.diary.entries import Meal
from provender.nutrition.verdicts import Verdict
from provender.store import days, gap_candidates, selectors, services, undo
from provender.store.adequacies import latest_assessment
from provender.store.members import change_profile
from provender.store.models import Member, Supplement
from provender.terms.errors import InputError, NotFoundError

BORN = date(1984, 5, 31)
BREAD, APPLE, NUTS = "usda-sr24:18060", "usda-sr24:09003", "usda-sr24:12061"
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def anna(alice):
    """Alice, a woman of about forty, whose week of eggs, bread and apples holds little magnesium."""
    member = change_profile(alice, sex="female", birth_date=BORN)
    now = days.today(member.zone)
    for back in range(1, 8):
        for food, grams in ((EGG, "250"), (BREAD, "250"), (APPLE, "600")):
            day = now - timedelta(days=back)
            services.log_food(member, food, day=day, meal=Meal.LUNCH, amount=Decimal(grams), unit="g")
    return member


def offer(member, nutrient="MG", **rest):
    return gap_candidates.offer(member, latest_assessment(member, 14), nutrient, **rest)


def panel(client, nutrient="MG", query=""):
    found = client.get(f"/nutrients/{nutrient}/gap{query}", **HTMX)
    assert found.status_code == 200
    return found.content.decode()


# ---- what is proposed ----


def test_a_proposal_says_what_it_would_do_to_the_confidence(anna):
    found = offer(anna)
    assert found.found.verdict in (Verdict.PROBABLY_TOO_LOW, Verdict.VERY_LIKELY_TOO_LOW, Verdict.UNCERTAIN)
    best = found.answer.alternatives[0].closed[0]
    assert best.chance_before == pytest.approx(found.found.probability)
    assert best.chance_after > best.chance_before


def test_the_aim_is_what_makes_it_enough_with_ninety_percent(anna):
    found = offer(anna)
    more = found.aim - found.found.mean
    Supplement.objects.create(member=anna, name="As much", composition={"MG": more}, doses_a_day=Decimal(1))
    assert latest_assessment(anna, 14).of("MG").probability == pytest.approx(0.90, abs=0.01)


def test_what_is_sure_has_no_aim_and_no_foods(anna):
    found = offer(anna, "PROCNT")
    assert found.found.probability > 0.9
    assert (found.aim, found.answer) == (None, None)


def test_an_answer_is_the_same_when_asked_again(anna):
    one, other = offer(anna), offer(anna)
    assert [a.sentence for a in one.answer.alternatives] == [a.sentence for a in other.answer.alternatives]


def test_less_energy_allows_no_more(anna):
    found = offer(anna, energy_kcal=100)
    assert all(made.energy_kcal <= 100.5 for made in found.answer.alternatives)


def test_a_disliked_food_is_not_proposed_until_it_is_wanted_again(anna):
    first = offer(anna).answer.alternatives[0].portions[0].food.id
    gap_candidates.dislike(anna, first)
    offered = {p.food.id for a in offer(anna).answer.alternatives for p in a.portions}
    assert first not in offered
    assert [food_id for food_id, _ in gap_candidates.disliked(anna)] == [first]
    gap_candidates.dislike(anna, first, again=True)
    assert gap_candidates.disliked(anna) == []


def test_who_eats_no_meat_or_fish_is_not_offered_any(anna):
    change_profile(anna, vegetarian=True)
    assert gap_candidates.avoided(anna) == ("vegetarian",)
    for nutrient in ("VITD", "FE", "ZN"):
        found = offer(anna, nutrient)
        for made in found.answer.alternatives if found.answer else ():
            assert not any({"meat", "fish", "shellfish"} & p.food.contains for p in made.portions)


def test_what_a_person_eats_anyhow_is_more_familiar(anna):
    by_id = {one.id: one for one in gap_candidates.candidates(anna)}
    assert by_id[APPLE].familiarity == 4
    assert by_id[NUTS].familiarity < 4


def test_folate_of_proposed_foods_counts_as_equivalents(anna):
    assert all("FOLDFE" in one.per_serving for one in gap_candidates.candidates(anna) if "FOL" in one.per_serving)


def test_open_gaps_never_hold_sodium(anna):
    found = [one.nutrient for one in gap_candidates.open_gaps(latest_assessment(anna, 14))]
    assert "MG" in found
    assert "NA" not in found


def test_a_nutrient_without_a_reference_cannot_be_asked_for(anna):
    with pytest.raises(NotFoundError, match="no reference intake"):
        offer(anna, "CAFFN")


def test_an_unknown_wish_is_refused_and_known_ones_are_kept(anna):
    with pytest.raises(InputError, match="expected one of"):
        gap_candidates.avoid(anna, ["stones"])
    gap_candidates.avoid(anna, ["vegan", "nuts"])
    assert Member.objects.get(pk=anna.pk).avoids == ["nuts", "vegan"]


def test_nothing_cannot_be_eaten(anna):
    with pytest.raises(InputError, match="found no food"):
        gap_candidates.eat(anna, [], meal=Meal.LUNCH, key=uuid4())


# ---- the page ----


def test_the_button_stands_only_beside_what_is_uncertain_or_too_low(as_alice, anna):
    page = as_alice.get("/nutrients").content.decode()
    assert 'hx-target="#gap-MG"' in page
    assert 'hx-target="#gap-PROCNT"' not in page


def test_the_panel_shows_up_to_four_proposals_with_before_and_after(as_alice, anna):
    shown = panel(as_alice)
    assert 1 <= shown.count("Add to today") <= 4
    assert re.search(r"confidence \S+.*? before, <b>.*?</b> after", shown)
    assert "kcal" in shown


def test_without_scripts_the_panel_is_a_page_of_its_own(as_alice, anna):
    page = as_alice.get("/nutrients/MG/gap").content.decode()
    assert "<h1>Magnesium: close the gap</h1>" in page


def test_hidden_calories_are_not_in_the_panel(as_alice, anna):
    change_profile(anna, hides_calories=True)
    assert "kcal" not in panel(as_alice)
    said = as_alice.get("/nutrients/MG/why?food=almonds", **HTMX).content.decode()
    assert "kcal" not in said


def test_a_proposal_is_added_to_today_with_one_press_once_and_can_be_undone(as_alice, anna):
    form = re.search(r'<form class="eat".*?</form>', panel(as_alice), re.DOTALL).group()
    sent = {name: re.findall(rf'name="{name}" value="([^"]*)"', form) for name in ("key", "food_id", "grams")}
    for _ in range(2):
        answer = as_alice.post("/nutrients/eat", sent, **HTMX)
        assert "added" in answer.content.decode()
    today = days.today(anna.zone)
    eaten = selectors.day(anna, today).entries
    assert [e.snapshot.food_id for e in eaten] == sent["food_id"]
    undo.undo(anna, undo.latest_change(anna))
    assert selectors.day(anna, today).entries == ()


def test_without_scripts_adding_leads_to_today(as_alice, anna):
    sent = {"food_id": ALMONDS, "grams": "28", "key": str(uuid4())}
    assert as_alice.post("/nutrients/eat", sent).url == "/"


@pytest.mark.parametrize("grams", ["0", "-1", "much", "90000"])
def test_an_amount_nobody_eats_is_refused(as_alice, anna, grams):
    assert as_alice.post("/nutrients/eat", {"food_id": ALMONDS, "grams": grams}).status_code == 422
    assert selectors.day(anna, days.today(anna.zone)).entries == ()


def test_foods_and_amounts_must_be_as_many(as_alice, anna):
    assert as_alice.post("/nutrients/eat", {"food_id": [ALMONDS, EGG], "grams": "28"}).status_code == 422


def test_never_again_proposes_anew_without_it(as_alice, anna):
    first = re.search(r'name="food_id" value="([^"]*)"', panel(as_alice)).group(1)
    anew = as_alice.post("/nutrients/MG/never?days=14", {"food_id": first}, **HTMX).content.decode()
    assert first not in anew
    assert "Add to today" in anew
    page = as_alice.get("/nutrients").content.decode()
    assert "Propose it again" in page
    as_alice.post("/nutrients/wishes", {"food_id": first})
    assert Member.objects.get(pk=anna.pk).dislikes == []


def test_a_food_that_does_not_exist_cannot_be_disliked(as_alice, anna):
    assert as_alice.post("/nutrients/MG/never", {"food_id": "usda-sr24:99999"}).status_code == 404


def test_diets_and_allergens_are_kept_and_named_in_the_panel(as_alice, anna):
    as_alice.post("/nutrients/wishes", {"avoids": ["nuts", "gluten"]})
    shown = panel(as_alice)
    assert "Left out: gluten, nuts" in shown
    assert "check the label" in shown
    as_alice.post("/nutrients/wishes", {})
    assert Member.objects.get(pk=anna.pk).avoids == []


@pytest.mark.parametrize(
    ("food", "said"),
    [("espresso", "not among the everyday foods"), ("zzqx", "No food here is called"), ("", "Found no food")],
)
def test_why_not_is_answered_in_a_sentence(as_alice, anna, food, said):
    assert said in as_alice.get("/nutrients/MG/why", {"food": food}, **HTMX).content.decode()


def test_a_disliked_food_is_explained_by_the_wish(as_alice, anna):
    gap_candidates.dislike(anna, NUTS)
    said = as_alice.get("/nutrients/MG/why?food=almonds", **HTMX).content.decode()
    assert "you asked not to be offered it" in said


def test_a_nutrient_that_is_none_is_not_found(as_alice, anna):
    assert as_alice.get("/nutrients/XYZ/gap", **HTMX).status_code == 404


def test_charlie_gets_no_proposals_from_annas_diary(as_charlie, anna):
    assert as_charlie.get("/nutrients/MG/gap", **HTMX).status_code == 404


def test_a_stranger_is_asked_to_sign_in(client, db):
    for method, address in (
        ("get", "MG/gap"),
        ("get", "MG/why"),
        ("post", "MG/never"),
        ("post", "eat"),
        ("post", "wishes"),
    ):
        assert getattr(client, method)(f"/nutrients/{address}").status_code == 302


# ---- in exchange ----


@pytest.fixture
def apples_often(anna):
    """The same week, and apples every day for a fortnight before it."""
    now = days.today(anna.zone)
    for back in range(8, 50):
        services.log_food(anna, APPLE, day=now - timedelta(days=back), meal=Meal.SNACKS, amount=Decimal(300), unit="g")
    return anna


def test_an_exchange_gives_up_what_is_often_eaten_and_brings_no_more_energy(apples_often):
    made = offer(apples_often, swap=True).answer.alternatives
    assert made
    for one in made:
        given_up = [p for p in one.portions if p.servings < 0]
        assert [p.food.id for p in given_up] in ([APPLE], [])
        assert one.energy_kcal <= gap_candidates.SWAP_KCAL + 0.5
    best = made[0]
    assert "in place of 1 usual helping of" in best.sentence
    known = sum(p.food.per_serving["MG"] * p.servings for p in best.portions)
    assert best.closed[0].after == pytest.approx(best.closed[0].before + known)


def test_what_is_rarely_eaten_is_not_given_up(anna):
    assert gap_candidates.usually_eaten(anna) == ()


def test_what_is_not_eaten_daily_is_given_up_only_as_often(apples_often):
    (apple,) = gap_candidates.usually_eaten(apples_often)
    assert apple.mass_g == pytest.approx(300 * 49 / 60)
    assert "as often as you eat it" not in apple.one


def test_the_panel_says_what_would_be_given_up_and_adds_only_what_is_eaten(as_alice, apples_often):
    page = panel(as_alice, query="?days=14&energy=0")
    assert "in place of 1 usual helping of" in page
    assert 'aria-current="true">no more: in exchange' in page
    assert 'name="grams" value="-' not in page


def test_with_nothing_to_give_up_the_panel_says_so_or_offers_what_hardly_counts(as_alice, anna):
    page = panel(as_alice, query="?days=14&energy=0")
    assert "in place of" not in page


def test_what_is_enough_already_has_no_gap(as_alice, anna):
    page = panel(as_alice, "PROCNT")
    assert "No gap to close." in page
    assert "Food alone" not in page
