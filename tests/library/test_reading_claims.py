"""Clauses typed, matched to known claims, checked live; sources named; what a page has."""

import pytest

from provender.library.reading.claims import Read, Setting, claims_of
from provender.library.reading.clauses import Clause
from provender.library.reading.kinds import kind_of
from provender.library.reading.live_checks import live_checks
from provender.library.reading.matching import KnownClaim, Matcher, Pattern
from provender.library.reading.named_sources import named_sources
from provender.library.reading.negation import denials, denies
from provender.library.reading.parts import Part
from provender.library.reading.presence import presences
from provender.library.reading.said import Said
from provender.library.reading.shelved import known_claims
from provender.library.shelf import reading

SHELF = Matcher(known_claims(reading()[0].claims))
HELPS = KnownClaim(
    "oil-knee", "efficacy", (Pattern((("fish oil",), ("knee*",), ("help*", "eas*")), ("dog*",)),), verdict="supported"
)
RISKY = KnownClaim(
    "oil-risk",
    "harm",
    (Pattern((("fish oil",), ("bleed*",))),),
    "Fish oil has no risks",
    "contradicted",
    says="It may thin the blood",
)
REST = KnownClaim(
    "rest",
    "advice",
    (Pattern((("bed rest", "active"),)),),
    "Stay in bed until better",
    "contradicted",
    says="Keep active and move",
)
ASK = KnownClaim("ask", "advice", (Pattern((("ask",), ("doctor",))),), verdict="supported")
KNOWN = Matcher([HELPS, RISKY, REST, ASK])


def stance(text, kind="efficacy", carried=""):
    found = KNOWN.matches(Clause(text, f"{carried}: {text}" if carried else text, carried), kind)
    return [(match.claim, match.stance) for match in found]


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("Fish oil eases knees", "efficacy", [("oil-knee", "makes")]),
        ("FISH-OIL helps the knee", "efficacy", [("oil-knee", "makes")]),
        ("Fish oil does not help the knee", "efficacy", [("oil-knee", "denies")]),
        ("Nobody who walks says fish oil helps knees", "efficacy", [("oil-knee", "touches")]),
        ("Fish oil not only helps knees", "efficacy", [("oil-knee", "makes")]),
        ("Fish oil helped knees in both groups", "efficacy", [("oil-knee", "denies")]),
        ("Fish oil helps the knees of dogs", "efficacy", []),
        ("Fish oil helps the elbow", "efficacy", []),
        ("Fish oil helps the knee", "composition", []),
        ("Fish oil causes bleeding", "harm", [("oil-risk", "denies")]),
        ("Fish oil is safe and causes no bleeding", "harm", [("oil-risk", "makes")]),
        ("Fish oil never causes bleeding", "harm", [("oil-risk", "touches")]),
        ("Stay in bed: bed rest until it is better", "advice", [("rest", "makes")]),
        ("Move and be active", "advice", [("rest", "denies")]),
        ("Bed rest slows you", "advice", [("rest", "touches")]),
        ("Bed rest", "advice", [("rest", "touches")]),
        ("Ask your doctor", "advice", [("ask", "makes")]),
        ("You need not ask a doctor", "advice", [("ask", "denies")]),
    ],
)
def test_a_clause_makes_denies_or_only_touches_a_known_claim(text, kind, found):
    assert stance(text, kind) == found


def test_a_symptom_in_a_list_is_claimed_whatever_its_own_words_deny():
    assert stance("fish oil knees that won't help", carried="symptoms of low oil") == [("oil-knee", "makes")]


def test_a_closer_match_stands_for_a_wider_one():
    clause = Clause("Magnesium does not relieve acute back pain.", "Magnesium does not relieve acute back pain.")
    assert [match.claim for match in SHELF.matches(clause, "efficacy")] == ["magnesium-acute-back-pain"]


def test_a_number_of_things_is_no_numbness():
    assert SHELF.matches(Clause("x", "Low magnesium has a number of symptoms"), "symptom") == ()


@pytest.mark.parametrize(
    "text", ["It fails to help", "There is no good evidence", "It doesn’t ease pain", "It is unlikely to work"]
)
def test_a_denial_is_heard(text):
    assert denies(text)
    assert denials(text)


@pytest.mark.parametrize("text", ["It helps", "No doubt it helps", "It not only helps"])
def test_what_is_no_denial_is_not(text):
    assert not denies(text)
    assert denials(text) == ()


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("advice", "If you are pregnant, ask your doctor first."),
        ("advice", "People allergic to aspirin should steer clear of it."),
        ("advice", "Never take it with antibiotics."),
        ("anecdote", "My husband swears by turmeric for his bad back."),
        ("anecdote", "Since I took magnesium my cramps are gone."),
        ("composition", "Each capsule contains 400 mg of magnesium."),
        ("composition", "Calories: 412 | Protein: 21 g | Fiber: 17 g"),
        ("composition", "Brazil nuts top the list with 376 mg per 100 g."),
        ("intake", "Adults need 310 to 420 mg of magnesium a day."),
        ("intake", "Half of all Americans take in less magnesium than they need."),
        ("intake", "The upper limit is 350 mg."),
        ("prevalence", "One in four adults has back pain."),
        ("prevalence", "Most back pain gets better within a few weeks."),
        ("prevalence", "That does not mean half are deficient."),
        ("harm", "Side effects include nausea."),
        ("harm", "Diuretics can bring cramps on."),
        ("harm", "Antacids rob the body of magnesium."),
        ("harm", "Acidity medicines can lower the magnesium in your blood."),
        ("efficacy", "Fish oil eases headaches and nausea."),
        ("efficacy", "There was no meaningful change in pain scores."),
        ("efficacy", "Both groups got better at the same rate."),
        ("efficacy", "Pain scores fell from 7 to 4 with magnesium."),
        ("symptom", "Sciatica causes pain that shoots down the leg."),
        ("symptom", "A cramp is a sudden tightening of a muscle."),
        ("mechanism", "Magnesium is needed for normal muscle function."),
        ("mechanism", "Magnesium oxide is poorly absorbed."),
        ("efficacy", "A hot water bottle is kind to a stiff back."),
        ("composition", "Salmon has vitamin D."),
        ("mechanism", "Caffeine has a hand in exercise."),
        ("harm", "Unknown weed is toxic to the liver."),
        ("symptom", "People with fibromyalgia hurt all over."),
    ],
)
def test_a_clause_is_of_the_kind_its_words_tell(kind, text):
    found = kind_of(Said(text, text))
    assert found is not None
    assert (found.kind, bool(found.words)) == (kind, True)


@pytest.mark.parametrize(
    "text",
    [
        "Does it help?",
        "Helps",
        "Nine trials with 418 people met our criteria.",
        "These statements have not been evaluated by the agency.",
        "The study was funded by the maker.",
        "Heat the oil in a pot.",
        "Never looked back.",
        "I found no trial.",
        "Sales of the pills rose.",
        "The train is late.",
        "We met the team.",
        "The pain.",
    ],
)
def test_what_says_nothing_about_health_is_no_claim(text):
    assert kind_of(Said(text, text)) is None


def test_steps_and_ingredients_of_a_recipe_are_no_claims():
    assert kind_of(Said("2 cups spinach", "2 cups spinach", bullet=True)) is None
    assert kind_of(Said("Cut the fish thinly", "Cut the fish thinly", heading="Method")) is None


def test_an_item_under_signs_is_a_symptom_of_the_lack_named_there():
    found = claims_of(
        "Muscle cramps that won't go", Setting(title="Magnesium", heading="Signs you are low", bullet=True), SHELF
    )
    assert [(read.kind, [match.claim for match in read.matches]) for read in found] == [
        ("symptom", ["low-magnesium-muscle"])
    ]
    named = claims_of("Tired legs", Setting(heading="Symptoms of low magnesium oil", bullet=True), SHELF)
    assert named[0].whole == "symptoms of low magnesium: Tired legs"
    assert claims_of("Tired legs", Setting(heading="Signs of low mood", bullet=True), SHELF)[0].whole.startswith(
        "symptoms of low: "
    )


def test_a_pronoun_carries_what_the_sentence_before_was_about():
    setting = Setting()
    claims_of("Magnesium is a mineral.", setting, SHELF)
    found = claims_of("It does not prevent leg cramps.", setting, SHELF)
    assert [(match.claim, match.stance) for match in found[0].matches] == [("magnesium-cramps", "denies")]


def test_a_clause_without_a_remedy_leans_on_the_last_one_but_not_when_it_has_its_own():
    setting = Setting(title="back pain", remedy="magnesium")
    assert [m.claim for m in claims_of("Eases lower back pain naturally", setting, SHELF)[0].matches] == [
        "magnesium-some-relief"
    ]
    assert claims_of("Massage eases lower back pain", setting, SHELF)[0].matches == ()
    assert claims_of("Call your sister first", setting, SHELF)[0].matches == ()


def test_a_list_of_foods_is_one_claim_for_each():
    found = claims_of("Nuts, spinach and white bread contain magnesium.", Setting(), SHELF)
    assert [(read.text, [match.claim for match in read.matches]) for read in found] == [
        ("Nuts", ["magnesium-nuts"]),
        ("spinach", ["magnesium-leafy-greens"]),
        ("white bread", ["magnesium-bread"]),
    ]


def test_a_question_claims_nothing():
    assert [read.kind for read in claims_of("Does magnesium prevent cramps?", Setting(), SHELF)] == [None]


def composition_read(text, whole=None, kind="composition", matches=()):
    return Read(text, whole or text, kind, (), matches)


@pytest.mark.parametrize(
    ("text", "amount", "stated", "agrees"),
    [
        ("Almonds have 280 mg of magnesium per 100 g", 268.0, 280.0, True),
        ("Halibut has 0.107 g of magnesium per 100 g", 28.0, 107.0, False),
        ("Almonds have 300 IU of magnesium per 100 g", 268.0, None, None),
        ("Almonds are rich in magnesium", 268.0, None, None),
        ("Almonds are rich in magnesium", None, None, None),
    ],
)
def test_a_stated_amount_is_compared_with_the_catalogue(text, amount, stated, agrees):
    check = live_checks(composition_read(text), {}, lambda *_: None if amount is None else (amount, "A food"), None)[0]
    assert (check.stated, check.agrees) == (stated, agrees)
    assert check.food == (None if amount is None else "A food")
    assert check.sentence.endswith(".")


def test_a_claims_own_food_is_looked_up_when_the_clause_names_none():
    known = {"fish": KnownClaim("fish", "composition", composition=("MG", "halibut", 28.0), intake="MG")}
    matched = Matcher([KnownClaim("fish", "composition", (Pattern((("flatfish",),)),))]).matches(
        Clause("flatfish", "flatfish")
    )
    read = composition_read("flatfish", matches=matched)
    asked = []
    found = live_checks(read, known, lambda nutrient, food: asked.append((nutrient, food)), lambda _: None)
    assert asked == [("MG", "halibut")]
    assert found[1].sentence == "Your diary does not tell how much magnesium you take in."


def test_nothing_is_looked_up_where_nothing_is_stated_or_nobody_can():
    assert live_checks(composition_read("Almonds have magnesium"), {}, None, None) == ()
    assert live_checks(composition_read("It helps", kind="efficacy"), {}, lambda *_: (1.0, "x"), lambda _: 1.0) == ()


@pytest.mark.parametrize(
    ("sentence", "named"),
    [
        (
            "One study, published in the 2009 issue of the journal “Pain Medicine,” found it.",
            [("study", "One study"), ("journal", "Pain Medicine")],
        ),
        (
            "In their book, “Backs,” Dr. Ann B. Low and Ben High say so.",
            [("book", "Backs"), ("person", "Dr. Ann B. Low")],
        ),
        ("In an interview with CTV News she agreed.", [("interview", "CTV News")]),
        (
            "A Cochrane review agrees, says the University of Leeds.",
            [("review", "Cochrane review"), ("institution", "University of Leeds")],
        ),
        (
            "See doi:10.1000/182, or https://x.example/a.",
            [("address", "doi:10.1000/182"), ("address", "https://x.example/a")],
        ),
        ("Trials are hard.", []),
    ],
)
def test_sources_are_named_as_they_stand(sentence, named):
    assert [(one.kind, one.name) for one in named_sources(sentence, 0)] == named


def test_money_may_be_told_in_a_line_that_was_removed():
    parts = [Part("removed", "This post contains affiliate links.", 3, "advertisement"), Part("reference", "1. Ann", 4)]
    found = {one.name: one.found for one in presences(parts, ["Take 300 mg of magnesium."], [])}
    assert (found["conflicts"], found["references"], found["dose"]) == (
        "This post contains affiliate links.",
        "1: 1. Ann",
        "Take 300 mg of magnesium.",
    )
    assert found["harms"] is None
