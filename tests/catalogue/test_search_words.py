import pytest
from hypothesis import given
from hypothesis import strategies as st

from provender.catalogue.readings import reworded, wordings
from provender.catalogue.weights import surprise, weigh
from provender.catalogue.words import fold, stem, terms, tokens


@pytest.mark.parametrize(
    ("plural", "singular"),
    [
        ("eggs", "egg"), ("tomatoes", "tomato"), ("berries", "berry"), ("cookies", "cookie"), ("radishes", "radish"),
        ("leaves", "leaf"), ("boxes", "box"), ("pies", "pie"), ("slices", "slice"), ("peaches", "peach"),
    ],
)  # fmt: skip
def test_a_plural_and_its_singular_share_a_stem(plural, singular):
    assert stem(plural) == stem(singular)


@pytest.mark.parametrize("word", ["hummus", "asparagus", "swiss", "tea", "peas"[:3]])
def test_a_word_that_only_looks_plural_keeps_its_end(word):
    assert stem(word) == word


def test_apostrophes_close_up():
    assert tokens("M&M's") == ["m", "ms"]


def test_folding_takes_case_and_accents_away():
    assert fold("Crème BRÛLÉE") == "creme brulee"


def test_the_food_is_the_head_after_a_shelf_label():
    words = weigh("Nuts, almonds")
    assert words["almond"][0] == 1.0
    assert words["nut"][1] < 0.2


def test_a_word_in_brackets_weighs_less_than_one_outside():
    words = weigh("Lettuce, iceberg (includes crisphead types), raw")
    assert words["crisphead"][0] < words["iceberg"][0]


def test_a_brand_in_capitals_surprises_more_than_a_word():
    assert weigh("Soup, CAMPBELLS, tomato")["campbell"][1] > weigh("Soup, campbells, tomato")["campbell"][1]


def test_a_name_all_in_capitals_is_not_all_brand():
    assert weigh("TOMATO SOUP") == weigh("Tomato soup")


def test_raw_surprises_in_rice_and_cooked_in_an_apple():
    assert weigh("Rice, raw")["raw"][1] > weigh("Rice, cooked")["cooked"][1]
    assert weigh("Apples, cooked")["cooked"][1] > weigh("Apples, raw")["raw"][1]


def test_a_powder_surprises_more_than_a_whole_food():
    assert surprise("powder") > surprise("whole")


def test_a_name_of_nothing_has_no_words():
    assert weigh(" ,, () ") == {}


def test_every_synonym_says_something_and_where_it_comes_from():
    table = wordings()
    assert len(table.phrases) + len(table.same) + len(table.usual) >= 100
    assert all(row.phrase and row.means for row in table.usual)


def test_of_two_phrases_in_one_place_the_longer_is_read():
    assert reworded(("french", "toast"), prefix=False, known=bool)[0].words == ("french", "toast")


def test_the_nearest_food_to_a_brands_is_less_sure_unless_no_food_has_the_brand():
    (known, *_), (unknown, *_) = (reworded(("nutella",), prefix=False, known=k) for k in (bool, lambda _: False))
    assert known.words == unknown.words
    assert known.factor < 0.7 < 0.98 < unknown.factor


def test_a_word_in_passing_is_less_surely_meant_otherwise():
    among = reworded(("pop", "tart"), prefix=False, known=bool)[0]
    assert "carbonated" in among.words
    assert among.factor == 0.9


def test_a_half_typed_phrase_is_completed():
    assert any("eggplant" in reading.words for reading in reworded(("auberg",), prefix=True, known=bool))


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2% milk", ["2%", "milk"]), ("2 percent milk", ["2%", "milk"]), ("milk 3,25 %", ["milk", "3.25%"]),
        ("93/7 beef", ["93%", "7%", "beef"]), ("1/2 cup", ["1", "2", "cup"]),
        ("milk, no sugar", ["milk", "-sugar"]), ("chicken without skin", ["chicken", "-skin"]),
        ("fat free milk", ["-fat", "milk"]), ("gluten-free bread", ["-gluten", "bread"]),
        ("no added salt or sugar", ["-salt", "or", "-sugar"]), ("skin not eaten", ["-skin"]), ("w/o skin", ["-skin"]),
        ("free range eggs", ["free", "range", "eggs"]), ("no bake cake", ["no", "bake", "cake"]), ("without", []),
    ],
)  # fmt: skip
def test_numbers_keep_their_percent_and_what_must_be_absent_is_marked(typed, read):
    assert terms(typed) == read


def test_a_name_that_denies_a_word_does_not_have_it():
    words = weigh("Butter, without salt")
    assert "salt" not in words
    assert "-salt" in words


@pytest.mark.parametrize(
    ("name", "absent"),
    [("Applesauce, unsweetened", "-sugar"), ("Chicken, breast, meat only", "-skin"), ("Milk, nonfat", "-fat")],
)
def test_some_words_say_that_another_is_absent(name, absent):
    assert absent in weigh(name)


@given(st.text(max_size=60))
def test_any_name_is_weighed_within_its_bounds(name):
    assert all(0.0 <= weight <= 1.0 and cost >= 0.0 for weight, cost in weigh(name).values())
