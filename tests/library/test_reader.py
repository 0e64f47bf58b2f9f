"""The reader of pasted articles, from bytes to a reading."""

import contextlib
import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provender.library.reader import LARGEST, MOST_READ, fields, read
from provender.library.shelf import reading
from provender.terms.errors import InputError

SHELF = reading()[0]
ARTICLE = """Sign in
Health Notes

Fish, pills and a sore back

By Jo Marsh
Published 3 May 2021
A bowl of soup. Photo: Ann Lee

Magnesium supplements relieve back pain. They do not prevent leg cramps. Halibut is rich in magnesium.

Share this article
What to do

Ask your doctor before you take supplements.
"""
SHARED = Path(os.environ.get("PROVENDER_SHARED_DATA", Path(__file__).resolve().parents[3] / "shared" / "data"))
FOUNDING = SHARED / "articles" / "magnesium_for_back_pain.txt"


def claims(found):
    return {m.claim: m.stance for one in found.sentences for clause in one.clauses for m in clause.matches}


def test_the_parts_of_a_pasted_page_are_named():
    found = read(ARTICLE, shelf=SHELF)
    assert [found.part(kind) for kind in ("title", "hub", "author", "date", "caption", "credit")] == [
        "Fish, pills and a sore back",
        "Health Notes",
        "Jo Marsh",
        "2021-05-03",
        "A bowl of soup.",
        "Ann Lee",
    ]
    assert [one.heading for one in found.sections] == [None, "What to do"]


def test_every_sentence_and_section_stands_in_the_kept_text_where_it_says():
    found = read(ARTICLE, shelf=SHELF)
    assert all(found.text[one.start : one.end] == one.text for one in found.sentences)
    assert [found.text[one.start : one.end].split("\n")[0] for one in found.sections][1] == "What to do"
    assert [one.section for one in found.sentences] == [0, 0, 0, 1]


def test_a_removed_line_says_why_and_where_it_stood_and_comes_back_when_asked():
    found = read(ARTICLE, shelf=SHELF)
    share = next(one for one in found.removed if one.text == "Share this article")
    assert share.reason == "sharing"
    assert found.text[share.at :].startswith("What to do")
    again = read(ARTICLE, shelf=SHELF, restore=[share.number])
    assert share.number not in {one.number for one in again.removed}
    assert "Share this article" in again.text


def test_a_sentence_is_matched_to_the_claim_it_makes_and_to_the_one_it_denies():
    stances = claims(read(ARTICLE, shelf=SHELF))
    assert stances["magnesium-some-relief"] == "makes"
    assert stances["magnesium-cramps"] == "denies"


def test_a_claim_that_the_library_does_not_have_is_unchecked():
    found = read("Zinc lozenges shorten a cold by about a day, and the body makes vitamin D.", shelf=SHELF)
    assert found.sentences[0].kinds == {"efficacy", "mechanism"}
    assert found.sentences[0].unchecked


def test_foods_and_intakes_are_looked_up_beside_the_sentence():
    found = read(
        ARTICLE,
        shelf=SHELF,
        composition_of=lambda nutrient, food: (
            (28.0, "Fish, halibut") if (nutrient, food) == ("MG", "halibut") else None
        ),
        intake_of=lambda nutrient: 310.0 if nutrient == "MG" else None,
    )
    checks = {check.kind: check for one in found.sentences for clause in one.clauses for check in clause.checks}
    assert (checks["composition"].found, checks["composition"].food) == (28.0, "Fish, halibut")
    assert checks["intake"].sentence == "You average 310 mg of magnesium a day."


def test_what_a_page_lacks_is_told_with_what_was_looked_for():
    found = read(ARTICLE, shelf=SHELF)
    assert [one.name for one in found.lacks] == ["reviewer", "dose", "harms", "conflicts", "references"]
    assert all(one.looked_for for one in found.has)


def test_a_page_that_has_it_all_lacks_nothing():
    text = ARTICLE + (
        "\nTake 300 mg of magnesium a day at most. It may cause diarrhoea. The authors declare no conflict of interest.\n\n"
        "Medically reviewed by Dr. Ann Berg\n\nReferences\n\n1. Ann B, et al. Pain 2019;3:1-2. doi:10.1000/182\n"
    )
    assert read(text, shelf=SHELF).lacks == ()


def test_a_date_inside_the_text_is_not_the_date_of_the_page():
    found = read(
        "A title\n\nIn an interview on September 23, 2002, Dr. Fay Low said that magnesium helps.", shelf=SHELF
    )
    assert found.part("date") is None
    assert next((one.kind, one.when) for one in found.sources) == ("person", "September 23, 2002")


def test_another_language_is_named_and_no_claims_are_read_in_it():
    german = (
        "Magnesium ist für die Muskeln wichtig und wird mit dem Essen aufgenommen, aber nicht alle haben genug davon."
    )
    found = read(german, shelf=SHELF)
    assert (found.language, found.sentences, found.has) == ("German", (), ())
    assert found.notes == ("This looks like German. Claims are read in English only, so none were looked for.",)


def test_a_page_without_paragraphs_says_so():
    assert read("Home | About | News", shelf=SHELF).notes[0].startswith("No paragraph was found")


def test_a_text_without_claims_says_so():
    found = read(
        "The train left the station at nine. It was late again, and nobody was there to see it go.", shelf=SHELF
    )
    assert found.notes == ("No claim about health or food was found in this text.",)


def test_too_few_words_are_read_as_english():
    assert read("Cramps hurt.", shelf=SHELF).notes[0].startswith("There are too few words")


@pytest.mark.parametrize("content", ["", " \n\t\u2028 ", b"", b"\xff\xfe"])
def test_nothing_is_refused(content):
    with pytest.raises(InputError, match="found nothing to read"):
        read(content, shelf=SHELF)


@pytest.mark.parametrize("content", ["a" * (LARGEST + 1), b"a" * 50_000_000])
def test_too_much_is_refused_with_the_limit(content):
    with pytest.raises(InputError, match="expected at most 2 MB"):
        read(content, shelf=SHELF)


def test_claims_are_looked_for_up_to_a_limit_and_the_rest_is_kept_and_said():
    text = "\n\n".join(f"In village {n} magnesium relieves back pain, as its baker says." for n in range(2000))
    found = read(text, shelf=SHELF)
    assert found.sentences[-1].start <= MOST_READ < len(found.text)
    assert found.notes == ("The text is longer than 100,000 characters; claims were looked for up to there only.",)


def test_no_claims_are_looked_for_in_what_is_too_long_for_a_sentence():
    found = read("Magnesium relieves back pain, " * 100, shelf=SHELF)
    assert [one.kinds for one in found.sentences] == [frozenset()]


@pytest.mark.parametrize(("content", "what"), [("<p>" * 60_001, "tags"), ("a\n" * 50_001, "lines")])
def test_too_many_pieces_are_refused_by_their_number(content, what):
    with pytest.raises(InputError, match=f"found [0-9,]+ {what}, expected at most"):
        read(content, shelf=SHELF)


def test_scripts_and_styles_never_survive():
    page = "<html><head><style>p {color: red}</style></head><body><script>alert('magnesium')</script><p>{}</p></body></html>"
    found = read(page.replace("{}", "Magnesium helps muscles relax, says everyone who sells it."), shelf=SHELF)
    assert "alert" not in json.dumps(fields(found))
    assert "color" not in json.dumps(fields(found))


def test_a_reading_is_plain_json():
    values = json.loads(json.dumps(fields(read(ARTICLE, shelf=SHELF))))
    assert values["sentences"][0]["kinds"] == ["efficacy"]
    assert [one["name"] for one in values["lacks"]] == ["reviewer", "dose", "harms", "conflicts", "references"]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read_or_refused_and_the_same_each_time(text):
    try:
        found = read(text, shelf=SHELF)
    except InputError:
        return
    assert found == read(text, shelf=SHELF)
    assert all(found.text[one.start : one.end] == one.text for one in found.sentences)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content):
    with contextlib.suppress(InputError):
        assert read(content, shelf=SHELF).encoding


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<div class='ad'>", "<h1>", "</h1>", "<li>", "Magnesium helps. ", "<b", "&amp;", "<!--"]
        ),
        max_size=25,
    )
)
def test_broken_markup_is_read_or_refused(pieces):
    try:
        read("<html><body>" + "".join(pieces), shelf=SHELF)
    except InputError:
        return


KINDS = (
    "prevalence|prevalence|symptom|efficacy|advice|mechanism|mechanism|composition intake|symptom|symptom|mechanism|mechanism"
    "|symptom|efficacy|efficacy|efficacy symptom|anecdote|anecdote|efficacy advice|symptom|advice|advice"
)
VERDICTS = {
    "back-pain-common": "supported",
    "thirty-one-million": "outdated",
    "back-pain-range": "supported",
    "magnesium-back-pain": "partly",
    "magnesium-abundant": "supported",
    "magnesium-energy-heart": "supported",
    "magnesium-300-enzymes": "supported",
    "magnesium-halibut": "outdated",
    "magnesium-leafy-greens": "supported",
    "magnesium-nuts": "supported",
    "magnesium-intake-low": "partly",
    "low-magnesium-muscle": "partly",
    "low-magnesium-headache": "partly",
    "low-magnesium-anxiety": "partly",
    "low-magnesium-insomnia": "partly",
    "low-magnesium-backache": "unverifiable",
    "magnesium-atp": "partly",
    "low-magnesium-fatigue": "partly",
    "low-magnesium-depression": "partly",
    "magnesium-chronic-pain-book": "unverifiable",
    "studies-confirm-magnesium": "contradicted",
    "magnesium-crps": "misdescribed",
    "crps-any-part": "contradicted",
    "doctors-patients-magnesium": "unverifiable",
    "magnesium-some-relief": "partly",
    "chronic-back-pain-sign": "partly",
    "never-self-treat": "unverifiable",
    "tell-your-doctor": "supported",
}


@pytest.fixture(scope="module")
def founding():
    if not FOUNDING.exists():
        pytest.skip(f"the founding article is not at {FOUNDING}; name the folder in PROVENDER_SHARED_DATA")
    return read(FOUNDING.read_bytes(), shelf=SHELF)


def test_the_founding_article_has_its_parts_and_no_invented_date(founding):
    assert (founding.part("title"), founding.part("hub"), founding.part("author")) == (
        "Magnesium for Back Pain",
        "Back Pain Center",
        "Ashley Miller",
    )
    assert founding.part("biography").startswith("Ashley Miller is a licensed social worker")
    assert founding.part("caption") == "A man is experiencing back pain."
    assert founding.part("credit") == "Wavebreakmedia/iStock/Getty Images"
    assert founding.part("date") is None
    assert len(founding.sections) == 4
    assert len(founding.removed) == 19, "eighteen lines of widgets, and the title a second time"


def test_the_sentences_of_the_founding_article_are_typed(founding):
    assert [set(kinds.split()) for kinds in KINDS.split("|")] == [set(one.kinds) for one in founding.sentences]


def test_every_claim_of_the_founding_article_is_matched_to_its_verdict(founding):
    assert claims(founding) == dict.fromkeys(VERDICTS, "makes")
    assert {claim: SHELF.claims[claim].verdict for claim in claims(founding)} == VERDICTS


def test_the_founding_article_lacks_what_it_lacks(founding):
    assert [one.name for one in founding.lacks] == ["date", "reviewer", "dose", "harms", "conflicts", "references"]
