import csv
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provender.catalogue.artifact import open_catalogue, starter_path
from provender.catalogue.food import Food, Portion
from provender.catalogue.search import FoodIndex
from provender.catalogue.words import tokens
from provender.diary.entries import Meal
from provender.diary.quick_log import LONGEST, MOST_ITEMS, parse, propose
from provender.terms.errors import InputError

ROWS = csv.DictReader(Path(__file__).with_name("quick_log_corpus.csv").read_text(encoding="utf-8").splitlines())
CORPUS = {text: list(rows) for text, rows in groupby(ROWS, key=lambda row: row["text"])}
"""Lines and, for each thing in them, what is understood. Foods are words of the name; ``amounts`` the choices offered."""


def food(name, *portions, **more):
    return Food(name, name, "test", name, "1", portions=tuple(Portion(*portion) for portion in portions), **more)


EGG = food("Egg, whole, raw", (1.0, "medium", 44.0), (1.0, "large", 50.0))
MILK = food("Milk, whole", (1.0, "cup", 244.0), composition={"ENERC_KCAL": 61.0})
TOAST = food("Bread, rye, toasted", (1.0, "slice, large", 29.0), (1.0, "slice, regular", 24.0))
MACARONI = food("Macaroni and cheese, frozen entree", (1.0, "serving", 244.0))
UNWEIGHED = food("Grandmother's soup", basis_g=None)
BUTTER = food("Butter, salted", (1.0, "tbsp", 14.2))


def find(words):
    table = {
        "egg": EGG,
        "milk": MILK,
        "toast": TOAST,
        "macaroni": MACARONI,
        "soup": UNWEIGHED,
        "butter": BUTTER,
    }
    return [found for key, found in table.items() if key in words.lower()]


def one(text, finder=find):
    (proposal,) = propose(text, finder)
    return proposal


@pytest.fixture(scope="module")
def starter():
    here = open_catalogue(starter_path())
    index = FoodIndex.build(zip(here.ids(), here.names(), here.kinds(), strict=True))
    return lambda words: [(here.food(hit.id), hit) for hit in index.search(words, limit=8)]


def is_what(found, expected):
    """Whether one column is what was expected; ``*`` expects nothing in particular."""
    return expected in {"*", "" if found is None else str(found)}


def differs(proposal, row):
    """The columns in which a proposal is not what its row of the corpus expects."""
    item = proposal.item
    name = set(tokens(proposal.food.name)) if proposal.food else set()
    same = {
        "quantity": is_what(item.quantity, row["quantity"]),
        "unit": is_what(item.unit, row["unit"]),
        "food": row["food"] == "*" or (bool(name) == bool(row["food"]) and name.issuperset(tokens(row["food"]))),
        "mass_g": is_what(proposal.mass_g, row["mass_g"]),
        "question": is_what("yes" if proposal.question else None, row["question"]),
        "amounts": is_what("|".join(amount.said for amount in proposal.amounts), row["amounts"]),
        "meal": is_what(item.meal, row["meal"]),
    }
    return [column for column, fits in same.items() if not fits]


@pytest.mark.parametrize("text", CORPUS)
def test_a_line_of_the_corpus_becomes_what_a_careful_person_would_write(starter, text):
    found, rows = propose(text.replace("\\n", "\n"), starter), CORPUS[text]
    assert len(found) == len(rows)
    assert [differs(proposal, row) for proposal, row in zip(found, rows, strict=True)] == [[] for _ in rows]


def test_the_corpus_has_at_least_250_lines():
    assert len(CORPUS) >= 250


def test_a_line_of_the_corpus_takes_well_under_20_ms(starter):
    def took(text):
        begun = perf_counter()
        propose(text.replace("\\n", "\n"), starter)
        return perf_counter() - begun

    times = sorted(min(took(text) for _ in range(2)) for text in CORPUS)
    assert times[len(times) // 2] < 0.02


def test_four_things_in_one_line_become_four_proposals(starter):
    found = propose("2 eggs, slice of rye toast, 30 g almonds, black coffee", starter)
    assert [(p.food.name.split(",")[0], p.mass_g) for p in found] == [
        ("Egg", 100), ("Bread", 24), ("Nuts", 30), ("Coffee", 237),
    ]  # fmt: skip
    assert not any(p.question for p in found)


@pytest.mark.parametrize(
    "text",
    ["egg, milk", "egg; milk", "egg\nmilk", "egg\r\nmilk", "egg and milk", "egg & milk", "egg + milk", "egg • milk",
     "- egg\n- milk", "egg, , milk,", "I had egg and milk", "egg plus milk"],
)  # fmt: skip
def test_every_separator_parts_two_foods(text):
    assert [item.words for item in parse(text)] == ["egg", "milk"]


def test_a_food_named_with_and_stays_whole():
    assert one("2 servings of macaroni and cheese").food is MACARONI


def test_a_name_known_only_to_the_finder_stays_whole():
    pie = food("Steak and ale pie")
    assert one("steak and ale pie", lambda words: [pie]).food is pie


def test_a_catalogue_name_pasted_whole_stays_whole():
    assert one("30 g Bread, rye, toasted").food is TOAST


def test_one_food_written_three_times_is_three_items():
    assert [p.food for p in propose("egg, egg and egg", find)] == [EGG, EGG, EGG]


def test_a_comma_inside_brackets_does_not_part():
    assert [item.words for item in parse("toast (rye, dark), egg")] == ["toast (rye, dark)", "egg"]


def test_a_short_dish_named_with_and_stays_whole_without_a_finder():
    assert [item.words for item in parse("salt and pepper chips")] == ["salt and pepper chips"]


def test_one_and_a_half_is_one_number():
    assert [(item.quantity, item.words) for item in parse("one and a half eggs and milk")] == [
        (Decimal("1.5"), "eggs"), (None, "milk"),
    ]  # fmt: skip


def test_what_came_with_a_food_is_asked_for_and_not_a_whole_portion():
    toast, butter = propose("toast with butter", find)
    assert toast.mass_g == 24
    assert (butter.mass_g, butter.question) == (None, "how much butter was with it?")


def test_an_amount_of_what_came_with_a_food_is_taken():
    _, butter = propose("toast with 1 tbsp butter", find)
    assert butter.mass_g == Decimal("14.2")


def test_a_part_of_the_food_after_with_stays_with_it():
    assert [item.words for item in parse("potato with skin")] == ["potato with skin"]


@pytest.mark.parametrize(
    ("text", "meals"),
    [
        ("breakfast: 2 eggs, toast; lunch: milk", [Meal.BREAKFAST, Meal.BREAKFAST, Meal.LUNCH]),
        ("2 eggs and toast for lunch", [Meal.LUNCH, Meal.LUNCH]),
        ("eggs for breakfast, milk for dinner", [Meal.BREAKFAST, Meal.DINNER]),
        ("Lunch\n2 eggs", [Meal.LUNCH]),
        ("for supper 2 eggs", [Meal.DINNER]),
        ("snack 2 eggs", [Meal.SNACKS]),
        ("2 eggs", [None]),
        ("dinner roll", [None]),
    ],
)
def test_a_named_meal_belongs_to_its_foods(text, meals):
    assert [item.meal for item in parse(text)] == meals


@pytest.mark.parametrize("text", ["300 kcal", "300 calories", "300kcal", "snack 300 kcal", "cake 300 kcal"])
def test_calories_alone_are_a_quick_addition(text):
    assert one(text).item.energy_kcal == 300
    assert one(text).mass_g is None


def test_kilojoules_become_calories():
    assert one("4184 kJ").item.energy_kcal == 1000


@pytest.mark.parametrize("text", ["99999 kcal", "0 kcal", "-5 kcal"])
def test_absurd_calories_are_asked_about(text):
    assert one(text).question


def test_a_volume_takes_its_mass_from_the_food_s_own_cup():
    assert one("236.5882365 ml milk").mass_g == 244


def test_a_volume_of_a_food_without_a_volume_measure_is_asked_about():
    found = one("100 ml toast")
    assert found.mass_g is None
    assert "grams" in found.question


def test_a_measure_the_food_does_not_have_is_asked_about():
    found = one("handful of toast")
    assert (found.portion, found.mass_g) == (None, None)
    assert found.question


def test_a_food_without_the_measure_gives_way_to_the_next_that_has_it():
    other = food("Milk, low fat", (1.0, "glass", 200.0))
    assert one("a glass of milk", lambda words: [MILK, other]).food is other


def test_a_portion_of_several_is_counted_in_portions():
    breast = food("Chicken, breast", (0.5, "breast", 86.0))
    found = one("2 chicken breasts", lambda words: [breast])
    assert (found.quantity, found.mass_g) == (4, 344)


def test_a_serving_of_unknown_mass_stays_unknown_without_a_question():
    found = one("2 grandmother's soup")
    assert (found.quantity, found.portion.measure, found.mass_g, found.question) == (2, "serving", None, None)


def test_a_food_without_measures_is_asked_about():
    assert "grams" in one("2 plain things", lambda words: [food("Thing")]).question


def test_a_measure_without_mass_is_not_used():
    assert one("1 slice", lambda words: [food("Slice", (1.0, "slice", None))]).mass_g is None


@pytest.mark.parametrize(
    "text", ["0 eggs", "-2 eggs", "50 kg eggs", "999999999999 eggs", "1e999 g eggs", "0.00000001 eggs"]
)
def test_an_absurd_amount_is_asked_about_and_not_weighed(text):
    found = one(text)
    assert found.question
    assert found.mass_g is None or text.startswith("1e999")


def test_very_many_calories_are_asked_about():
    found = one("19 kg milk")
    assert (found.mass_g, bool(found.question)) == (19000, True)


def test_a_range_takes_the_first_and_asks():
    found = one("2-3 eggs")
    assert (found.mass_g, bool(found.question)) == (100, True)


def test_a_food_that_is_not_found_is_asked_about():
    found = one("qwertz")
    assert (found.food, found.choices, found.mass_g) == (None, (), None)
    assert "qwertz" in found.question


def test_an_amount_of_nothing_is_asked_about():
    assert "of which food" in one("100 g").question


def test_choices_are_no_more_than_the_limit():
    (found,) = propose("egg", lambda words: [EGG] * 9, limit=4)
    assert len(found.choices) == 4


def test_the_finder_is_asked_once_for_the_same_words():
    asked = []
    propose("egg, egg, egg", lambda words: asked.append(words) or [EGG])
    assert sorted(asked) == ["egg ", "egg, egg, egg "]


def test_more_than_2000_characters_are_refused():
    with pytest.raises(InputError, match="2,001 characters"):
        parse("a" * (LONGEST + 1))


def test_ten_megabytes_are_refused():
    text = "2 eggs, " * 1_300_000
    with pytest.raises(InputError, match="2,000"):
        parse(text)


def test_more_than_40_foods_are_refused():
    with pytest.raises(InputError, match="41 foods"):
        parse(",".join(["egg"] * (MOST_ITEMS + 1)))


@pytest.mark.parametrize("text", ["", "   ", "\n\n", ",,;", "\x00", "\u202e\u200f", "lunch"])
def test_nothing_written_is_nothing_proposed(text):
    assert propose(text, find) == ()


def test_what_cannot_be_seen_is_left_out():
    (item,) = parse("2\x00 \u202eeggs\u200b")
    assert (item.text, item.quantity, item.words) == ("2 eggs", 2, "eggs")


def test_a_picture_of_a_food_is_that_food():
    assert one("🥚🥚").mass_g == 100


def test_a_picture_of_what_is_named_anyway_is_left_out():
    assert one("egg 🥚").item.words == "egg"


def test_a_picture_of_no_food_is_a_food_nobody_found():
    assert one("🎉").food is None


@pytest.mark.parametrize("text", ["1 " * 1000, "(" * 2000, "and " * 500, "1/" * 1000, "½" * 2000, "x2" * 1000,
                                  "a " * 1000, "dozen " * 300, "9" * 2000, "1 x " * 500, "-" * 2000, "1,1" * 600])  # fmt: skip
def test_hostile_text_is_an_answer_or_a_clear_error(text):
    found, refused = (), None
    try:
        found = propose(text[:LONGEST], find)
    except InputError as error:
        refused = error
    assert refused is None or refused.field == "words"
    assert all(p.mass_g is None or p.mass_g >= 0 for p in found)


WORDS = st.sampled_from(
    ["2", "1/2", "½", "a", "dozen", "half", "and", "with", "of", "eggs", "milk", "toast", "30", "g", "kg", "ml", "cup",
     "kcal", ",", "x", "-", "(", ")", "large", "slice", "for", "lunch", ":", "1e999", "99999999999999999999", "of",
     "butter", "0", "0.0001", "kJ", "lb", "oz", "thousand", "hundred", "+", "&", "\n"]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=25).map(" ".join)))
def test_any_text_is_understood_or_refused_and_no_mass_is_negative(text):
    try:
        found = propose(text, find)
    except InputError:
        return
    assert all(p.mass_g is None or (p.mass_g.is_finite() and p.mass_g > 0) for p in found)
    assert all(p.quantity.is_finite() for p in found)
    assert all(p.food is not None or p.question or p.item.energy_kcal is not None for p in found)


@given(st.decimals("0.01", "9999", places=2), st.sampled_from(["g", "mg", "oz"]))
def test_a_mass_is_exact_whatever_the_food(quantity, unit):
    grams = {"g": Decimal(1), "mg": Decimal("0.001"), "oz": Decimal("28.349523125")}[unit]
    found = one(f"{quantity} {unit} egg")
    expected = quantity * grams
    assert found.mass_g == (expected if expected <= 20_000 else None)


@given(st.integers(1, 200))
def test_twice_as_many_weigh_twice_as_much(count):
    assert one(f"{2 * count} eggs").mass_g == 2 * one(f"{count} eggs").mass_g


def test_a_piece_is_the_natural_one():
    assert one("2 pieces of toast").mass_g == 48


def test_a_serving_of_a_food_without_servings_is_one_usual_portion():
    assert one("1 serving of milk").mass_g == 244


def test_a_size_the_food_does_not_come_in_is_asked_about():
    assert one("1 jumbo egg").mass_g is None


def test_a_fraction_of_nothing_is_asked_about():
    assert one("1/0 eggs").question


def test_a_stand_in_for_a_mug_is_asked_about():
    found = one("a mug of milk")
    assert (found.mass_g, bool(found.question)) == (244, True)
