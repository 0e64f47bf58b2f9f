"""Supplements: described once, taken with one press, never food, never another person's."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from cast import DAY

from provender.diary.entries import Kind
from provender.nutrition.recipient import Recipient
from provender.nutrition.reference_intakes import references
from provender.store import selectors, supplements
from provender.store.doses import a_day, brought, daily_doses, of_unknown_contents, taken
from provender.store.services import change_entry
from provender.store.undo import undo
from provender.terms.errors import InputError, NotFoundError

LABEL = "Magnesium 100 mg\nVitamin D3 1000 IU"


def kept(member, **more):
    return supplements.keep_supplement(member, **{"name": "Good night", "label": LABEL, **more})[0]


def test_a_supplement_holds_what_its_label_says_and_nothing_else(alice):
    found = kept(alice, brand="Acme", doses_a_day=Decimal(2))
    assert dict(found.composition) == {"MG": 100.0, "VITD": 25.0}
    assert supplements.supplements(alice) == (found,)


def test_a_dose_is_an_entry_with_what_was_in_it_then(alice):
    found = kept(alice)
    supplements.take(alice, found.id, day=DAY, doses=Decimal("1.5"))
    kept(alice, label="Magnesium 500 mg", number=found.id)
    (entry,) = selectors.day(alice, DAY).of_kind(Kind.DOSE)
    assert entry.doses == {"MG": 150.0, "VITD": 37.5}
    assert (entry.amount, entry.unit) == (Decimal("1.5"), "tablet")


def test_a_dose_is_never_food(alice):
    supplements.take(alice, kept(alice, label="EPA 1 g\nEnergy 25 kcal").id, day=DAY)
    found = selectors.day(alice, DAY)
    assert (found.balance.entries, found.balance.eaten) == (0, 0)
    assert found.entries[0].intake == {}


def test_logged_doses_count_on_average_and_usual_ones_only_without_any(alice):
    found = kept(alice, doses_a_day=Decimal(1))
    assert a_day(taken(alice, DAY, DAY)) == {"MG": 100.0, "VITD": 25.0}
    supplements.take(alice, found.id, day=DAY, doses=Decimal(2))
    assert a_day(taken(alice, DAY, DAY)) == {"MG": 200.0, "VITD": 50.0}


def test_a_dose_can_be_undone_and_one_key_keeps_it_once(alice):
    found, key = kept(alice), uuid4()
    first = supplements.take(alice, found.id, day=DAY, key=key)
    assert supplements.take(alice, found.id, day=DAY, key=key).change_id is None
    undo(alice, first.change_id)
    assert selectors.day(alice, DAY).of_kind(Kind.DOSE) == ()


def test_a_removed_supplement_keeps_its_doses_and_comes_back(alice):
    found = kept(alice)
    supplements.take(alice, found.id, day=DAY)
    supplements.remove_supplement(alice, found.id)
    assert supplements.supplements(alice) == ()
    assert len(selectors.day(alice, DAY).of_kind(Kind.DOSE)) == 1
    with pytest.raises(NotFoundError):
        supplements.take(alice, found.id, day=DAY)
    assert supplements.restore_supplement(alice, found.id) == found


def test_the_label_shown_to_be_changed_reads_as_what_is_kept(alice):
    for n, reference in references(Recipient("female", 40.0)).items():
        amount = reference.rda or reference.ai
        if n.startswith(("ENERC", "WATER", "CHOCDF")) or not amount:
            continue
        one = supplements.Described(1, "x", "", "", "tablet", {n: float(amount)}, None)
        assert set(supplements.composition_of(supplements.read_label(one.label))) >= {n} - {"VITA_RAE"}, one.label
    found = kept(alice, label="Vitamin A 800 µg\nFolate 400 µg DFE")
    assert dict(kept(alice, label=found.label, number=found.id).composition) == dict(found.composition)


def test_notes_say_how_a_salt_was_read(alice):
    _, notes = supplements.keep_supplement(alice, name="Mg", label="magnesium oxide 400 mg")
    assert "60.3 % magnesium: 241 mg" in notes[0]


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"label": "Magnesium"}, "label"),
        ({"label": "Magnesium 100 g"}, "sure"),
        ({"doses_a_day": Decimal(0)}, "doses_a_day"),
        ({"doses_a_day": Decimal(51)}, "doses_a_day"),
        ({"barcode": "123"}, "barcode"),
    ],
)
def test_what_cannot_be_meant_is_refused_by_field(alice, more, field):
    with pytest.raises(InputError) as raised:
        kept(alice, **more)
    assert raised.value.field == field
    assert supplements.supplements(alice) == ()


def test_amounts_beyond_belief_are_kept_once_they_are_said_to_be_right(alice):
    with pytest.raises(InputError, match="times what is recommended for a day"):
        kept(alice, label="Vitamin B12 1 mg")
    assert kept(alice, label="Vitamin B12 1 mg", sure=True).composition["VITB12"] == 1000.0


def test_a_name_is_there_once_for_each_brand(alice):
    kept(alice)
    kept(alice, brand="Another")
    with pytest.raises(InputError, match="in your list already"):
        kept(alice, name="good night")


def test_charlie_neither_sees_nor_takes_alices(alice, charlie):
    found = kept(alice)
    assert supplements.supplements(charlie) == ()
    for act in (
        lambda: supplements.supplement(charlie, found.id),
        lambda: supplements.take(charlie, found.id, day=DAY),
        lambda: supplements.remove_supplement(charlie, found.id),
        lambda: kept(charlie, number=found.id),
    ):
        with pytest.raises(NotFoundError):
            act()
    supplements.remove_supplement(alice, found.id)
    with pytest.raises(NotFoundError):
        supplements.restore_supplement(charlie, found.id)


@pytest.mark.parametrize("doses", ["0", "-1", "101"])
def test_doses_nobody_takes_are_refused(alice, doses):
    with pytest.raises(InputError):
        supplements.take(alice, kept(alice).id, day=DAY, doses=Decimal(doses))


def test_what_each_supplement_brings_is_told_most_first(alice):
    kept(alice, doses_a_day=Decimal(1))
    other = kept(alice, name="Multi", label="Magnesium 300 mg\nZinc 10 mg")
    kept(alice, name="Herbs", label="Curcumin 500 mg", doses_a_day=Decimal(2))
    supplements.take(alice, other.id, day=DAY)
    first = DAY - timedelta(days=1)
    doses = taken(alice, first, DAY)
    found = {one.nutrient: one for one in brought(doses)}
    assert found["MG"].by == (("Multi", 150.0), ("Good night", 100.0))
    assert {n: one.a_day for n, one in found.items()} == daily_doses(alice, first, DAY)
    assert list(found) == ["MG", "ZN", "VITD"]
    assert of_unknown_contents(doses) == ("Herbs",)


@pytest.mark.parametrize("label", ["Folic acid 400 mg", "Retinol 900 mg", "EPA 500 g"])
def test_forms_and_nutrients_without_a_recommendation_are_questioned_too(alice, label):
    with pytest.raises(InputError, match="Is the unit right"):
        kept(alice, label=label)


def test_a_removed_one_does_not_come_back_beside_another_of_its_name(alice):
    found = kept(alice)
    supplements.remove_supplement(alice, found.id)
    kept(alice)
    with pytest.raises(InputError, match="in your list already"):
        supplements.restore_supplement(alice, found.id)


def test_a_logged_dose_can_be_changed_within_reason(alice):
    entry = supplements.take(alice, kept(alice).id, day=DAY).entries[0]
    (changed,) = change_entry(alice, entry.id, amount=Decimal(3)).entries
    assert changed.doses["MG"] == 300.0
    with pytest.raises(InputError, match="at most 100"):
        change_entry(alice, entry.id, amount=Decimal(101))


def test_a_long_label_is_refused_not_cut(alice):
    with pytest.raises(InputError, match="at most 5,000"):
        kept(alice, label="x" * 5001)


def test_an_amount_with_three_decimals_is_read_again_as_it_was(alice):
    found = kept(alice, label="Magnesium 1.1250 mg")
    assert kept(alice, label=found.label, number=found.id).composition["MG"] == 1.125


def test_words_mean_a_supplement_by_name_before_nutrient_and_none_where_two_fit(alice):
    d3 = kept(alice, name="Sun", label="Vitamin D3 1000 IU")
    assert supplements.meant(supplements.supplements(alice), "vitamin d 2000 iu") == (d3, Decimal(2))
    other = kept(alice, name="Vitamin D", label="Vitamin D3 1000 IU")
    assert supplements.meant(supplements.supplements(alice), "vitamin d") == (other, Decimal(1))
    assert supplements.meant(supplements.supplements(alice), "vitamin d3 1000 iu") is None
    assert supplements.meant((), "vitamin d") is None
