"""The parts of the quick log on their own: numbers, units, occasions, pictures, what parts and what stays whole."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provender.catalogue.differences import Difference, Differs
from provender.catalogue.food import Food, Portion
from provender.catalogue.search import Hit
from provender.diary.amounts import amount_of
from provender.diary.counting import number_at
from provender.diary.entries import Kind, Meal
from provender.diary.occasions import occasion_of
from provender.diary.parting import parts_of
from provender.diary.phrases import lines_of, tokens_of
from provender.diary.quick_log import LONGEST, parse, proposal_as, propose
from provender.terms.errors import InputError

OIL = Food("oil", "Oil", "test", "oil", "1", portions=(Portion(1.0, "tsp", 4.5), Portion(1.0, "tbsp", 13.5)))
MILK = Food("milk", "Milk", "test", "milk", "1", portions=(Portion(1.0, "cup", 244.0), Portion(1.0, "fl oz", 30.5)))
CRISPS = Food("crisps", "Crisps", "test", "crisps", "1", portions=(Portion(1.0, "bag", 227.0),))


def one(text, food, **more):
    (found,) = propose(text, lambda words: [food], **more)
    return found


def number(text):
    return number_at(tokens_of(text), 0).number


@pytest.mark.parametrize(
    ("said", "meant"),
    [("twenty five", "25"), ("twenty-five", "25"), ("a hundred and fifty", "150"), ("one hundred and one", "101"),
     ("half a dozen", "6"), ("two thirds of", "0.666667"), ("two hundred", "200"), ("a couple of", "2"), ("1½", "1.5"),
     ("0,125", "0.125"), ("1,5", "1.5"), ("1,000", "1000"), ("2 & 1/2", "2.5"), ("three quarters of a", "0.75")],
)  # fmt: skip
def test_a_number_is_what_was_said(said, meant):
    assert number(f"{said} cup") == Decimal(meant)


@pytest.mark.parametrize(
    "name",
    ["half and half", "quarter pounder", "7up", "7 up", "3 musketeers", "three bean salad", "7 grain bread", "between meals"],
)  # fmt: skip
def test_a_name_that_begins_like_a_number_is_none(name):
    assert number(name) is None


@given(st.integers(1, 99), st.integers(1, 99))
def test_a_range_offers_its_ends_and_its_middle_in_order(low, high):
    found = number_at(tokens_of(f"{low}-{high} eggs"), 0)
    few = tuple(sorted({Decimal(low), Decimal(low + high) / 2, Decimal(high)}))
    assert found.may_be == (() if low == high else few)
    assert bool(found.doubt) == (low != high)


@pytest.mark.parametrize(
    ("text", "quantity", "unit", "words"),
    [
        ("2 x 330ml cans of beer", "660", "ml", "beer"),
        ("2 330 ml cans of beer", "660", "ml", "beer"),
        ("a 12 oz steak", "12", "oz", "steak"),
        ("chicken - 200g", "200", "g", "chicken"),
        ("a banana and a half", "1.5", None, "banana"),
        ("a slice and a half of bread", "1.5", "slice", "bread"),
        ("salmon 150g grilled", "150", "g", "salmon grilled"),
        ("1 dessertspoon honey", "2", "tsp", "honey"),
        ("1 T butter", "1", "tbsp", "butter"),
        ("2 big macs", "2", None, "big macs"),
        ("pot roast", None, None, "pot roast"),
        ("2eggs", "2", None, "eggs"),
        ("2 quarter pounders", "2", None, "quarter pounders"),
        ("x2 eggs", "2", None, "eggs"),
        ("2 x a", "2", None, "a"),
    ],
)
def test_an_amount_is_taken_out_of_its_phrase(text, quantity, unit, words):
    found = amount_of(text)
    assert (found.quantity, found.unit, found.words) == (None if quantity is None else Decimal(quantity), unit, words)
    assert found.doubt is None


def test_inches_are_a_size_and_not_an_amount():
    found = amount_of('12" pizza')
    assert (found.quantity, found.words) == (None, '12" pizza')
    assert found.doubt


def test_a_point_before_three_digits_is_a_choice_of_two():
    assert amount_of("1.500 g rice").may_be == (Decimal("1.5"), Decimal(1500))
    assert amount_of("1.55 g rice").may_be == ()


def test_an_amount_after_several_is_of_each_or_of_all():
    assert amount_of("2 beers 330 ml").may_be == (330, 660)
    assert amount_of("2 beers (330 ml)").may_be == ()
    assert amount_of("a beer 330 ml").quantity == 330


@pytest.mark.parametrize(
    ("text", "first", "last", "rest"),
    [
        ("eggs at 8am", None, Meal.BREAKFAST, "eggs"),
        ("8:30 eggs", Meal.BREAKFAST, None, "eggs"),
        ("eggs for lunch at 8am", None, Meal.LUNCH, "eggs"),
        ("eggs at 25:00", None, None, "eggs at 25:00"),
        ("eggs at 13pm", None, None, "eggs at 13pm"),
        ("12 am toast", Meal.SNACKS, None, "toast"),
        ("brunch: eggs", None, None, "eggs"),
        ("today I had eggs", None, None, "eggs"),
        ("eggs (snack)", None, Meal.SNACKS, "eggs"),
        ("lunch box", None, None, "lunch box"),
    ],
)
def test_an_occasion_is_taken_off_a_line(text, first, last, rest):
    assert occasion_of(text) == (first, last, rest)


@pytest.mark.parametrize(
    ("typed", "read"),
    [("🥚🥚🍌", "2 egg , banana"), ("banana 🍌", "banana"), ("2 🥚 and 🥓", "2 egg and bacon"), ("☕️", "coffee"),
     ("1. eggs", "eggs"), ("- eggs", "eggs"), ("eggs\u200b\u202e", "eggs"), ("eggs.2 figs", "eggs 2 figs"),
     ("one-and-a-half", "one and a half"), ("1lb4oz", "1lb 4oz"), ("chicken-200g", "chicken 200g"), ("omega-3", "omega-3")],
)  # fmt: skip
def test_a_line_is_made_readable(typed, read):
    assert lines_of(typed) == [read]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2 eggs 1 banana 200ml milk", ["eggs", "banana", "milk"]),
        ("chicken 200g rice 100g", ["chicken", "rice"]),
        ("heinz 57 sauce", ["heinz 57 sauce"]),
        ("1 vitamin b 12 tablet", ["vitamin b 12 tablet"]),
        ("1 pack of 2 biscuits", ["2 biscuits"]),
        ("chicken, grilled, no skin, 200 g", ["chicken, grilled, no skin"]),
        ("tea with milk and no sugar", ["tea no sugar", "milk"]),
        ("tea with milk, no sugar", ["tea, no sugar", "milk"]),
        ("2 eggs, 100 g", ["eggs", ""]),
        ("salt and vinegar crisps", ["salt and vinegar crisps"]),
        ("a ham and cheese sandwich", ["ham and cheese sandwich"]),
        ("a coffee and ham sandwich", ["coffee", "ham sandwich"]),
        ("2 eggs and ham sandwich", ["eggs", "ham sandwich"]),
        ("2 ham and cheese sandwiches", ["ham and cheese sandwiches"]),
        ("beans on toast", ["beans", "toast"]),
        ("fish and chips", ["fish", "chips"]),
        ("one hundred and fifty grams of fish and chips", ["fish", "chips"]),
    ],
)
def test_a_line_parts_where_a_person_would(text, words):
    assert [item.words for item in parse(text)] == words


@pytest.mark.parametrize("text", ["30 min running", "ran 5 km", "an hour of yoga", "10k steps", "jogged 30 minutes"])
def test_exercise_is_told_apart_from_food(text):
    (item,) = parse(text)
    assert (item.kind, item.quantity) == (Kind.EXERCISE, None)
    assert "Exercise" in item.doubt


@pytest.mark.parametrize("text", ["weight 70 kg", "I weighed 150 lb", "weighed 70.5kg today", "my weight is 11 stone"])
def test_a_weighing_is_told_apart_from_food(text):
    assert [item.kind for item in parse(text)] == [Kind.WEIGHT]


@pytest.mark.parametrize("text", ["2-minute noodles", "10 min eggs", "weight watchers bar", "70 kg potatoes"])
def test_a_food_is_no_exercise_and_no_weighing(text):
    assert parse(text)[0].kind is Kind.FOOD


def test_a_handful_offers_volumes_by_the_food_s_own_measures():
    found = one("a drizzle of oil", OIL)
    assert found.mass_g is None
    assert [(a.said, a.mass_g) for a in found.amounts] == [
        ("1 tsp", Decimal("4.5")), ("2 tsp", 9), ("1 tbsp", Decimal("13.5")),
    ]  # fmt: skip


def test_two_handfuls_are_twice_the_choices():
    single, double = one("a splash of oil", OIL).amounts, one("2 splashes of oil", OIL).amounts
    assert [a.mass_g * 2 for a in single] == [a.mass_g for a in double]


def test_a_glass_offers_volumes_of_a_drink_only():
    assert len(one("a glass of milk", MILK).amounts) == 4
    assert one("a glass of oil", OIL).amounts == ()


def test_a_pint_is_asked_about_unless_it_is_known_to_be_american():
    asked, known = one("a pint of milk", MILK), one("a pint of milk", MILK, us=True)
    assert [round(a.mass_g) for a in asked.amounts] == [488, 586]
    assert asked.question
    assert (known.amounts, known.question) == ((), None)


def test_what_is_only_sold_in_packs_is_not_counted_in_packs_without_asking():
    found = one("3 crisps", CRISPS)
    assert "1 bag" in found.question
    assert one("a few crisps", CRISPS).amounts == ()


@pytest.mark.parametrize(
    ("kind", "asked", "found", "score", "asks"),
    [
        (Differs.READ_AS, "oreos", "area", 6.8, True),
        (Differs.READ_AS, "cheedar", "cheddar", 5.0, False),
        (Differs.READ_AS, "aubergine", "eggplant", 11.9, False),
        (Differs.READ_AS, "chicken breast", "chicken breast meat only", 5.0, False),
        (Differs.LACKS, "sandwich", "", 9.0, True),
        (Differs.LACKS, "grilled", "", 6.0, False),
        (Differs.UNKNOWN, "digestive", "", 9.0, True),
        (Differs.HAS, "sugar", "", 9.0, True),
        (Differs.SILENT, "sugar", "", 11.0, False),
    ],
)
def test_a_food_is_asked_about_when_the_words_were_read_as_others(kind, asked, found, score, asks):
    hit = Hit("oil", score, (Difference(kind, asked, found),))
    (proposal,) = propose("oil", lambda words: [(OIL, hit)])
    assert (proposal.food, bool(proposal.question)) == (OIL, asks)
    assert hit.why in (proposal.question or hit.why)


def test_words_read_as_quite_others_are_no_food_when_little_else_speaks_for_it():
    stray = Hit("oil", 5.8, (Difference(Differs.READ_AS, "nothing", "topping"),))
    (proposal,) = propose("nothing", lambda words: [(OIL, stray)])
    assert (proposal.food, proposal.choices) == (None, ())
    assert proposal.question.startswith("no food found for “nothing”")


def test_a_food_found_as_typed_is_not_asked_about():
    (proposal,) = propose("oil", lambda words: [(OIL, Hit("oil", 1.0))])
    assert proposal.question is None


def test_a_question_about_the_food_does_not_hide_the_one_about_the_amount():
    (found,) = propose("2-3 oils", lambda words: [(OIL, Hit("oil", 5.0, (Difference(Differs.LACKS, "x"),)))])
    assert "is that what it was? 2 or 3" in found.question


@pytest.mark.parametrize("text", ["oil or milk", "2 oils or milk"])
def test_one_food_or_another_is_asked_about(text):
    assert "which of them" in one(text, OIL).question


def test_a_named_food_is_weighed_from_the_words():
    found = proposal_as("2 tbsp butter", OIL, [OIL, MILK])
    assert (found.food, found.mass_g, found.choices, found.question) == (OIL, 27, (OIL, MILK), None)


def test_words_that_are_no_food_are_one_once_a_food_is_chosen():
    assert proposal_as("30 min running", OIL, [OIL]).food is OIL


@pytest.mark.parametrize("text", ["2 eggs " * 1500, "🥚" * 10_000, "a" * 10_000, "\x00" * 10_000, "(" * 10_000])
def test_ten_thousand_characters_are_refused_with_a_sentence(text):
    with pytest.raises(InputError, match="2,000"):
        parse(text[:10_000])


@pytest.mark.parametrize("text", ["!?.,;:-_", "...", "-", "+ + +", "()[]", "@#$%^&*", "\x01\x02\x1b[31m", "\u200b"])
def test_only_punctuation_is_nothing_or_asked_about(text):
    assert all(p.mass_g is None for p in propose(text, lambda words: []))


WORDS = st.sampled_from(
    ["2", "½", "2-3", "a", "few", "half", "and", "with", "no", "or", "of", "oil", "milk", "30", "g", "pint", "cup", "pinch",
     ",", "x", "(", ")", "🥚", "at", "8am", "lunch", ":", "12", '"', "1.500", "min", "run", "weight", "kg", "hundred",
     "between", "to", "\n", "can", "T", "grilled", ".", "?", "twenty", "five", "salad", "on", "1/2", "dessertspoon"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=LONGEST), st.lists(WORDS, max_size=30).map(" ".join)))
def test_any_line_is_understood_or_refused_and_every_choice_weighs_something(text):
    try:
        found = propose(text, lambda words: [OIL, MILK, CRISPS])
    except InputError:
        return
    for proposal in found:
        assert all(amount.mass_g and amount.mass_g > 0 and amount.said for amount in proposal.amounts)
        assert proposal.question or not proposal.amounts


@given(
    st.sampled_from(["2 eggs", "a cup of milk", "almonds 30 g", "2-3 figs", "a pinch of salt", "½ loaf"]),
    st.integers(1, 6),
)
def test_lines_are_read_alike_however_many_there_are(line, times):
    assert parse("\n".join([line] * times)) == parse(line) * times


def test_a_denial_of_nothing_stays_with_what_stands_before_it():
    assert [part.text for part in parts_of("0 N NO :", lambda _: False)] == ["0 NO :"]
