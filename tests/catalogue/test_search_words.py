import pytest
from hypothesis import given
from hypothesis import strategies as st

from provender.catalogue.readings import reworded, slips, wordings
from provender.catalogue.words import fold, stem, surprise, tokens, weigh


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
    assert words["almonds"][0] == 1.0
    assert words["nuts"][1] < 0.2


def test_a_word_in_brackets_weighs_less_than_one_outside():
    words = weigh("Lettuce, iceberg (includes crisphead types), raw")
    assert words["crisphead"][0] < words["iceberg"][0]


def test_a_brand_in_capitals_surprises_more_than_a_word():
    assert weigh("Soup, CAMPBELLS, tomato")["campbells"][1] > weigh("Soup, campbells, tomato")["campbells"][1]


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
    assert reworded(("french", "toast"), prefix=False)[0].words == ("french", "toast")


def test_a_half_typed_phrase_is_completed():
    assert any("eggplant" in reading.words for reading in reworded(("auberg",), prefix=True))


@given(st.text(alphabet="abcdefghij", min_size=1, max_size=8))
def test_a_word_is_never_a_slip_of_itself(word):
    assert word not in slips(word)


@given(st.text(alphabet="abcdef", min_size=2, max_size=8), st.data())
def test_a_word_with_a_letter_lost_is_one_slip_away_both_ways(word, data):
    at = data.draw(st.integers(0, len(word) - 1))
    shorter = word[:at] + word[at + 1 :]
    assert shorter in slips(word)
    assert word in slips(shorter)
