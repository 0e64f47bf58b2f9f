"""Warning signs: every row, what the answers come to, which notes ask again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provender.library.red_flags import TIERS
from provender.library.safety import red_flags, triage, version_of, words_that_ask
from provender.library.safety_records import RedFlag, RedFlags
from provender.library.shelf import shelf
from provender.terms.errors import InputError, NotFoundError

FLAGS = red_flags(shelf())
IDS = [one.id for one in FLAGS.questions]
ALL_NO = dict.fromkeys(IDS, "no")
MILDNESS = {"no": 0, "not sure": 1, "yes": 2}
ANSWERS = st.fixed_dictionaries({one: st.sampled_from(sorted(MILDNESS)) for one in IDS})

TOLD = {
    "saddle-numbness": "inner thighs feel numb since lunch",
    "urine": "bladder feels odd",
    "stools": "lost control of my bowels",
    "sexual-function": "no erection for a week",
    "both-legs": "it shoots into both legs",
    "leg-weakness": "my legs are weak",
    "accident": "since the car accident",
    "chest-pain": "chest pains on the stairs",
    "tearing-pain": "a tearing pain, then I fainted",
    "fever": "feverish all evening",
    "weak-defence": "second week of chemotherapy",
    "recent-infection": "had sepsis in May",
    "cancer": "breast cancer ten years ago",
    "weight-loss": "lost weight again",
    "night-rest": "worse at night",
    "several-sites": "it hurts everywhere",
    "lump-shape": "found a lump",
    "age-at-onset": "feeling unwell",
    "fragile-bones": "prednisolone, so steroids",
    "minor-injury": "tripped on the stairs",
    "between-shoulder-blades": "between my shoulder blades",
    "cough-strain": "hurts when coughing",
    "month": "no better after all",
    "morning-stiffness": "very stiff until ten",
    "inflammation-elsewhere": "Crohn's again",
    "burning-urine": "burning when I go",
    "pregnancy-child": "I am pregnant",
}
TIER_OF = {
    **dict.fromkeys(IDS[:9], "emergency"),
    **dict.fromkeys(IDS[9:23], "urgent"),
    **dict.fromkeys(IDS[23:], "soon"),
}


def rank(tier):
    return len(TIERS) if tier is None else TIERS.index(tier)


def asked_by(note):
    return [one.id for one in words_that_ask(FLAGS, note)]


@pytest.mark.parametrize("question", FLAGS.questions, ids=IDS)
def test_yes_to_a_question_alone_reaches_its_tier(question):
    found = triage(FLAGS, ALL_NO | {question.id: "yes"})
    assert found.tier == question.tier == TIER_OF[question.id]
    assert found.asked == (question.id,)
    assert found.do == FLAGS.tiers[question.tier].do


@pytest.mark.parametrize("question", FLAGS.questions, ids=IDS)
def test_not_sure_counts_as_yes_in_an_emergency_and_as_a_visit_elsewhere(question):
    found = triage(FLAGS, ALL_NO | {question.id: "not sure"})
    assert found.tier == ("emergency" if question.tier == "emergency" else "soon")


@pytest.mark.parametrize("question", FLAGS.questions, ids=IDS)
def test_every_question_asks_one_thing_and_is_raised_by_words(question):
    assert question.asks.endswith("?")
    assert question.id in asked_by(TOLD[question.id])


@pytest.mark.parametrize(
    ("question", "word"), [(one, word) for one in FLAGS.questions for word in one.words], ids=lambda one: str(one)[-20:]
)
def test_every_word_of_a_question_raises_it(question, word):
    said = word.removeprefix("!").replace("*", "")
    assert question.id in asked_by(f"Today: {said} again")


@pytest.mark.parametrize("question", FLAGS.questions, ids=IDS)
def test_every_question_rests_on_a_source_or_says_that_it_does_not(question):
    assert bool(question.source) != (question.unverified or question.own_rule)


def test_a_question_without_any_ground_is_refused():
    with pytest.raises(ValueError, match="found no source"):
        RedFlag(id="x", tier="soon", asks="?", group="x")


def test_a_question_in_a_tier_that_is_not_there_is_refused():
    fields = FLAGS.model_dump(by_alias=True)
    del fields["tiers"]["soon"]
    with pytest.raises(ValueError, match="found morning-stiffness in soon, expected one of emergency, urgent"):
        RedFlags.model_validate(fields)


def test_a_question_that_is_there_twice_is_refused():
    fields = FLAGS.model_dump(by_alias=True)
    fields["questions"] = [*fields["questions"], fields["questions"][0]]
    with pytest.raises(ValueError, match="found the id saddle-numbness 2 times"):
        RedFlags.model_validate(fields)


def test_no_to_everything_locks_nothing_and_says_nothing():
    found = triage(FLAGS, ALL_NO)
    assert (found.tier, found.asked, found.do, found.locks, found.hides_doses, found.open) == (
        None,
        (),
        "",
        False,
        False,
        (),
    )


def test_an_open_question_locks_without_alarm():
    found = triage(FLAGS, {})
    assert (found.tier, found.locks, found.open) == (None, True, tuple(IDS))


def test_an_emergency_locks_and_hides_doses_until_it_is_answered_anew():
    found = triage(FLAGS, ALL_NO | {"urine": "yes", "fever": "yes"})
    assert (found.locks, found.hides_doses, found.seen_unlocks) == (True, True, False)
    assert found.asked == ("urine", "fever")


def test_the_emergency_text_names_the_numbers_and_hedges_nothing():
    found = triage(FLAGS, ALL_NO | {"urine": "yes"})
    assert found.do.startswith("Call the emergency number (112, 999, 911) now")
    assert not set(found.do.lower().split()) & {"may", "might", "perhaps", "consider", "should"}


def test_an_urgent_sign_locks_until_a_clinician_has_looked_and_hides_no_doses():
    found = triage(FLAGS, ALL_NO | {"cancer": "yes"})
    assert (found.locks, found.hides_doses, found.seen_unlocks) == (True, False, True)


def test_a_sign_for_soon_locks_nothing():
    found = triage(FLAGS, ALL_NO | {"morning-stiffness": "yes"})
    assert (found.tier, found.locks) == ("soon", False)


def test_the_version_of_the_list_is_kept_with_the_answers():
    assert triage(FLAGS, ALL_NO).version == version_of(FLAGS) == "1 of 2026-11-22"


def test_a_version_may_be_a_word():
    assert version_of(FLAGS.model_copy(update={"version": "second"})) == "second of 2026-11-22"


@given(ANSWERS, st.sampled_from(IDS), st.sampled_from(sorted(MILDNESS)))
def test_a_worse_answer_never_makes_it_milder(answers, question, other):
    worse = max(answers[question], other, key=MILDNESS.__getitem__)
    before, after = triage(FLAGS, answers), triage(FLAGS, answers | {question: worse})
    assert rank(after.tier) <= rank(before.tier)
    assert after.locks >= before.locks
    assert after.hides_doses >= before.hides_doses


@given(ANSWERS, st.sampled_from(IDS))
def test_leaving_out_an_answer_unlocks_nothing(answers, question):
    left = {name: said for name, said in answers.items() if name != question}
    assert triage(FLAGS, left).locks
    assert not triage(FLAGS, left).seen_unlocks


def test_an_answer_to_what_was_not_asked_is_refused():
    with pytest.raises(InputError, match="found an answer to 'colour'"):
        triage(FLAGS, {"colour": "yes"})


def test_another_word_than_the_three_is_refused():
    with pytest.raises(InputError, match="expected yes, no or not sure"):
        triage(FLAGS, {"urine": "maybe"})


def test_a_list_that_is_not_there_is_told():
    with pytest.raises(NotFoundError, match="did you mean back-pain"):
        red_flags(shelf(), "back-pains")


@pytest.mark.parametrize(
    "note",
    [
        "no fever",
        "No fever today.",
        "without fever or chills",
        "no signs of fever",
        "neither fever nor chills",
        "never feverish",
        "not numb",
        "",
    ],
)
def test_what_a_note_simply_denies_raises_nothing(note):
    assert asked_by(note) == []


@pytest.mark.parametrize(
    ("note", "question"),
    [
        ("not only numb", "saddle-numbness"),
        ("no longer numb", "saddle-numbness"),
        ("no fever but numb", "saddle-numbness"),
        ("no sleep, fever", "fever"),
        ("no pee comes", "urine"),
        ("I can\u2019t pee", "urine"),
        ("no change in the numbness", "saddle-numbness"),
        ("no fever and tingling", "saddle-numbness"),
        ("BLADDER!", "urine"),
        ("no erections", "sexual-function"),
    ],
)
def test_a_no_further_off_does_not_silence_a_word(note, question):
    assert question in asked_by(note)


def test_a_word_inside_another_is_not_heard():
    assert asked_by("a peek at the weekend; number nine in the weighing class") == []
