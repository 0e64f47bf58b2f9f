"""The answer to a trial as a page, its file, and the page a helper prints."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from provender.library.pooling import synthesis_of
from provender.store import trial_answers, trials
from provender.store.members import Member
from provender.store.reports import trial_bundle, trial_pdf
from provender.store.trial_values import Happened, Kept, Status
from provender.terms.errors import InputError
from provender.trials.answer import Answer
from provender.trials.check import Passed
from provender.trials.protocol import periods_of
from provender.trials.seal import seed_from_text, verify
from provender.trials.verdict import Kind, percent
from provender.web.door import member_view
from provender.web.library_cards import claim_row, library
from provender.web.trial_pictures import apart, days_picture, effect_picture

HEADLINES = {
    Kind.HELPED: "It helped.",
    Kind.WORSE: "It made it worse.",
    Kind.NO_DIFFERENCE: "It made no difference worth having.",
    Kind.CANNOT_TELL: "Your data cannot tell.",
}
CHIPS = {
    Passed.PASSED: ("ok", "✓ passed"),
    Passed.FAILED: ("bad", "✕ failed"),
    Passed.NO_VERDICT: ("warn", "~ no verdict"),
}


@require_GET
@member_view
def answer_page(request: HttpRequest, member: Member, key: UUID) -> HttpResponse:
    """The answer; before the end only after a declared look, or a seal that was broken."""
    trials.finish_what_is_over(member)
    kept = trials.trial(member, key)
    values: dict[str, Any] = {"trial": kept}
    if not kept.over and not any(one.kind in (Happened.LOOKED, Happened.SEAL_BROKEN) for one in kept.events):
        values["problem"] = (
            "The answer waits for the end, as you decided at the start: looking early makes chance look like an effect."
        )
        return render(request, "web/trials/answer.html", values)
    if (
        kept.protocol.blinded
        and kept.status is Status.FINISHED
        and not any(e.kind is Happened.GUESS for e in kept.events)
    ):
        values["guess"] = periods_of(kept.protocol, None)
        return render(request, "web/trials/guess.html", values)
    try:
        found = trial_answers.answer_of(member, key, published=_published(kept), more="more" in request.GET)
    except InputError as error:
        values["problem"] = f"{str(error)[:1].upper()}{str(error)[1:]}"
        return render(request, "web/trials/answer.html", values)
    return render(request, "web/trials/answer.html", values | shown(kept, found))


def _published(kept: Kept) -> tuple[float, float] | None:
    """Mean and sd of the effect that studies of the trial's claim came to, where they are in the same unit."""
    claim = library().claims.get(kept.protocol.claim)
    if claim is None or claim.synthesis is None or claim.synthesis.unit != kept.protocol.scales[0].unit:
        return None
    pooled = synthesis_of(library(), kept.protocol.claim)
    return (pooled.raw.effect, pooled.raw.se) if pooled else None


def shown(kept: Kept, found: Answer) -> dict[str, Any]:
    """An answer for the page."""
    picture = effect_picture(found)
    return {
        "answer": found,
        "verdict": found.verdict,
        "headline": HEADLINES[found.verdict.kind],
        "picture": picture,
        "ticks": apart(picture.ticks, [picture.zero]),
        "days": days_picture(found.series, kept.protocol.treatment),
        "doubtful": [(one, *CHIPS[one.verdict]) for one in found.checks if one.verdict is not Passed.PASSED],
        "passed": [(one, *CHIPS[one.verdict]) for one in found.checks if one.verdict is Passed.PASSED],
        "chances": [
            ("better", percent(found.verdict.benefit)),
            ("better by what matters to you", percent(found.verdict.beyond)),
            ("worse by as much", percent(found.verdict.worse)),
        ],
        "recorded": len(found.series.day),
        "claim": claim_row(kept.protocol.claim) if kept.protocol.claim in library().claims else None,
        "seal": sealed(kept),
        "adverse": [one for one in kept.events if one.kind is Happened.ADVERSE],
        "events": [
            one
            for one in kept.events
            if one.kind in (Happened.OTHER, Happened.PAUSED, Happened.LOOKED, Happened.SEAL_BROKEN)
        ],
        "steady": found.posterior.effect,
    }


def sealed(kept: Kept) -> str:
    """Whether the revealed seed is the one that was sealed; empty before the end."""
    if not kept.seed or kept.sequence is None:
        return ""
    return verify(kept.commitment, kept.protocol.design, seed_from_text(kept.seed), kept.sequence).sentence


@require_GET
@member_view
def trial_file(request: HttpRequest, member: Member, key: UUID) -> HttpResponse:  # noqa: ARG001 - a view's signature
    """The trial as a file that ``provender trial analyse`` reads; it holds the order, so it waits for the end."""
    if not trials.trial(member, key).over:
        raise InputError("The file holds the sealed order; take it along when the trial is over.", field="trial")
    response = HttpResponse(trial_answers.file_bytes(member, key), content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="trial-{str(key)[:8]}.trial"'
    return response


@require_GET
@member_view
def kit(request: HttpRequest, member: Member, key: UUID) -> HttpResponse:
    """The page for a helper: which packet holds what. The person must not look."""
    kept = trials.trial(member, key)
    sequence = trials.helper_sequence(member, key)
    return render(request, "web/trials/kit.html", {"trial": kept, "periods": periods_of(kept.protocol, sequence)})


@require_GET
@member_view
def report(request: HttpRequest, member: Member, key: UUID) -> HttpResponse:
    """The report for a clinician, as PDF on A4 or US Letter."""
    content = trial_pdf(member, key, request.GET.get("paper", "a4"))
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="trial-{str(key)[:8]}.pdf"'
    return response


@require_GET
@member_view
def fhir(request: HttpRequest, member: Member, key: UUID) -> HttpResponse:  # noqa: ARG001 - a view's signature
    """The same as a FHIR R4 bundle."""
    response = JsonResponse(trial_bundle(member, key), content_type="application/fhir+json")
    response.headers["Content-Disposition"] = f'attachment; filename="trial-{str(key)[:8]}.fhir.json"'
    return response
