"""Checks of articles and pictures."""

import pytest
from copied_shelf import CopiedShelf

from provender.library.grounds import Grounds
from provender.library.shelf import shelf

LAST = "- Was it the capsule, or time?[[-]]"


def added(tmp_path, text):
    """The small shelf with one more sentence in the list of an article, on line 23."""
    return CopiedShelf(tmp_path).edit("articles/cramps.md", LAST, f"- {text}")


@pytest.mark.parametrize(
    ("check", "text", "said"),
    [
        ("marked", "Cramps are common.", "found no mark after “Cramps are common.”, expected [[claim]] or [[-]]"),
        ("marked", "Cramps are common[[-]].", "found a mark before the full stop"),
        (
            "claim-exists",
            "So it is.[[magnesium-cramp]]",
            "[[magnesium-cramp]], expected the id of a claim; did you mean magnesium-cramps?",
        ),
        ("fact-claimed", "Take 12 of them.[[-]]", "found the number 12"),
        ("fact-claimed", "Twelve people know it.[[-]]", "found the number Twelve"),
        ("fact-claimed", "It relieves cramps.[[-]]", "found an effect"),
        ("verb", "Magnesium reduces cramps.[[magnesium-cramps]]", "found a plain verb"),
        (
            "verb",
            "Magnesium may make little or no difference.[[magnesium-cramps]]",
            "expected “probably”, as the certainty is moderate",
        ),
        (
            "figure",
            "It was 3.5 in the trial.[[magnesium-cramps]]",
            "found “3.5” in “It was 3.5 in the trial.”, expected a number of magnesium-cramps",
        ),
        ("figure", "Three in ten got better.[[magnesium-cramps]]", "found “Three in ten”"),
        ("forbidden-word", "It was confirmed.[[magnesium-cramps]]", "found the word “confirmed”"),
        (
            "elemental",
            "They took 300 mg of magnesium citrate.[[magnesium-cramps]]",
            "found “300 mg of magnesium citrate”",
        ),
        (
            "superseded",
            "It was so.[[magnesium-cramps-older]]",
            "[[magnesium-cramps-older]], which magnesium-cramps superseded",
        ),
        ("plain-text", "A <b>bold</b> word.[[-]]", "found raw HTML: “<b>”"),
        ("plain-text", "A word.[[Magnesium cramps]][[-]]", "found an unfinished mark"),
        ("plain-text", "See {{Forest}}.[[-]]", "found an unknown live part"),
        ("live-part", "{{forests magnesium-cramps}}", "did you mean forest?"),
    ],
)
def test_a_fault_of_a_sentence_is_found_with_its_line(tmp_path, check, text, said):
    found = added(tmp_path, text).found(check)
    assert len(found) == 1, found
    assert str(found[0]).startswith("articles/cramps.md line 23, body: found")
    assert said in str(found[0])


@pytest.mark.parametrize(
    "text",
    [
        "Call 112, 999 or 911.[[-]]",
        "Does it help 12 of 20 people?[[-]]",
        "In 2021 it was.[[-]]",
        "It was 3.4 against 2.6.[[magnesium-cramps]]",
        "The limit is 250 mg in Europe and 350 mg in America.[[magnesium-cramps]]",
        "Older and newer.[[magnesium-cramps-older]][[magnesium-cramps]]",
        "It is very uncertain whether it changes pain.[[magnesium-chronic-back-pain]][[magnesium-cramps]]",
    ],
)
def test_a_good_sentence_is_left_alone(tmp_path, text):
    copy = added(tmp_path, text)
    checks = ("marked", "claim-exists", "fact-claimed", "verb", "figure", "forbidden-word", "elemental", "superseded")
    assert {check: copy.found(check) for check in checks} == {check: [] for check in checks}


def test_a_newer_claim_in_another_paragraph_does_not_stand_beside_an_older_one(tmp_path):
    copy = added(tmp_path, "It was so.[[magnesium-cramps-older]]")
    assert len(copy.found("superseded")) == 1


@pytest.mark.parametrize(
    ("part", "remedy"),
    [
        ("foods MG", "write a tagname such as MG"),
        ("foods XX 12", "write a tagname such as MG"),
        ("foods MG 0", "write a tagname such as MG"),
        ("foods MG 51", "a number up to 50"),
        ("forest numbness", "did you mean"),
        ("forest", "name one id"),
        ("redflags neck-pain", "did you mean back-pain?"),
        ("substance zinc", "there are magnesium"),
    ],
)
def test_a_live_part_that_cannot_be_drawn_is_told(tmp_path, part, remedy):
    copy = CopiedShelf(tmp_path).edit("articles/warning-signs.md", "{{foods MG 12}}", f"{{{{{part}}}}}")
    (found,) = copy.found("live-part")
    assert found.line == 17
    assert remedy in str(found) or "there are magnesium-cramps" in str(found)


def test_an_article_that_its_hub_does_not_list_is_told(tmp_path):
    copy = CopiedShelf(tmp_path).edit("hubs/back-pain.yaml", "[cramps, warning-signs]", "[cramps]")
    assert [one.file for one in copy.found("hub")] == ["articles/warning-signs.md"]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("<svg viewBox='0 0 1 1'><title>x</title><script>1</script></svg>", "“<script”"),
        ("<svg viewBox='0 0 1 1' onload='x'><title>x</title></svg>", "“onload=”"),
        ("<svg viewBox='0 0 1 1'><title>x</title><image href='https://x.org/y.png'/></svg>", "href="),
        ("<svg><title>x</title></svg>", "no viewBox"),
        ("<svg viewBox='0 0 1 1'></svg>", "no title"),
    ],
)
def test_a_picture_that_could_do_harm_or_says_nothing_is_told(tmp_path, content, found):
    (one,) = CopiedShelf(tmp_path).write("pictures/calendar.svg", content).found("picture")
    assert found in str(one)


def test_a_photograph_is_not_looked_into(tmp_path):
    assert CopiedShelf(tmp_path).write("pictures/back.png", b"\x89PNG<script").found("picture") == []


def test_a_sentence_may_use_the_numbers_of_its_claims_and_no_others(tmp_path):
    copy = CopiedShelf(tmp_path)
    found = shelf(copy.root)
    known = Grounds(found).of_sentence(("numbness", "not-there"), found.articles["cramps"])
    assert {112.0, 350.0} <= known.numbers
    assert 175.0 not in known.numbers


def test_an_article_in_the_list_of_another_hub_is_told(tmp_path):
    copy = CopiedShelf(tmp_path)
    copy.write("hubs/neck-pain.yaml", (copy.root / "hubs/back-pain.yaml").read_bytes())
    assert "found cramps in the list of back-pain, neck-pain" in str(copy.found("hub")[0])


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "pick: A question with an answer.",
            "pick: It reduces cramps.",
            "line 10, pick: found a plain verb in “It reduces cramps.”",
        ),
        ("summary: What magnesium does for cramps.", "summary: 19 trials asked.", "line 4, summary: found “19”"),
    ],
)
def test_a_front_says_no_more_than_its_claims(tmp_path, old, new, said):
    (found,) = CopiedShelf(tmp_path).edit("articles/cramps.md", old, new).found("front")
    assert said in str(found)


def test_a_front_may_say_what_its_claims_say(tmp_path):
    new = "pick: Magnesium probably makes little or no difference, in 4 trials."
    assert (
        CopiedShelf(tmp_path).edit("articles/cramps.md", "pick: A question with an answer.", new).found("front") == []
    )
