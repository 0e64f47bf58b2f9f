"""Nutrients: what a range of days amounts to, whether it is enough, and how sure that is."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from provender.nutrition.familiar_foods import AVOIDABLE
from provender.nutrition.intake import RangeIntake
from provender.nutrition.reference_intakes import Reference
from provender.nutrition.reference_table import AUTHORITIES
from provender.nutrition.verdicts import FAIRLY_SURE, Adequacy, Verdict
from provender.nutrition.wording import LEAST_DAYS, inside
from provender.store import selectors
from provender.store.adequacies import ASKED, Assessment, assessment
from provender.store.days import day_from_text, today
from provender.store.gap_candidates import disliked
from provender.store.members import Member, change_profile
from provender.terms.errors import InputError
from provender.terms.nutrients import NUTRIENTS, Nutrient
from provender.web.door import member_view
from provender.web.nutrient_charts import Bar, bar, name_of

RANGES = (1, 7, 14, 30, 90)
USUAL_DAYS = 14
ENERGIES = ("ENERC_KCAL", "ENERC_KJ")
AUTHORITY_NAMES: Final = {"NASEM": "United States and Canada (NASEM)", "EFSA": "European Union (EFSA)"}
ANSWERS: Final = {"yes": True, "no": False, "": None}
GROUPS: Final = (
    ("low", "Probably too low", "bad"),
    ("uncertain", "Uncertain", "warn"),
    ("unsaid", "Cannot tell", "info"),
    ("unknown", "Not known", "info"),
    ("enough", "Probably enough", "ok"),
)
"""Id, title and looks of each group, the most urgent first."""
GROUP_OF: Final = {
    Verdict.PROBABLY_TOO_LOW: "low",
    Verdict.VERY_LIKELY_TOO_LOW: "low",
    Verdict.UNCERTAIN: "uncertain",
    Verdict.BELOW_AI: "unsaid",
    Verdict.NO_VERDICT: "unsaid",
    Verdict.PROBABLY_ENOUGH: "enough",
    Verdict.VERY_LIKELY_ENOUGH: "enough",
    Verdict.AI_REACHED: "enough",
}
SAID_FIRST: Final = ("enough", "uncertain", "low", "unsaid", "unknown")
CHIPS: Final = {Verdict.BELOW_AI: "below the AI", Verdict.NO_VERDICT: "no verdict"}
WORDS: Final = {"requirement": "spread of needs", "amdr_low": "AMDR, low", "amdr_high": "AMDR, high"}
ADULT_AGE_Y = 18
SURELY_BELOW: Final = 0.975
"""From this confidence on, an upper level is far enough to be told in one line with the others."""


@dataclass(frozen=True, slots=True)
class Row:
    """One nutrient on the page: its answer, its picture, and what goes with both."""

    nutrient: Nutrient
    found: Adequacy
    name: str
    chip: str
    looks: str
    bar: Bar | None
    values: tuple[tuple[str, float], ...]
    sources: tuple[tuple[str, str], ...]
    closable: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The nutrients with one kind of verdict."""

    id: str
    title: str
    looks: str
    rows: tuple[Row, ...]


def chosen_range(request: HttpRequest, member: Member, *, usual: int) -> tuple[date, date, int | None]:
    """The range a page was asked for: ``first`` and ``last``, or the last ``days``; the days when they are a preset.

    Raises:
        InputError: Dates that are none, or in the wrong order.
    """
    now = today(member.zone)
    if request.GET.get("first"):
        first = day_from_text(request.GET["first"], member.zone)
        last = day_from_text(request.GET.get("last", ""), member.zone)
        selectors.checked_range(first, last)
        return first, last, None
    asked = request.GET.get("days", "")
    days = int(asked) if asked.isdigit() and 1 <= int(asked[:5]) <= selectors.LONGEST_RANGE_DAYS else usual
    return now - timedelta(days=days - 1), now, days


@require_GET
@member_view
def nutrients_page(request: HttpRequest, member: Member) -> HttpResponse:
    """Whether it was enough, in words and pictures; below, every nutrient with its coverage."""
    first, last, days = chosen_range(request, member, usual=USUAL_DAYS)
    only_complete = request.GET.get("complete") == "yes"
    span = (last - first).days + 1
    found = assessment(member, first, last)
    shown = selectors.range_intake(member, first, last, only_complete=True) if only_complete else found.intake
    values: dict[str, Any] = {
        "first": first,
        "last": last,
        "days": days,
        "ranges": RANGES,
        "only_complete": only_complete,
        "logged": len(shown.days),
        "span": span,
        "table": nutrient_rows(shown, hide=ENERGIES if member.hides_calories else ()),
        "hides_calories": member.hides_calories,
    }
    if span > 1:
        values |= enough_values(member, found)
    return render(request, "web/nutrients.html", values)


def enough_values(member: Member, found: Assessment) -> dict[str, Any]:
    """What the part of the page with verdicts shows."""
    groups = groups_of(found.found)
    authority = member.authority or AUTHORITIES[0]
    by_id = {group.id: group for group in groups}
    return {
        "assessment": found,
        "groups": groups,
        "summary": [by_id[name] for name in SAID_FIRST if name in by_id],
        "too_few": found.complete_days < LEAST_DAYS,
        "least_days": LEAST_DAYS,
        "watched": _watched(found.found),
        "far_below": [_row(f) for f in found.found if f.below_ul is not None and f.below_ul >= SURELY_BELOW],
        "cdrr": [f.cdrr_sentence for f in found.found if f.cdrr_sentence],
        "shares": [f.amdr_sentence for f in found.found if f.amdr_sentence],
        "asked": [*((q, None) for q in found.questions), *found.answered],
        "authorities": [(name, AUTHORITY_NAMES[name]) for name in AUTHORITIES],
        "authority": authority,
        "authority_name": AUTHORITY_NAMES.get(authority, authority),
        "range_query": urlencode({"first": found.first, "last": found.last}),
        "avoidable": list(AVOIDABLE),
        "avoids": member.avoids,
        "disliked": disliked(member),
        "ear": name_of("ear", authority),
        "rda": name_of("rda", authority),
        "people": _people(found),
    }


def groups_of(found: tuple[Adequacy, ...]) -> list[Group]:
    """The answers by verdict; what has a level to stay below and no requirement to reach is told elsewhere."""
    made = []
    for name, title, looks in GROUPS:
        rows = tuple(_row(f, looks) for f in found if _is_compared(f) and _group_of(f) == name)
        if rows:
            made.append(Group(name, title, looks, rows))
    return made


def _group_of(found: Adequacy) -> str:
    """The group of a nutrient; an AI that is reached with little confidence is uncertain like any other."""
    if not found.coverage:
        return "unknown"
    hardly = found.verdict is Verdict.AI_REACHED and (found.probability or 0.0) < FAIRLY_SURE
    return "uncertain" if hardly else GROUP_OF[found.verdict]


def _is_compared(found: Adequacy) -> bool:
    """Whether there is an amount to reach: sodium has one on paper, but it is no goal."""
    reference = found.reference
    return reference.cdrr is None and (reference.requirement is not None or reference.ai is not None)


def _row(found: Adequacy, looks: str = "info") -> Row:
    reference, group = found.reference, _group_of(found)
    kinds = (("ear", reference.ear), ("rda", reference.rda), ("ai", reference.ai), ("ul", reference.ul))
    return Row(
        NUTRIENTS[found.nutrient],
        found,
        inside(found.nutrient),
        "uncertain" if group == "uncertain" else CHIPS.get(found.verdict, str(found.verdict)),
        looks,
        bar(found),
        tuple((name_of(kind, reference.authority), value) for kind, value in kinds if value is not None),
        _sources(reference),
        closable=group in ("low", "uncertain"),
    )


def _sources(reference: Reference) -> tuple[tuple[str, str], ...]:
    """What each source says, one line a source."""
    by_source: dict[str, list[str]] = {}
    for kind, source in reference.sources.items():
        by_source.setdefault(source, []).append(WORDS.get(kind, name_of(kind, reference.authority)))
    return tuple((", ".join(kinds), source) for source, kinds in by_source.items())


def _people(found: Assessment) -> str:
    if found.who is None:
        return ""
    names = ("women", "girls") if found.who.sex == "female" else ("men", "boys")
    return names[found.who.age_y < ADULT_AGE_Y]


def _watched(found: tuple[Adequacy, ...]) -> list[Row]:
    """Nutrients whose upper level is not surely far off, the nearest first."""
    near = [f for f in found if f.below_ul is not None and f.below_ul < SURELY_BELOW]
    return [_row(f) for f in sorted(near, key=lambda f: (f.below_ul, f.nutrient))]


@require_POST
@member_view
def answer_questions(request: HttpRequest, member: Member) -> HttpResponse:
    """Keep the optional answers and the authority, and show the page again."""
    fields: dict[str, Any] = {}
    for name in ASKED:
        if name in request.POST:
            fields[name] = _answer(str(request.POST[name]), name)
    if "authority" in request.POST:
        if request.POST["authority"] not in AUTHORITIES:
            raise InputError(
                f"found {str(request.POST['authority'])[:40]!r}, expected NASEM or EFSA", field="authority"
            )
        fields["authority"] = request.POST["authority"]
    change_profile(member, **fields)
    messages.success(request, "Kept.")
    return redirect(f"{reverse('nutrients')}{_back(str(request.POST.get('back', '')))}")


def _answer(typed: str, name: str) -> bool | None:
    if typed not in ANSWERS:
        raise InputError(f"found {typed[:40]!r}, expected yes, no or nothing", field=name)
    return ANSWERS[typed]


def _back(range_words: str) -> str:
    """The query of the range that was shown: a number of days, or two dates."""
    parts = range_words.split("_")
    if len(parts) == 1 and parts[0].isdigit():
        return f"?{urlencode({'days': parts[0]})}"
    return f"?{urlencode({'first': parts[0], 'last': parts[1]})}" if len(parts) == 2 else ""


def nutrient_rows(
    found: RangeIntake, *, hide: tuple[str, ...] = ()
) -> list[tuple[str, list[dict[str, Any]], list[str]]]:
    """By group of nutrients: its name, the rows of what is known in some food, the names of what is known in none."""
    groups: dict[str, tuple[list[dict[str, Any]], list[str]]] = {}
    for line in found.lines():
        nutrient = NUTRIENTS[line.nutrient]
        if nutrient.id in hide:
            continue
        rows, unknown = groups.setdefault(nutrient.group, ([], []))
        if line.coverage:
            rows.append({"nutrient": nutrient, "line": line})
        else:
            unknown.append(nutrient.name)
    return [(group, *parts) for group, parts in groups.items()]
