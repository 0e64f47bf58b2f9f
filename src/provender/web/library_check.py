"""Check an article: any pasted text or page, sentence by sentence, beside what is known. Nothing of it is kept."""

from collections import Counter
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from provender.library.in_words import VERDICTS
from provender.library.reader import IntakeOf, Reading, ReadSentence, read
from provender.store.members import Member
from provender.store.stated_composition import composition_of
from provender.store.stated_intake import intake_of
from provender.terms.errors import InputError
from provender.web.library_cards import SIGNS, TONES, library

KIND_WORDS: Final = {
    "efficacy": "says that something helps",
    "harm": "warns of a harm",
    "prevalence": "says how common something is",
    "composition": "says what a food holds",
    "intake": "says how much people get",
    "mechanism": "says how the body works",
    "symptom": "names a symptom",
    "anecdote": "tells somebody’s experience",
    "advice": "gives advice",
}
LACKS: Final = {
    "date": "a date",
    "author": "an author",
    "reviewer": "a reviewer",
    "dose": "a dose",
    "harms": "harms, or who should not take it",
    "conflicts": "who paid for it, or what the writer earns by it",
    "references": "references",
}


@dataclass(frozen=True, slots=True)
class Said:
    """One known claim in a sentence."""

    id: str
    stance: str
    seen_as: str
    says: str
    verdict: str
    tone: str
    sign: str
    because: str
    kind: str


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence, with what is known of what it says."""

    text: str
    said: tuple[Said, ...]
    checks: tuple[str, ...]
    unchecked: tuple[str, ...]
    heading: str


@require_http_methods(["GET", "HEAD", "POST"])
def check_page(request: HttpRequest) -> HttpResponse:
    """The form; and what a pasted text says, sentence by sentence."""
    values: dict[str, Any] = {"text": request.POST.get("text", "")}
    status = 200
    if request.method == "POST":
        try:
            found = _read(request)
            values |= shown(found) | {"pasted": _pasted(request, found)}
        except InputError as error:
            values["error"], status = f"{str(error)[:1].upper()}{str(error)[1:]}", 422
    return render(request, "web/library/check.html", values, status=status)


def _read(request: HttpRequest) -> Reading:
    sent = request.FILES.get("file")
    content: str | bytes = sent.read() if sent else request.POST.get("text", "")
    restore = [int(one) for one in request.POST.getlist("restore") if one.isdecimal()]
    return read(content, shelf=library(), composition_of=composition_of, intake_of=_intake_of(request), restore=restore)


def _pasted(request: HttpRequest, found: Reading) -> str:
    """The text to be sent again when lines are restored; of a file its readable text."""
    return request.POST.get("text", "") if "file" not in request.FILES else found.text


def _intake_of(request: HttpRequest) -> IntakeOf | None:
    member = request.user
    return intake_of(member) if isinstance(member, Member) else None


def shown(found: Reading) -> dict[str, Any]:
    """A reading for the page: its lines, how often each verdict was met, what the page lacks."""
    lines = _lines(found)
    met = Counter(one.verdict for line in lines for one in line.said if one.stance == "makes")
    tones = {VERDICTS[verdict]: (tone, SIGNS[tone]) for verdict, tone in TONES.items()}
    return {
        "reading": found,
        "claims_known": len(library().claims),
        "title": found.part("title"),
        "parts": [(name, found.part(name)) for name in ("hub", "author", "biography", "date", "caption", "credit")],
        "lines": lines,
        "met": [(words, count, *tones[words]) for words, count in met.most_common()],
        "unchecked": sum(len(line.unchecked) for line in lines),
        "lacks": [(LACKS[one.name], one.looked_for) for one in found.lacks],
        "present": [(LACKS[one.name], one.found) for one in found.has if one.found is not None],
    }


def _lines(found: Reading) -> list[Line]:
    lines, section = [], -1
    for sentence in found.sentences:
        heading = ""
        if sentence.section != section:
            section = sentence.section
            heading = found.sections[section].heading or ""
        lines.append(_line(sentence, heading))
    return lines


def _line(sentence: ReadSentence, heading: str) -> Line:
    said: dict[str, Said] = {}
    for clause in sentence.clauses:
        for match in clause.matches:
            said.setdefault(match.claim, _said(match.claim, match.stance))
    checks = dict.fromkeys(one.sentence for clause in sentence.clauses for one in clause.checks)
    open_claims = dict.fromkeys(
        clause.text.strip() for clause in sentence.clauses if clause.kind and not clause.matches and not clause.checks
    )
    return Line(sentence.text, tuple(said.values()), tuple(checks), tuple(open_claims), heading)


def _said(name: str, stance: str) -> Said:
    claim = library().claims[name]
    tone = TONES[claim.verdict]
    return Said(
        id=name,
        stance=stance,
        says=claim.says,
        seen_as=claim.seen_as,
        verdict=VERDICTS[claim.verdict],
        tone=tone,
        sign=SIGNS[tone],
        because=claim.because,
        kind=KIND_WORDS[claim.kind],
    )
