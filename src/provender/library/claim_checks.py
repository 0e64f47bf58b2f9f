"""What is checked of claims, studies and sources. Each check takes the shelves and today, and yields findings."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from provender.library.arithmetic import effect_faults, reproduction
from provender.library.claim_records import Claim
from provender.library.figures import figures
from provender.library.finding import Finding, Path
from provender.library.grounds import Grounds
from provender.library.holdings import Shelf, file_of
from provender.library.salt_doses import salt_doses
from provender.library.verbs import forbidden, verb_faults

STEPS: Final = {"high": 0, "moderate": 1, "low": 2, "very-low": 3}
"""How many steps below high each certainty is."""
RANDOMISED: Final = frozenset({"randomised-trial", "crossover-trial", "systematic-review", "guideline"})
"""Kinds of sources whose evidence starts at high; that of others starts at low."""
_OWN_WORDS: Final = ("says", "because")


def claims_sourced(shelf: Shelf, _: date) -> Iterator[Finding]:
    """Every claim rests on at least one source, but advice that rests on none may say so by its verdict."""
    for claim_id, claim in shelf.claims.items():
        if not claim.evidence and not (claim.kind in {"advice", "anecdote"} and claim.verdict == "unverifiable"):
            said = "no evidence", "at least one source", "name the source, or delete the claim"
            yield shelf.finding("claim-sourced", "error", file_of("claims", claim_id), ("evidence",), *said)


def verbs_rated(shelf: Shelf, _: date) -> Iterator[Finding]:
    """The verb of a claim's sentence matches its certainty and size."""
    for claim_id, claim in shelf.claims.items():
        for fault in verb_faults(claim.says, claim, whole=True):
            said = f"{fault.found} in “{_short(claim.says)}”", fault.expected, "reword it, or rate the claim anew"
            yield shelf.finding("verb", "error", file_of("claims", claim_id), ("says",), *said)


def words_forbidden(shelf: Shelf, _: date) -> Iterator[Finding]:
    """No claim or page promises in our own words."""
    for folder, file, record in shelf.every_record():
        texts = _texts(folder, record)
        for path, text in texts:
            for word in forbidden(text):
                said = f"the word “{word}”", "words that promise nothing", "say what was found, and how sure that is"
                yield shelf.finding("forbidden-word", "error", file, path, *said)


def figures_borne_out(shelf: Shelf, _: date) -> Iterator[Finding]:
    """Every number in a claim's sentence occurs in its studies or in what its evidence says."""
    grounds = Grounds(shelf)
    for claim_id, claim in shelf.claims.items():
        for name in _OWN_WORDS:
            for figure in figures(getattr(claim, name)):
                if not grounds.of_claim(claim_id).bears_out(figure):
                    said = (
                        f"“{figure.said}”",
                        "a number of its studies",
                        "correct it, or add it to the study it is from",
                    )
                    yield shelf.finding("figure", "error", file_of("claims", claim_id), (name,), *said)


def doses_elemental(shelf: Shelf, _: date) -> Iterator[Finding]:
    """Doses are of the element: a mass of a salt says what it holds."""
    for claim_id, claim in shelf.claims.items():
        for name in _OWN_WORDS:
            for dose in salt_doses(getattr(claim, name)):
                yield _salt_finding(shelf, file_of("claims", claim_id), (name,), dose)
    for study_id, study in shelf.studies.items():
        for i, arm in enumerate(study.arms):
            for dose in salt_doses(arm.name) if arm.elemental_mg_per_day is None else ():
                yield _salt_finding(shelf, file_of("studies", study_id), ("arms", i, "name"), dose)


def p_reproduced(shelf: Shelf, _: date) -> Iterator[Finding]:
    """A reported p follows from its own means, standard deviations and numbers of people, within ten times."""
    for study_id, study in shelf.studies.items():
        for i, outcome in enumerate(study.outcomes):
            for j, reported in enumerate(outcome.reported):
                found = reproduction(reported)
                if found is None or found.reproduced:
                    continue
                allowed = (
                    f"at most {found.highest:.2g}" if reported.p > found.highest else f"at least {found.lowest:.2g}"
                )
                said = f"p {reported.p:g} for {outcome.id}", f"{allowed} from its own figures"
                advice = "check the report; if it prints this, rate what rests on it low and say why"
                path: Path = ("outcomes", i, "reported", j)
                yield shelf.finding("reported-p", "warning", file_of("studies", study_id), path, *said, advice)


def effects_coherent(shelf: Shelf, _: date) -> Iterator[Finding]:
    """An effect lies in the middle of its interval, and its standard error is that of the interval."""
    for study_id, study in shelf.studies.items():
        for i, outcome in enumerate(study.outcomes):
            for fault in effect_faults(outcome.effect) if outcome.effect else ():
                said = fault, "figures that go together", "check them against the report"
                path: Path = ("outcomes", i, "effect")
                yield shelf.finding("effect", "warning", file_of("studies", study_id), path, *said)


def arms_known(shelf: Shelf, _: date) -> Iterator[Finding]:
    """A result of a randomised study is of one of its arms."""
    for study_id, study in shelf.studies.items():
        names = {arm.id for arm in study.arms} if study.kind in {"parallel", "crossover"} else set()
        for i, outcome in enumerate(study.outcomes):
            for j, result in enumerate(outcome.results):
                if (
                    names
                    and study.kind in {"parallel", "crossover"}
                    and result.arm not in names | {"difference", "everyone"}
                ):
                    said = f"“{result.arm}”", f"an arm: {', '.join(sorted(names))}", "correct it, or add the arm"
                    path: Path = ("outcomes", i, "results", j, "arm")
                    yield shelf.finding("arm", "warning", file_of("studies", study_id), path, *said)


def certainty_reasoned(shelf: Shelf, _: date) -> Iterator[Finding]:
    """High certainty has no downgrades; a lower one has as many steps as it lies below its start."""
    for claim_id, claim in shelf.claims.items():
        if claim.certainty is None:
            continue
        steps, file = sum(one.steps for one in claim.downgrades), file_of("claims", claim_id)
        if claim.certainty == "high" and steps:
            said = f"{len(claim.downgrades)} reasons beside high", "none", "lower the certainty, or delete the reasons"
            yield shelf.finding("certainty", "error", file, ("downgrades",), *said)
        elif not _enough(shelf, claim, steps):
            said = f"{steps} steps", f"{_needed(shelf, claim)} for {claim.certainty}", "give the reasons of GRADE"
            yield shelf.finding("certainty", "warning", file, ("downgrades",), *said)


def rating_coherent(shelf: Shelf, _: date) -> Iterator[Finding]:
    """Direction and size go together: no difference is trivial, a description has no size, an effect has one."""
    sizes = {"no-difference": {"trivial"}, "describes": {"not-applicable"}, "unclear": {"unclear", "not-applicable"}}
    effects = {"large", "moderate", "small", "unclear"}
    for claim_id, claim in shelf.claims.items():
        allowed = sizes.get(claim.direction, effects)
        if claim.size not in allowed:
            said = f"{claim.size}", f"{' or '.join(sorted(allowed))} beside {claim.direction}", "rate it anew"
            yield shelf.finding("rating", "warning", file_of("claims", claim_id), ("size",), *said)


def checks_due(shelf: Shelf, today: date) -> Iterator[Finding]:
    """What was to be checked again by a month that is over is stale."""
    for _, file, record in shelf.every_record():
        checked = getattr(record, "checked", None)
        if checked is not None and checked.stale(today):
            said = f"due {checked.due}", "a check by then", "search again, then set on, searched_to and due"
            yield shelf.finding("stale", "warning", file, ("checked", "due"), *said)


def sources_standing(shelf: Shelf, _: date) -> Iterator[Finding]:
    """No claim rests on a retracted source."""
    for claim_id, claim in shelf.claims.items():
        for i, one in enumerate(claim.evidence):
            source = shelf.sources.get(one.source)
            if source and source.provender.retraction and one.role in {"finds", "reviews", "supersedes", "defines"}:
                said = f"{one.source}, retracted on {source.provender.retraction.on}", "sources that stand"
                advice = "rate the claim without it, or name it with the role cites"
                path: Path = ("evidence", i, "source")
                yield shelf.finding("retracted", "error", file_of("claims", claim_id), path, *said, advice)


def _texts(folder: str, record: object) -> Iterator[tuple[Path, str]]:
    names = {
        "claims": ("says", "because"),
        "articles": ("title", "summary", "pick"),
        "hubs": ("title", "summary"),
        "substances": ("summary",),
        "redflags": ("title", "caution"),
    }
    for name in names.get(folder, ()):
        yield (name,), getattr(record, name)


def _salt_finding(shelf: Shelf, file: str, path: Path, dose: str) -> Finding:
    said = f"“{dose}”", "a dose of the element", "say how much elemental mineral that is"
    return shelf.finding("elemental", "error", file, path, *said)


def _start(shelf: Shelf, claim: Claim) -> int:
    kinds = {shelf.sources[one.source].provender.kind for one in claim.evidence if one.source in shelf.sources}
    return 0 if kinds & RANDOMISED else 2


def _needed(shelf: Shelf, claim: Claim) -> str:
    most = STEPS[claim.certainty or "high"]
    least = max(0, most - _start(shelf, claim))
    return f"{most}" if least == most else f"{least} to {most}"


def _enough(shelf: Shelf, claim: Claim, steps: int) -> bool:
    most = STEPS[claim.certainty or "high"]
    least = max(0, most - _start(shelf, claim))
    return steps >= least if claim.certainty == "very-low" else least <= steps <= most


def _short(text: str) -> str:
    return re.sub(r"\s+", " ", text)[:70]
