"""Bytes, languages, lines, sentences and clauses of pasted text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provender.library.reading.clauses import clauses, items, needs_subject, subject_of
from provender.library.reading.decoding import decoded
from provender.library.reading.language import STOP_WORDS, language
from provender.library.reading.lines import lines_of
from provender.library.reading.sentences import is_greeting, sentences
from provender.terms.errors import InputError


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_text_is_the_same_in_every_encoding(encoding):
    text = "“Don’t twist,” says Dr. Émile – it hurts the café owner’s back."
    assert decoded(text.encode(encoding)).text == text


def test_a_declared_encoding_is_believed_when_the_bytes_are_not_utf_8():
    page = '<meta charset="iso-8859-15"><p>10 €</p>'
    assert decoded(page.encode("iso-8859-15")).text == page


def test_utf_8_read_as_windows_1252_is_mended_and_said():
    broken = "It’s “free” – café".encode().decode("cp1252", "replace").replace("\ufffd", "\x9d")
    found = decoded(broken)
    assert found.text == "It’s “free” – café"
    assert found.mended == ("5 broken characters (UTF-8 once read as Windows-1252) were mended.",)


def test_two_letters_that_may_be_meant_are_left_alone():
    assert decoded("Ã© alone").text == "Ã© alone"


def test_what_only_looks_broken_is_left_alone():
    assert decoded("â€ž and à€€ à€€").text.endswith("à€€ à€€")


def test_line_separators_and_invisible_characters_become_plain():
    assert (
        decoded("one\u2028two\u2029three\r\nfour\u00a0\u200bfive\u00ad \ufb01ve").text
        == "one\ntwo\nthree\nfour five five"[:-4] + "five"
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7", "a PDF file"),
        (b"PK\x03\x04", "a zip or office file"),
        (b"\x89PNG\r\n", "a picture"),
        (b"\xff\xd8\xff\xe0", "a picture"),
        (b"GIF89a", "a picture"),
        (b"\x1f\x8b\x08", "a compressed file"),
        (bytes(range(32)) * 40, "this is a binary file"),
    ],
)
def test_what_is_no_text_is_refused_by_its_name(content, said):
    with pytest.raises(InputError, match=said):
        decoded(content)


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("The pain in the back is one of the things that most of us have had at some time.", "English"),
        ("Das Magnesium ist für die Muskeln wichtig und wird mit dem Essen aufgenommen.", "German"),
        ("Le magnésium est un minéral qui est dans les noix et dans les légumes verts.", "French"),
        ("El magnesio es un mineral que está en los frutos secos y en las verduras de la huerta.", "Spanish"),
        ("магний это минерал который есть в орехах", "Russian or another language in Cyrillic"),
        ("マグネシウムは骨と筋肉に必要なミネラルです", "Japanese"),
        ("镁是人体必需的矿物质，存在于坚果中", "Chinese"),
        ("Cramps hurt.", None),
        ("zz yy xx ww vv uu tt ss rr", None),
    ],
)
def test_a_language_is_told_by_its_commonest_words_or_its_script(text, spoken):
    assert language(text) == spoken


@given(st.sampled_from(sorted(STOP_WORDS)), st.randoms())
def test_a_text_of_only_one_languages_words_is_never_in_an_unknown_one(name, rng):
    words = rng.choices(sorted(STOP_WORDS[name]), k=40)
    assert language(" ".join(words)) is not None


def test_bullets_are_marked_and_an_asterisk_before_a_word_is_none():
    found = lines_of("• one\n- two\n*Not evaluated.\n\nthree")
    assert [(line.text, line.bullet, line.apart) for line in found] == [
        ("one", True, True),
        ("two", True, False),
        ("*Not evaluated.", False, False),
        ("three", False, True),
    ]


def test_hard_wrapped_lines_are_joined_and_a_word_cut_in_two_made_whole():
    wrapped = (
        "Magnesium is a mineral that the body needs for its muscles and its ner-\n"
        "ves, and most of it lies in the bones, from where it is taken when the\n"
        "diet holds too little of it for some time, which happens more often in\n"
        "older people than in young ones, as they eat less and lose more. A low-\n"
        "dose tablet is cheap, and food is better still, as nuts and greens show\n"
        "in every table that has been made since the first one was made by hand.\n"
        "Page 1 of 2\n"
        "\n"
        "1. Ann B. Pain 2019.\n"
        "2. Ben C. Pain 2020.\n"
    )
    found = lines_of(wrapped)
    assert [line.reason for line in found if line.text == "Page 1 of 2"] == ["page furniture"]
    whole = next(line.text for line in found if line.text.startswith("Magnesium"))
    assert "nerves, and most" in whole
    assert "A low-dose tablet" in whole
    assert [line.text for line in found][-2:] == ["1. Ann B. Pain 2019.", "2. Ben C. Pain 2020."]


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Ann B. Low, M.D., saw 2.5 mg vs. 3.0 mg at St. Mary in the U.S. in 2019.",
        "He asked “Does it help?” and left.",
        "It held 5 mg of it, e.g. in nuts, i.e. almonds etc. and seeds.",
        "Take approx. 3 oz. of it.",
        "See Fig. 2 and No. 3 of vol. 4.",
        "Smith et al. Found it.",
        "1. First comes the diet.",
    ],
)
def test_abbreviations_initials_and_decimals_end_no_sentence(text):
    assert sentences(text) == (text,)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("It helps. It does not!", 2),
        ("Eat nuts… They help.", 2),
        ("“It helps.” She said so.", 2),
        ("Take vitamin D. It helps.", 2),
        ("We live in the U.S. The others do not.", 2),
        ("Nuts, seeds, etc. Also greens.", 2),
        ("A handful brings 80 mg. Whole bread has more.", 2),
        ("He weighs 70 lb. He is a child.", 2),
        ("Dear reader, Half of us are tired.", 2),
        ("It was done by A. Low. B. High came.", 2),
        ("It helps.[1] It does.", 2),
    ],
)
def test_sentences_end_where_one_begins_after_them(text, count):
    assert len(sentences(text)) == count


@given(st.text(alphabet="ab AB.!?“”\"'1,", max_size=80))
def test_sentences_put_together_are_the_paragraph(text):
    paragraph = " ".join(text.split())
    assert " ".join(sentences(paragraph)).split() == paragraph.split()


def test_letters_begin_and_end_with_a_greeting():
    assert is_greeting("Dear Ann, Thanks for writing")
    assert not is_greeting("Dear is what it is.")


@pytest.mark.parametrize(
    ("sentence", "cut"),
    [
        (
            "While tablets may help the back, you should never take them alone.",
            ("While tablets may help the back", "you should never take them alone."),
        ),
        (
            "Although it is found in foods, such as fish, greens and nuts, most people do not get enough of it.",
            ("Although it is found in foods, such as fish, greens and nuts", "most people do not get enough of it."),
        ),
        (
            "It supports the muscles and relieves tension headaches.",
            ("It supports the muscles", "and relieves tension headaches."),
        ),
        ("It helps the back, but it can hurt the gut.", ("It helps the back", "but it can hurt the gut.")),
        (
            "It eases gout, a disorder that can cause great pain.",
            ("It eases gout", "a disorder that can cause great pain."),
        ),
        ("Nuts, seeds, and greens are rich in it.", ("Nuts, seeds, and greens are rich in it.",)),
        ("Bread, and wine.", ("Bread, and wine.",)),
    ],
)
def test_a_sentence_is_cut_where_each_side_says_something(sentence, cut):
    assert clauses(sentence) == cut


def test_a_list_gives_one_claim_for_each_item():
    found = items("Low levels may bring symptoms, including cramps, numbness and tension, insomnia and pain.")
    assert [item for item, _ in found] == ["cramps", "numbness", "tension", "insomnia", "pain"]
    assert found[-1][1] == "Low levels may bring symptoms, including pain."


def test_names_and_adverbs_in_a_row_are_no_list_of_claims():
    assert items("Additionally, Reed and Low point out that it helps.") == ()
    assert items("It was late and it was cold.") == ()
    assert items("It helps.") == ()


def test_a_pronoun_needs_the_subject_before_it():
    assert needs_subject("because it stings")
    assert needs_subject("People take it for years.")
    assert not needs_subject("Magnesium helps.")
    assert (subject_of("Fish oil and pain"), subject_of("Nothing here")) == ("Fish oil", "")
