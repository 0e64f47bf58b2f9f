"""What is checked of articles and pictures. Each check takes the shelves and today, and yields findings."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from provender.library.figures import figures
from provender.library.finding import Finding, Level
from provender.library.grounds import EVERYWHERE, Grounds
from provender.library.holdings import Shelf, file_of
from provender.library.refusals import nearest
from provender.library.salt_doses import salt_doses
from provender.library.statements import STOPS, Statement, live_parts, split
from provender.library.verbs import forbidden, rated, speaks_of_effect, verb_faults
from provender.terms.nutrients import NUTRIENTS

_TAG: Final = re.compile(r"</?[a-zA-Z][^>]*>")
_BRACED: Final = re.compile(r"\{\{|\}\}")
_LOOSE: Final = re.compile(r"\[\[(?!(?:-|[a-z0-9-]+)\]\])[^\]]*\]?\]?")
_UNSAFE: Final = re.compile(
    rb"<script|\son[a-z]+\s*=|javascript:|<foreignObject|(?:href|src)\s*=\s*[\"'](?!#)", re.IGNORECASE
)
_FOODS_MOST: Final = 50


def sentences_marked(shelf: Shelf, _: date) -> Iterator[Finding]:
    """Every sentence of an article carries a claim, or [[-]] where it states no published fact."""
    for article_id, one in _every(shelf):
        if not one.text or one.text[0] in STOPS:
            said = "a mark before the full stop", "it after the full stop", "move it"
            yield _at("marked", "error", article_id, one, *said)
        elif not one.marked:
            said = f"no mark after “{_short(one.text)}”", "[[claim]] or [[-]]", "name the claim it rests on"
            yield _at("marked", "error", article_id, one, *said)


def claims_cited(shelf: Shelf, _: date) -> Iterator[Finding]:
    """Every claim that an article cites is there and rests on something."""
    for article_id, one in _every(shelf):
        for name in one.claims:
            if name not in shelf.claims:
                said = f"[[{name}]]", "the id of a claim", nearest(name, shelf.claims)
                yield _at("claim-exists", "error", article_id, one, *said)
            elif not shelf.claims[name].evidence:
                said = (
                    f"[[{name}]], a claim without evidence",
                    "a claim with a source",
                    f"add one to claims/{name}.yaml",
                )
                yield _at("claim-sourced", "error", article_id, one, *said)


def facts_claimed(shelf: Shelf, _: date) -> Iterator[Finding]:
    """A sentence without a claim states no number and no effect."""
    for article_id, one in _every(shelf):
        if not one.marked or one.claims or one.text.rstrip('”"’)').endswith("?"):
            continue
        numbers = [figure.said for figure in figures(one.text) if not EVERYWHERE.bears_out(figure)]
        if numbers or speaks_of_effect(one.text):
            found = f"the number {numbers[0]}" if numbers else "an effect"
            said = f"{found} in “{_short(one.text)}” [[-]]", "a claim behind it", "name the claim, or reword it"
            yield _at("fact-claimed", "error", article_id, one, *said)


def article_verbs(shelf: Shelf, _: date) -> Iterator[Finding]:
    """The verb of a sentence matches the certainty and size of a claim it rests on."""
    for article_id, one in _every(shelf):
        claims = [shelf.claims[name] for name in one.claims if name in shelf.claims]
        faults = [verb_faults(one.text, claim) for claim in claims]
        if faults and all(faults):
            first = faults[0][0]
            said = f"{first.found} in “{_short(one.text)}”", first.expected, "reword it"
            yield _at("verb", "error", article_id, one, *said)


def article_words(shelf: Shelf, _: date) -> Iterator[Finding]:
    """No sentence promises; no dose is of a salt alone."""
    for article_id, one in _every(shelf):
        for word in forbidden(one.text):
            said = f"the word “{word}”", "words that promise nothing", "say what was found, and how sure that is"
            yield _at("forbidden-word", "error", article_id, one, *said)
        for dose in salt_doses(one.text):
            said = f"“{dose}”", "a dose of the element", "say how much elemental mineral that is"
            yield _at("elemental", "error", article_id, one, *said)


def article_figures(shelf: Shelf, _: date) -> Iterator[Finding]:
    """Every number in a sentence occurs in the claims and studies it rests on."""
    grounds = Grounds(shelf)
    for article_id, one in _every(shelf):
        if not one.claims:
            continue
        known = grounds.of_sentence(one.claims, shelf.articles[article_id])
        for figure in figures(one.text):
            if not known.bears_out(figure):
                said = f"“{figure.said}” in “{_short(one.text)}”", f"a number of {', '.join(one.claims)}"
                yield _at("figure", "error", article_id, one, *said, "correct it, or add it to the study it is from")


def fronts_claimed(shelf: Shelf, _: date) -> Iterator[Finding]:
    """Title, summary and pick say nothing that the article's claims do not: neither number nor verb."""
    grounds = Grounds(shelf)
    for article_id, article in shelf.articles.items():
        cited = {name for one in shelf.sentences[article_id] for name in one.claims if name in shelf.claims}
        claims = [one for name in sorted(cited) if rated(one := shelf.claims[name])]
        known = grounds.of_sentence(cited, article)
        for name in ("title", "summary", "pick"):
            for text, _place in split(getattr(article, name)):
                strange = [f"“{figure.said}”" for figure in figures(text) if not known.bears_out(figure)]
                faults = [verb_faults(text, claim) for claim in claims]
                if faults and all(faults):
                    strange.append(f"{faults[0][0].found} in “{_short(text)}”")
                for found in strange:
                    said = found, "what a claim of the article says", "reword it, or cite the claim in the text"
                    yield shelf.finding("front", "error", file_of("articles", article_id), (name,), *said)


def nothing_superseded(shelf: Shelf, _: date) -> Iterator[Finding]:
    """A superseded claim is cited only beside the one that superseded it, in the same paragraph."""
    for article_id in shelf.articles:
        blocks: dict[int, set[str]] = {}
        every = shelf.sentences[article_id]
        for one in every:
            blocks.setdefault(one.block, set()).update(one.claims)
        for one in every:
            for name in one.claims:
                newer = shelf.claims[name].superseded_by if name in shelf.claims else None
                if newer and newer not in blocks[one.block]:
                    said = f"[[{name}]], which {newer} superseded", f"[[{newer}]] beside it", f"cite {newer}"
                    yield _at("superseded", "error", article_id, one, *said)


def articles_standing(shelf: Shelf, _: date) -> Iterator[Finding]:
    """No article cites a claim that rests on a retracted source."""
    for article_id, one in _every(shelf):
        for name in one.claims:
            claim = shelf.claims.get(name)
            for evidence in claim.evidence if claim else ():
                source = shelf.sources.get(evidence.source)
                if source and source.provender.retraction and evidence.role != "cites":
                    said = f"[[{name}]], which rests on the retracted {evidence.source}", "sources that stand"
                    yield _at("retracted", "error", article_id, one, *said, "rate the claim without it")


def live_parts_known(shelf: Shelf, _: date) -> Iterator[Finding]:
    """Live parts name what is there: ``foods TAG N``, ``forest claim``, ``redflags id``, ``substance id``."""
    forests = {name for name, claim in shelf.claims.items() if claim.synthesis}
    targets = {"forest": forests, "redflags": set(shelf.redflags), "substance": set(shelf.substances)}
    for article_id, article in shelf.articles.items():
        file = file_of("articles", article_id)
        for part in live_parts(article):
            remedy = _live_fault(part.name, part.words, targets)
            if remedy:
                found = f"{{{{{part.name} {' '.join(part.words)}}}}}"
                yield Finding(
                    "live-part", "error", file, part.line, "body", found, "a live part that can be drawn", remedy
                )


def text_plain(shelf: Shelf, _: date) -> Iterator[Finding]:
    """The text holds no raw HTML, no unfinished brackets."""
    for article_id, one in _every(shelf):
        for pattern, found in ((_TAG, "raw HTML"), (_BRACED, "an unknown live part"), (_LOOSE, "an unfinished mark")):
            stray = pattern.search(one.text)
            if stray:
                said = f"{found}: “{stray[0]}”", "Markdown, [[claim]] and {{live parts}}", "write it as these"
                yield _at("plain-text", "error", article_id, one, *said)


def hubs_complete(shelf: Shelf, _: date) -> Iterator[Finding]:
    """Every article stands in its own hub's list, and in no other."""
    for article_id, article in shelf.articles.items():
        lists = [name for name, hub in shelf.hubs.items() if article_id in hub.articles]
        if lists != [article.hub]:
            found = f"{article_id} in {'the list of ' + ', '.join(lists) if lists else 'no list'}"
            said = found, f"it in that of {article.hub} alone", "correct the list, or the hub"
            yield shelf.finding("hub", "warning", file_of("articles", article_id), ("hub",), *said)


def pictures_safe(shelf: Shelf, _: date) -> Iterator[Finding]:
    """Pictures hold no script and fetch nothing; a drawing has a viewBox and a title."""
    for name, picture in shelf.pictures.items():
        if not name.endswith(".svg"):
            continue
        content = picture.read_bytes()
        unsafe = _UNSAFE.search(content)
        missing = [part.strip("<") for part in ("viewBox", "<title") if part.encode() not in content]
        if unsafe or missing:
            found = f"“{unsafe[0].decode('utf-8', 'replace').strip()}”" if unsafe else f"no {missing[0]}"
            expected = "a drawing with viewBox and title that fetches nothing"
            yield Finding("picture", "error", f"pictures/{name}", None, "", found, expected, "draw it anew")


def _every(shelf: Shelf) -> Iterator[tuple[str, Statement]]:
    for article_id, found in shelf.sentences.items():
        for one in found:
            yield article_id, one


def _live_fault(name: str, words: tuple[str, ...], targets: dict[str, set[str]]) -> str | None:
    if name == "foods":
        good = len(words) == 2 and words[0] in NUTRIENTS and words[1].isdigit() and 0 < int(words[1]) <= _FOODS_MOST
        return None if good else f"write a tagname such as MG and a number up to {_FOODS_MOST}"
    if name not in targets:
        return nearest(name, ["foods", *targets])
    if len(words) != 1:
        return "name one id"
    return None if words[0] in targets[name] else nearest(words[0], targets[name])


def _at(check: str, level: Level, article_id: str, one: Statement, *said: str) -> Finding:
    found, expected, remedy = said
    return Finding(check, level, file_of("articles", article_id), one.line, "body", found, expected, remedy)


def _short(text: str) -> str:
    said = " ".join(text.split())
    return said if len(said) <= 70 else said[:69] + "…"
