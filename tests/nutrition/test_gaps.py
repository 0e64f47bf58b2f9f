import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provender.catalogue.artifact import open_catalogue, starter_path
from provender.nutrition.familiar_foods import AVOIDABLE, Candidate, familiar_foods, left_out
from provender.nutrition.gap_programme import ENERGY_COST, FOOD_COST, GAP_COST, SERVING_COST, UNFAMILIAR_COST, USUAL
from provender.nutrition.gaps import Gap, GapRequest, close_gaps, why
from provender.terms.errors import InputError


@pytest.fixture(scope="module")
def foods():
    return familiar_foods(open_catalogue(starter_path()))


def food(name, *, kcal=100.0, step=0.5, familiarity=3, contains=frozenset(), **amounts):
    known = {"ENERC_KCAL": kcal, **amounts}
    return Candidate(name, 1, f"cup of {name}", f"cups of {name}", 100, step, familiarity, "x", contains, known)


def asked(kcal=300.0, **rest):
    missing = {k: v for k, v in rest.items() if k.isupper()}
    more = {k: v for k, v in rest.items() if not k.isupper()}
    return GapRequest(tuple(Gap(n, 100.0, m) for n, m in missing.items()), kcal, **more)


def said(answer):
    return [[p.food.id for p in a.portions] for a in answer.alternatives]


# ---- the table ----


def test_every_familiar_food_is_in_the_starter_and_knows_its_energy(foods):
    assert len(foods) == 142
    assert all("ENERC_KCAL" in f.per_serving for f in foods)


def test_what_foods_contain_is_what_can_be_avoided(foods):
    assert frozenset().union(*(f.contains for f in foods)) <= frozenset().union(*AVOIDABLE.values())


@pytest.mark.parametrize(
    ("servings", "words"),
    [(0.5, "½ cup of peas"), (1, "1 cup of peas"), (1.5, "1½ cups of peas"), (2, "2 cups of peas")],
)
def test_servings_are_said_as_one_would(servings, words):
    assert food("peas").words(servings) == words


# ---- the programme ----


def cost(chosen, gaps, kcal_left):
    """The objective of some servings, by hand; infinite where they break the rules."""
    energy = sum(f.per_serving["ENERC_KCAL"] * s for f, s in chosen)
    if energy > kcal_left + 1e-9 or len(chosen) > 3:
        return math.inf
    total = sum(
        FOOD_COST + UNFAMILIAR_COST * (USUAL - f.familiarity) + s * (SERVING_COST) + ENERGY_COST * f.per_serving["ENERC_KCAL"] * s / 100
        for f, s in chosen
    )  # fmt: skip
    for gap in gaps:
        got = sum(f.per_serving.get(gap.nutrient, 0.0) * s for f, s in chosen)
        total += GAP_COST * max(0.0, 1 - got / gap.missing)
    return total


def test_the_first_alternative_is_the_best_of_all_that_there_are():
    foods = [
        food("oats", kcal=150, MG=60, FE=2),
        food("beans", kcal=220, MG=120, FE=4, familiarity=2),
        food("nuts", kcal=170, MG=80, FE=1),
        food("kale", kcal=40, MG=30, FE=1.2),
        food("cocoa", kcal=12, MG=25, FE=0.7, familiarity=1),
    ]
    request = asked(MG=130.0, FE=3.0, kcal=260.0)
    levels = (0, 0.5, 1, 1.5, 2)
    best = min(
        cost([(f, s) for f, s in zip(foods, servings, strict=True) if s], request.gaps, 260.0)
        for servings in itertools.product(levels, repeat=5)
    )
    found = close_gaps(request, foods).alternatives[0]
    mine = cost([(p.food, p.servings) for p in found.portions], request.gaps, 260.0)
    assert mine <= best * 1.02 + 1e-9


def test_no_proposal_breaks_the_energy_or_the_room(foods):
    answer = close_gaps(asked(MG=150.0, FIBTG=10.0, kcal=250.0, room={"NA": 200.0, "FASAT": 3.0}), foods)
    for made in answer.alternatives:
        total = {
            n: sum(p.food.per_serving[n] * p.servings for p in made.portions) for n in ("ENERC_KCAL", "NA", "FASAT")
        }
        assert total["ENERC_KCAL"] <= 250 + 1e-6
        assert (total["NA"], total["FASAT"]) <= (200 + 1e-6, 3 + 1e-6)
        assert made.energy_kcal == pytest.approx(total["ENERC_KCAL"])


def test_the_alternatives_share_no_food_and_no_family(foods):
    answer = close_gaps(asked(MG=100.0), foods)
    families = [p.food.family for a in answer.alternatives for p in a.portions]
    assert len(answer.alternatives) == 4
    assert len(families) == len(set(families))


def test_at_most_three_foods_are_proposed_together(foods):
    answer = close_gaps(asked(MG=150.0, CA=400.0, VITD=8.0, FE=6.0, kcal=500.0), foods)
    assert all(len(a.portions) <= 3 for a in answer.alternatives)


def test_the_same_request_gives_the_same_answer(foods):
    assert said(close_gaps(asked(MG=100.0, K=500.0), foods)) == said(close_gaps(asked(MG=100.0, K=500.0), foods))


@settings(max_examples=15, deadline=None)
@given(st.floats(1e-3, 1e3))
def test_the_unit_of_a_nutrient_does_not_matter(scale):
    foods = [food("oats", MG=60.0), food("beans", kcal=220, MG=120.0), food("kale", kcal=40, MG=30.0)]
    other = [food(f.id, kcal=f.per_serving["ENERC_KCAL"], MG=f.per_serving["MG"] * scale) for f in foods]
    assert said(close_gaps(asked(MG=100.0), foods)) == said(close_gaps(asked(MG=100.0 * scale), other))


def test_what_is_not_halved_is_proposed_whole():
    (made,) = close_gaps(asked(VITB12=0.5), [food("egg", kcal=78, step=1, VITB12=0.56)]).alternatives
    assert made.portions[0].servings == 1


# ---- what may not be proposed ----


@pytest.mark.parametrize(
    ("avoids", "gone"), [(("vegan",), {"milk", "meat", "fish", "eggs", "shellfish"}), (("nuts",), {"nuts"})]
)
def test_what_a_person_avoids_is_in_no_proposal(foods, avoids, gone):
    assert left_out(avoids) == gone
    answer = close_gaps(asked(CA=300.0, MG=100.0, avoids=avoids), foods)
    assert answer.alternatives
    assert not any(p.food.contains & gone for a in answer.alternatives for p in a.portions)


def test_a_disliked_food_is_not_proposed_and_why_says_so(foods):
    first = close_gaps(asked(MG=100.0), foods).alternatives[0].portions[0].food
    request = asked(MG=100.0, dislikes=frozenset({first.id}))
    assert first.id not in {p.food.id for a in close_gaps(request, foods).alternatives for p in a.portions}
    assert "you asked not to be offered it" in why(request, first, foods)


def test_a_food_of_unknown_sodium_is_not_proposed_where_room_for_sodium_is_short():
    known, unknown = food("oats", MG=60.0, NA=2.0), food("soup", MG=90.0)
    request = asked(MG=50.0, room={"NA": 100.0})
    assert said(close_gaps(request, [known, unknown])) == [["oats"]]
    assert "unknown" in why(request, unknown, [known, unknown])


def test_nobody_said_what_it_contains_is_not_the_same_as_containing_nothing():
    own = food("my stew", MG=60.0, contains=None)
    assert said(close_gaps(asked(MG=50.0, avoids=("milk",)), [own, food("oats", MG=60.0)])) == [["oats"]]
    assert ["my stew"] in said(close_gaps(asked(MG=50.0), [own]))


def test_spinach_is_not_proposed_for_its_calcium(foods):
    answer = close_gaps(asked(CA=300.0, avoids=("vegan",)), foods)
    assert not any("spinach" in p.words for a in answer.alternatives for p in a.portions)


# ---- what is said ----


def test_a_food_that_does_not_know_the_nutrient_makes_the_amount_a_lower_bound():
    foods = [food("oats", MG=60.0, FE=1.0), food("tin", kcal=20, FE=5.0)]
    closed = close_gaps(asked(MG=50.0, FE=5.0), foods).alternatives[0].closed
    assert [c.unknown for c in closed] == [True, False]


def test_probability_is_told_before_and_after():
    gap = Gap("MG", 250.0, 60.0, chance=lambda amount: amount / 400)
    (closed,) = close_gaps(GapRequest((gap,)), [food("oats", MG=60.0)]).alternatives[0].closed
    assert (closed.chance_before, closed.chance_after) == (0.625, 0.775)


def test_what_stays_short_is_named_with_the_energy_that_would_do():
    foods = [food("oats", kcal=150.0, MG=60.0)]
    answer = close_gaps(asked(MG=100.0, kcal=160.0), foods)
    assert answer.not_closed == ("MG",)
    assert answer.energy_needed_kcal == pytest.approx(300)


def test_what_no_three_foods_can_close_has_no_energy_that_would_do():
    assert close_gaps(asked(MG=1000.0, kcal=160.0), [food("oats", MG=60.0)]).energy_needed_kcal is None


def test_a_food_can_be_given_up_for_another():
    crisps = food("crisps", kcal=150.0, familiarity=4)
    (made,) = close_gaps(asked(MG=60.0, kcal=20.0, eaten=(crisps,)), [food("oats", kcal=150.0, MG=60.0)]).alternatives
    assert [(p.food.id, p.servings) for p in made.portions] == [("oats", 1.0), ("crisps", -1.0)]
    assert "in place of 1 cup of crisps" in made.sentence


def test_nothing_that_helps_is_said_as_such():
    answer = close_gaps(asked(MG=60.0), [food("water", kcal=0.0, MG=0.0)])
    assert (answer.alternatives, answer.note) == ((), "No familiar food brings any of it here.")


def test_nothing_left_after_what_is_avoided_is_said_as_such():
    answer = close_gaps(asked(MG=60.0, avoids=("milk",)), [food("milk", MG=60.0, contains=frozenset({"milk"}))])
    assert "No food is left" in answer.note


def test_why_not_compares_a_food_with_the_first_proposal():
    foods = [food("oats", kcal=150.0, MG=60.0), food("bread", kcal=180.0, MG=20.0)]
    assert "the first proposal brings 100%" in why(asked(MG=60.0), foods[1], foods)
    assert "in the first proposal" in why(asked(MG=60.0), foods[0], foods)


@pytest.mark.parametrize(
    "request_",
    [
        GapRequest(()),
        GapRequest((Gap("MG", 100.0, -5.0),)),
        GapRequest((Gap("MG", float("nan"), 5.0),)),
        GapRequest((Gap("MG", 100.0, 5.0),), 0.0),
        GapRequest((Gap("MG", 100.0, 5.0),), room={"NA": -1.0}),
    ],
)
def test_a_request_that_makes_no_sense_says_what_was_found(request_, foods):
    with pytest.raises(InputError, match="found"):
        close_gaps(request_, foods)
