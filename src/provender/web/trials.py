"""Personal trials as pages: propose, screen, design, run, answer."""

from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

import numpy as np
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from provender.diary.instruments import INSTRUMENTS, instrument
from provender.library.safety import words_that_ask
from provender.store import trial_answers, trials
from provender.store.days import day_from_text, today
from provender.store.members import Member
from provender.store.observations import observed
from provender.store.trial_values import Happened, Kept, Status
from provender.terms.errors import InputError, NotFoundError
from provender.terms.numbers import parse_number
from provender.trials.design import LETTERS
from provender.trials.design_words import design_sentences
from provender.trials.plans import plans, shapes
from provender.trials.protocol import Phase, day_of, instruction, periods_of, whole_pairs
from provender.trials.run_in import RunIn, learnt
from provender.trials.scale import OutcomeKind
from provender.trials.schedule import schedule
from provender.trials.series import Observation, laid
from provender.web import trial_forms as forms
from provender.web.door import member_view
from provender.web.library import tiers as tiers_of
from provender.web.library_cards import library
from provender.web.today import typed_key
from provender.web.trial_pictures import plan_bar

SIMULATED: Final = 120
POWER_SEED: Final = 20261124
DIARY_DAYS: Final = 90
KINDS: Final = (("supplement", "a supplement"), ("food", "a food"), ("habit", "a habit"))
SCHEMES: Final = (
    ("pairs", "each pair by chance"),
    ("blocks", "blocks of four by chance"),
    ("stratified", "by chance, never three of a kind"),
    ("abab", "in turn, nothing by chance"),
)
SAID_WORDS: Final = (("yes", "yes"), ("no", "no"), ("not sure", "not sure"))
KIDNEYS: Final = (
    ("normal", "as they should"),
    ("reduced", "less well"),
    ("failure", "they fail, or dialysis"),
    ("unknown", "never tested"),
)
BACK: Final = 14
FLARE: Final = 3.0
"""Points of pain above the usual at which the warning signs are shown again."""
"""Days back that can be told of in the page."""


@require_GET
@member_view
def trials_page(request: HttpRequest, member: Member) -> HttpResponse:
    """Every trial of the member."""
    trials.finish_what_is_over(member)
    found = trials.trials(member)
    groups = [
        (title, [one for one in found if one.status in statuses])
        for title, statuses in (
            ("Running", (Status.RUNNING,)),
            ("Being planned", (Status.DRAFT,)),
            ("Answered", (Status.FINISHED, Status.STOPPED)),
            ("Set aside by the safety questions", (Status.SCREENED_OUT,)),
        )
    ]
    values = {
        "groups": [(title, ones) for title, ones in groups if ones],
        "on": today(member.zone),
        "substances": library().substances,
    }
    return render(request, "web/trials/trials.html", values)


@require_http_methods(["GET", "HEAD", "POST"])
@member_view
def propose(request: HttpRequest, member: Member, key: UUID | None = None) -> HttpResponse:
    """Say what is to be tried; the form keeps what was typed when something is wrong."""
    there = trials.trial(member, key) if key else None
    problem = None
    if request.method == "POST":
        try:
            kept = trials.propose(
                member, forms.protocol_sent(member, request.POST), key=key or typed_key(request.POST.get("key", ""))
            )
            return redirect("trial_design" if kept.screen else "trial_screen", kept.key)
        except (InputError, NotFoundError) as error:
            problem = error
        fields: dict[str, Any] = request.POST.dict()
    elif there:
        fields = forms.fields_of(there.protocol)
    else:
        fields = forms.suggested(member, request.GET.get("claim", ""), request.GET.get("substance", ""))
    claim = library().claims.get(str(fields.get("claim", "")))
    values = {
        "fields": fields,
        "problem": problem,
        "field": getattr(problem, "field", None),
        "instruments": INSTRUMENTS.values(),
        "substances": library().substances,
        "substance": library().substances.get(str(fields.get("substance", ""))),
        "claim": claim,
        "there": there,
        "key": key or uuid4(),
        "kinds": KINDS,
        "schemes": SCHEMES,
        "units": ("mg", "g", "µg"),
        "salts": _salts(str(fields.get("substance", ""))),
    }
    return render(request, "web/trials/propose.html", values, status=422 if problem else 200)


def _salts(name: str) -> list[str]:
    one = library().substances.get(name)
    return [form.salt for form in one.forms if form.salt] if one else []


@require_http_methods(["GET", "HEAD", "POST"])
@member_view
def screen(request: HttpRequest, member: Member, key: UUID) -> HttpResponse:
    """The safety questions, and what they come to."""
    kept = trials.trial(member, key)
    missing = False
    if request.method == "POST":
        if "clinician" in request.POST:
            trials.clinician_agreed(member, key)
            return redirect("trial_design", key)
        found = forms.screen_sent(member, kept.protocol, request.POST)
        missing = forms.unanswered(kept.protocol, found) and not found.flags.hides_doses
        if not missing:
            kept = trials.screened(member, key, found.decision, found.values())
            if kept.screen["decision"] == "go on":
                return redirect("trial_design", key)
            return redirect("trial_screen", key)
    answers = request.POST.dict() if missing else kept.screen.get("answers", {})
    values = {
        "trial": kept,
        "tiers": tiers_of(forms.FLAGS),
        "flags": library().redflags[forms.FLAGS],
        "questions": forms.asked(kept.protocol),
        "substance": library().substances.get(kept.protocol.substance),
        "answers": answers,
        "missing": missing,
        "show_result": bool(kept.screen) and not missing and "again" not in request.GET,
        "ask_pregnant": member.sex != "male",
        "said": SAID_WORDS,
        "kidneys": KIDNEYS,
    }
    return render(request, "web/trials/screen.html", values, status=422 if missing else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@member_view
def design(request: HttpRequest, member: Member, key: UUID) -> HttpResponse:
    """What the design can show, its calendar, and the start."""
    kept = trials.trial(member, key)
    if kept.status not in (Status.DRAFT, Status.SCREENED_OUT):
        return redirect("trial", key)
    problem = None
    if request.method == "POST":
        if request.POST.get("consent") != "yes":
            problem = InputError("Tick that you have read it and want to begin.", field="consent")
        else:
            try:
                trials.start(member, key)
                messages.success(request, "It has begun. The order was drawn and sealed.")
                return redirect("trial", key)
            except InputError as error:
                problem = error
    values = {
        "trial": kept,
        "problem": problem,
        "sentences": design_sentences(kept.protocol.design, onset_days=kept.protocol.onset_days),
        "periods": periods_of(kept.protocol, None),
        "outcomes": [(instrument(one.instrument), one.mcid) for one in kept.protocol.outcomes],
        "ready": kept.screen.get("decision") == "go on" or kept.agreed is not None,
    }
    return render(request, "web/trials/design.html", values, status=422 if problem else 200)


@require_GET
@member_view
def power(request: HttpRequest, member: Member, key: UUID) -> HttpResponse:
    """What this and neighbouring designs would show, from the member's own days where there are enough."""
    kept = trials.trial(member, key)
    chosen = kept.protocol.design
    own = _own_days(member, kept)
    effect = kept.protocol.outcomes[0].mcid * (-1 if kept.protocol.scales[0].lower_is_better else 1)
    days = own or RunIn(mcid=abs(effect), lower_is_better=kept.protocol.scales[0].lower_is_better)
    usual = kept.protocol.scales[0].kind is not OutcomeKind.COUNT and kept.protocol.scales[0].high == 10
    bars = []
    if own or usual:
        compared = shapes(chosen.pairs, chosen.period_days)
        every = plans(compared, effect, days, rng=np.random.default_rng(POWER_SEED), trials=SIMULATED)
        bars = [plan_bar(plan, chosen=plan.pairs == chosen.pairs) for plan in every]
    one = instrument(kept.protocol.outcomes[0].instrument)
    values = {
        "bars": bars,
        "own": own is not None,
        "instrument": one,
        "mcid": kept.protocol.outcomes[0].mcid,
        "trial": kept,
    }
    return render(request, "web/trials/power.html", values)


def _own_days(member: Member, kept: Kept) -> RunIn | None:
    """What the member's own last ninety days were like; None with fewer than a fortnight of them."""
    name = kept.protocol.outcomes[0].instrument
    last = today(member.zone)
    first = last - timedelta(days=DIARY_DAYS - 1)
    seen = observed(member, name, first, last)
    scale = kept.protocol.scales[0]
    if len(seen) < BACK or scale.kind is OutcomeKind.COUNT or len(set(seen.values())) < 2:
        return None
    calendar = schedule(type(kept.protocol.design)(1, 1, run_in_days=DIARY_DAYS), [0, 1], first)
    try:
        series = laid([Observation(day, value) for day, value in seen.items()], calendar, scale)
        return learnt(series, np.random.default_rng(POWER_SEED))
    except InputError:
        return None


@require_GET
@member_view
def trial(request: HttpRequest, member: Member, key: UUID) -> HttpResponse:
    """One trial: today's instruction, the check-in, how well it is kept; no effect before its time."""
    trials.finish_what_is_over(member)
    kept = trials.trial(member, key)
    if kept.status in (Status.DRAFT, Status.SCREENED_OUT):
        return redirect("trial_design" if kept.screen.get("decision") == "go on" else "trial_screen", key)
    return render(request, "web/trials/trial.html", _shown(member, kept))


def _shown(member: Member, kept: Kept) -> dict[str, Any]:
    on = today(member.zone)
    here = kept.day(on)
    pairs = whole_pairs(kept.protocol, on)
    return {
        "trial": kept,
        "on": on,
        "today": here,
        "instruction": instruction(kept.protocol, here),
        "quality": trial_answers.quality(member, kept.key),
        "periods": periods_of(kept.protocol, kept.sequence),
        "outcomes": [_asked(member, kept, one.instrument, on) for one in kept.protocol.outcomes],
        "recording": kept.status is Status.RUNNING and here.phase not in (Phase.BEFORE, Phase.OVER),
        "taken": trials.taken_by_day(member, kept.key).get(on),
        "takes": here.phase is Phase.PERIOD,
        "may_look": pairs > 0 and kept.protocol.looks == "pairs" and kept.status is Status.RUNNING,
        "looked": any(one.kind is Happened.LOOKED for one in kept.events),
        "pairs": pairs,
        "past": [
            on - timedelta(days=n) for n in range(1, BACK + 1) if on - timedelta(days=n) >= kept.protocol.first_day
        ],
        "letters": LETTERS,
        "flare": _flare(member, kept, on),
    }


def _asked(member: Member, kept: Kept, name: str, on: date) -> dict[str, Any]:
    one = instrument(name)
    value = observed(member, name, on, on).get(on)
    return {"one": one, "value": value, "values": one.values, "trial": kept}


def _flare(member: Member, kept: Kept, on: date) -> bool:
    """Whether pain lies so far above what was usual in the trial that the red flags are asked again."""
    if kept.protocol.outcomes[0].instrument != "pain":
        return False
    seen = observed(member, "pain", kept.protocol.first_day, on)
    before = [value for day, value in seen.items() if day < on]
    now = seen.get(on)
    return len(before) >= 3 and now is not None and now - float(np.mean(before)) >= FLARE


@require_POST
@member_view
def check_in(request: HttpRequest, member: Member, key: UUID) -> HttpResponse:
    """Keep a value, or whether it was taken, with one press."""
    day = day_from_text(request.POST.get("day", ""), member.zone)
    values = {
        name.removeprefix("value-"): float(parse_number(text))
        for name, text in request.POST.dict().items()
        if name.startswith("value-") and text.strip()
    }
    share = request.POST.get("taken", "")
    taken = float(parse_number(share)) if share else None
    note = request.POST.get("note", "")
    kept = trials.check_in(member, key, day=day, values=values, taken=taken, note=note)
    messages.success(request, f"Kept for {day:%-d %B}.")
    if words_that_ask(library().redflags[forms.FLAGS], note):
        messages.success(request, "What you wrote can be a warning sign. Please answer the safety questions again.")
        return redirect("article", "back-pain", "red-flags")
    return redirect("home") if request.POST.get("from") == "home" else redirect("trial", kept.key)


@require_POST
@member_view
def event(request: HttpRequest, member: Member, key: UUID) -> HttpResponse:
    """Note that something happened: a pause, something bad, another change, a look, the end."""
    sent = request.POST
    try:
        kind = Happened(sent.get("kind", ""))
    except ValueError as error:
        raise InputError(
            f"found {sent.get('kind', '')[:20]!r}, expected something that happens in a trial", field="kind"
        ) from error
    if kind in (Happened.STARTED, Happened.FINISHED):
        raise InputError("A trial begins and ends by itself; stop it if you want it to end now.", field="kind")
    guesses = {
        name.removeprefix("guess-"): float(parse_number(value))
        for name, value in sent.dict().items()
        if name.startswith("guess-") and value
    }
    day = (
        min(today(member.zone), trials.trial(member, key).protocol.last_day)
        if kind is Happened.GUESS
        else today(member.zone)
    )
    trials.happened(
        member, key, kind, day=day, text=sent.get("text", ""), value=guesses, event=typed_key(sent.get("key", ""))
    )
    messages.success(request, SAID.get(kind, "Noted."))
    if kind in (Happened.LOOKED, Happened.SEAL_BROKEN, Happened.STOPPED, Happened.GUESS):
        return redirect("trial_answer" if kind is not Happened.SEAL_BROKEN else "trial", key)
    return redirect("trial", key)


SAID: Final = {
    Happened.PAUSED: "Paused. The calendar goes on; days of the pause will not count.",
    Happened.RESUMED: "Going on.",
    Happened.STOPPED: "Stopped. Nothing that you recorded is lost.",
    Happened.ADVERSE: "Noted. Stop whenever you want; ask for help if it is bad.",
}


@require_POST
@member_view
def forget(request: HttpRequest, member: Member, key: UUID) -> HttpResponse:
    """Delete a draft."""
    trials.forget_draft(member, key)
    messages.success(request, "The plan is deleted.")
    return redirect("trials")


@require_GET
@member_view
def today_card(request: HttpRequest, member: Member) -> HttpResponse:
    """What running trials ask today, for the page of the day."""
    on = today(member.zone)
    rows = [
        {
            **_asked(member, kept, kept.protocol.outcomes[0].instrument, on),
            "instruction": instruction(kept.protocol, here),
        }
        for kept in trials.running(member)
        if (here := day_of(kept.protocol, kept.sequence, on)).phase not in (Phase.BEFORE, Phase.OVER)
    ]
    return render(request, "web/trials/today.html", {"rows": rows, "on": on})
