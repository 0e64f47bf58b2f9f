"""What the library's pages show of a claim, a source, a substance: the shelf's records in words and places."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np

from provender.diary.salts import elemental_share, salt_named
from provender.library import in_words
from provender.library.claim_records import Claim
from provender.library.holdings import Shelf
from provender.library.pooling import Pooled, synthesis_of
from provender.library.safety_records import Form, Substance
from provender.library.searching import LibraryIndex
from provender.library.shelf import shelf as read_shelf
from provender.library.summary import number, summary
from provender.nutrition.familiar_foods import familiar_foods
from provender.nutrition.recipient import Recipient
from provender.nutrition.reference_intakes import Scope, references
from provender.store.catalogue_in_use import catalogue
from provender.terms.nutrients import NUTRIENTS
from provender.terms.units import amount_text

TONES: Final = {
    "supported": "ok",
    "partly": "warn",
    "outdated": "warn",
    "misdescribed": "bad",
    "contradicted": "bad",
    "unverifiable": "info",
}
SIGNS: Final = {"ok": "✓", "warn": "~", "bad": "✕", "info": "?"}
ADULT: Final = Recipient("female", 40.0)
LEVELS: Final = ("very-low", "low", "moderate", "high")


@dataclass(frozen=True, slots=True)
class ForestLine:
    """A row of a forest plot; places are 0 to 100."""

    label: str
    study: str
    said: str
    weight: str
    low: float
    at: float
    high: float
    people: int | None
    derived: str


@dataclass(frozen=True, slots=True)
class Forest:
    """A forest plot: its rows, the summary's diamond, where no effect is, and what it comes to in words."""

    rows: tuple[ForestLine, ...]
    total: ForestLine
    null: float
    left: str
    right: str
    outcome: str
    unit: str
    sentence: str
    beside: tuple[str, ...]
    how: str


@lru_cache(maxsize=1)
def library() -> Shelf:
    """The shelf, read once a process; it comes with the programme and changes only with it."""
    return read_shelf()


@lru_cache(maxsize=1)
def index() -> LibraryIndex:
    """Its words, counted once."""
    return LibraryIndex(library())


def claim_label(claim: Claim) -> str:
    """A claim and its verdict in a line."""
    return f"{claim.seen_as}: {in_words.VERDICTS[claim.verdict]}"


def claim_row(name: str) -> dict[str, Any]:
    """A claim in a list."""
    claim = library().claims[name]
    tone = TONES[claim.verdict]
    return {
        "id": name,
        "claim": claim,
        "verdict": in_words.VERDICTS[claim.verdict],
        "tone": tone,
        "sign": SIGNS[tone],
        "certainty": in_words.CERTAINTIES.get(claim.certainty or "", ""),
    }


def claim_card(name: str) -> dict[str, Any]:
    """Everything of a claim.

    Raises:
        NotFoundError: No such claim.
    """
    shelf = library()
    claim: Claim = shelf.record("claims", name)
    return claim_row(name) | {
        "effect": in_words.effect_words(claim),
        "level": LEVELS.index(claim.certainty) + 1 if claim.certainty else 0,
        "levels": range(1, len(LEVELS) + 1),
        "certainty_means": in_words.CERTAINTY_MEANS.get(claim.certainty or "", ""),
        "downgrades": in_words.downgrade_words(claim),
        "evidence": [_evidence(shelf, one) for one in claim.evidence],
        "forest": forest(name),
        "superseded_by": shelf.claims.get(claim.superseded_by or ""),
        "supersedes": [other for other, one in shelf.claims.items() if one.superseded_by == name],
    }


def _evidence(shelf: Shelf, one: Any) -> dict[str, Any]:
    source = shelf.sources[one.source]
    study = shelf.studies.get(one.study or "")
    return {
        "id": one.source,
        "source": source,
        "name": in_words.short_name(source),
        "kind": in_words.source_kind(source),
        "lead": in_words.evidence_lead(one),
        "says": one.says,
        "locator": one.locator,
        "differs": in_words.differs(one.directness),
        "direct": one.directness is not None and not in_words.differs(one.directness),
        "people": study.analysed if study else None,
        "retraction": source.provender.retraction,
    }


@lru_cache(maxsize=256)
def forest(name: str) -> Forest | None:
    """The forest plot of a claim; None where it takes no studies together."""
    found = synthesis_of(library(), name)
    return None if found is None else _plot(found)


def _plot(found: Pooled) -> Forest:
    ratio = found.null == 1
    scale = np.log if ratio else np.asarray
    ends = [value for row in found.rows for value in (row.low, row.high)] + [found.summary.low, found.summary.high]
    low, high = float(scale(min(*ends, found.null))), float(scale(max(*ends, found.null)))
    room = 0.04 * (high - low)

    def place(value: float) -> float:
        return round(100 * (float(scale(value)) - low + room) / (high - low + 2 * room), 2)

    def line(label: str, study: str, *numbers: float, weight: float, people: int | None, derived: str) -> ForestLine:
        effect, left, right = numbers
        said = f"{number(effect)} ({number(left)} to {number(right)})"
        share = f"{100 * weight:.0f} %"
        return ForestLine(label, study, said, share, place(left), place(effect), place(right), people, derived)

    words, spec, total = summary(found), found.spec, found.summary
    lower, higher = ("better", "worse") if spec.better == "lower" else ("worse", "better")
    return Forest(
        rows=tuple(
            line(
                row.label,
                row.study,
                row.effect,
                row.low,
                row.high,
                weight=row.weight,
                people=row.people,
                derived=row.derived,
            )
            for row in found.rows
        ),
        total=line("Together", "", total.effect, total.low, total.high, weight=1.0, people=None, derived=""),
        null=place(found.null),
        left=lower,
        right=higher,
        outcome=spec.outcome,
        unit=spec.unit,
        sentence=words.sentence,
        beside=words.beside,
        how=f"{spec.method}, 95 % interval by Knapp and Hartung; I² {100 * total.i2:.0f} %, τ² {total.tau2:.3f}.",
    )


def substance_forms(substance: Substance) -> list[dict[str, Any]]:
    """The forms of a substance, with the share of each salt that is the mineral, dry and as sold, computed."""
    return [{"form": form, "share": _share(form)} for form in substance.forms]


def _share(form: Form) -> str:
    """Which share of a form's mass is the mineral; a range where labels do not say which formula it is."""
    salt = salt_named(form.salt) if form.salt else None
    if salt is None:
        return ""
    shares = [100 * elemental_share(one, salt.nutrient.capitalize()) for one in form.formulae] or [100 * salt.share]
    low, high = min(shares), max(shares)
    return f"{low:.1f} %" if high - low < 0.05 else f"{low:.1f} to {high:.1f} %"


def upper_levels(nutrient: str | None) -> list[tuple[str, str]]:
    """The upper levels of adults by authority, with what each counts; empty where there is none."""
    found = []
    for authority, name in (("NASEM", "United States and Canada"), ("EFSA", "Europe")):
        one = references(ADULT, authority=authority).get(nutrient or "")
        if one is not None and one.ul is not None and nutrient is not None:
            counts = "supplements and medicines" if one.ul_scope is not Scope.TOTAL else "food and supplements"
            found.append((name, f"{amount_text(one.ul, NUTRIENTS[nutrient].unit)} a day, counting {counts}"))
    return found


@lru_cache(maxsize=32)
def _rich(nutrient: str, count: int, digest: str) -> tuple[dict[str, str], ...]:  # noqa: ARG001 - the digest is a key
    unit = NUTRIENTS[nutrient].unit
    best: dict[str, Any] = {}
    for one in familiar_foods(catalogue()):
        if one.per_serving.get(nutrient):
            kept = best.get(one.family)
            if kept is None or kept.per_serving[nutrient] < one.per_serving[nutrient]:
                best[one.family] = one
    ranked = sorted(best.values(), key=lambda one: -one.per_serving[nutrient])[:count]
    return tuple(
        {
            "id": one.id,
            "serving": one.words(1),
            "amount": amount_text(one.per_serving[nutrient], unit),
            "per_100_g": amount_text(100 * one.per_serving[nutrient] / one.mass_g, unit),
        }
        for one in ranked
    )


def rich_foods(nutrient: str, count: int) -> tuple[dict[str, str], ...]:
    """Everyday foods that bring most of a nutrient in a serving, by the catalogue in use."""
    return _rich(nutrient, count, catalogue().digest)
