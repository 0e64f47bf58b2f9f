"""Whether what the records name is there, and nothing twice: ids of one another, pictures, nutrients, salts."""

from collections.abc import Iterator, Mapping
from typing import Any

from provender.diary.salts import SALTS
from provender.library.finding import Finding, Path
from provender.library.holdings import ENDINGS, Shelf, file_of
from provender.library.refusals import nearest
from provender.terms.nutrients import NUTRIENTS

Reference = tuple[Path, str, str | None]
"""Where an id stands, in which folder it is to be found, and the id; None where none is given."""


def references(folder: str, record: Any) -> Iterator[Reference]:
    """Every id that a record names."""
    yield from {
        "sources": _none,
        "studies": _of_study,
        "claims": _of_claim,
        "substances": _of_substance,
        "redflags": _of_red_flags,
        "hubs": _of_hub,
        "articles": _of_article,
    }[folder](record)


def reference_findings(shelf: Shelf) -> Iterator[Finding]:
    """References to what is not there, ids and publications that are there twice, and circles of supersession."""
    known: dict[str, Mapping[str, Any]] = {"pictures": shelf.pictures, "nutrients": NUTRIENTS, "salts": SALTS}
    for folder, file, record in shelf.every_record():
        for path, target, name in references(folder, record):
            there = known[target] if target in known else shelf.folder(target)
            if name is not None and name not in there and not _unread(shelf, target, name):
                said = f"“{name}”", f"the id of one of {target}", nearest(name, there)
                yield shelf.finding("reference", "error", file, path, *said)
    yield from _twice(shelf)
    yield from _outcomes(shelf)
    yield from _circles(shelf)


def _unread(shelf: Shelf, folder: str, name: str) -> bool:
    """Whether the file is there but could not be read: that is told already."""
    return folder in ENDINGS and file_of(folder, name) in shelf.lines


def _none(_: Any) -> Iterator[Reference]:
    yield from ()


def _of_study(study: Any) -> Iterator[Reference]:
    yield ("source",), "sources", study.source


def _of_claim(claim: Any) -> Iterator[Reference]:
    yield ("hub",), "hubs", claim.hub
    yield ("superseded_by",), "claims", claim.superseded_by
    yield ("trial", "substance"), "substances", claim.trial.substance
    for i, one in enumerate(claim.evidence):
        yield ("evidence", i, "source"), "sources", one.source
        yield ("evidence", i, "study"), "studies", one.study
    for i, one in enumerate(claim.synthesis.studies if claim.synthesis else ()):
        yield ("synthesis", "studies", i, "study"), "studies", one.study
    if claim.composition:
        yield ("composition", "nutrient"), "nutrients", claim.composition.nutrient
    if claim.intake:
        yield ("intake", "nutrient"), "nutrients", claim.intake.nutrient


def _of_substance(substance: Any) -> Iterator[Reference]:
    yield ("nutrient",), "nutrients", substance.nutrient
    for i, form in enumerate(substance.forms):
        yield ("forms", i, "salt"), "salts", form.salt
    for name in ("limits", "interactions", "stops", "ask_first", "harms"):
        for i, row in enumerate(getattr(substance, name)):
            for source in row.source:
                yield (name, i, "source"), "sources", source


def _of_red_flags(flags: Any) -> Iterator[Reference]:
    for i, question in enumerate(flags.questions):
        for source in question.source:
            yield ("questions", i, "source"), "sources", source


def _of_hub(hub: Any) -> Iterator[Reference]:
    for name, target in (("articles", "articles"), ("claims_first", "claims"), ("substances", "substances")):
        for i, one in enumerate(getattr(hub, name)):
            yield (name, i), target, one
    yield from _picture(hub)


def _of_article(article: Any) -> Iterator[Reference]:
    yield ("hub",), "hubs", article.hub
    for i, one in enumerate(article.substances):
        yield ("substances", i), "substances", one
    yield from _picture(article)


def _picture(page: Any) -> Iterator[Reference]:
    yield ("picture", "file"), "pictures", page.picture.file if page.picture else None


def _twice(shelf: Shelf) -> Iterator[Finding]:
    for name in ("DOI", "PMID"):
        seen: dict[str, str] = {}
        for source_id, source in shelf.sources.items():
            number = (getattr(source, name) or "").casefold()
            if number and number in seen:
                said = (
                    f"{number} again",
                    "each publication once",
                    f"{seen[number]} has it: use that one, delete the other",
                )
                yield shelf.finding("reference", "error", f"sources/{source_id}.json", (name,), *said)
            seen.setdefault(number, source_id)


def _outcomes(shelf: Shelf) -> Iterator[Finding]:
    """Outcomes that a synthesis names and its study does not have, or has without an effect and its error."""
    for claim_id, claim in shelf.claims.items():
        for i, one in enumerate(claim.synthesis.studies if claim.synthesis else ()):
            study = shelf.studies.get(one.study)
            if study is None:
                continue
            found, where = study.outcome(one.outcome), ("synthesis", "studies", i, "outcome")
            if found is None:
                names = [outcome.id for outcome in study.outcomes]
                said = f"“{one.outcome}”", f"an outcome of {one.study}", nearest(one.outcome, names)
            elif found.effect is None or (found.effect.se is None and None in (found.effect.low, found.effect.high)):
                said = (
                    f"“{one.outcome}” without an effect and its se",
                    "both",
                    f"derive them in studies/{one.study}.yaml",
                )
            else:
                continue
            yield shelf.finding("reference", "error", f"claims/{claim_id}.yaml", where, *said)


def _circles(shelf: Shelf) -> Iterator[Finding]:
    """Claims that supersede one another in a circle, each circle once."""
    done: set[str] = set()
    for start in shelf.claims:
        trail: list[str] = []
        at: str | None = start
        while at is not None and at in shelf.claims and at not in done and at not in trail:
            trail.append(at)
            at = shelf.claims[at].superseded_by
        if at in trail:
            circle = [*trail[trail.index(at) :], at]
            said = f"a circle: {' → '.join(circle)}", "the newest to end it", "set superseded_by of the newest to null"
            yield shelf.finding("reference", "error", f"claims/{at}.yaml", ("superseded_by",), *said)
        done.update(trail)
