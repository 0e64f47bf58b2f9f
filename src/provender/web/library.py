"""The library's pages: hubs, articles, claims, substances, sources, and the search over them. Nobody must sign in."""

import json
import re
from datetime import date
from functools import lru_cache
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from provender.library import in_words
from provender.library.claim_records import Claim
from provender.library.page_records import Article, Picture
from provender.library.source_records import Source
from provender.nutrition.wording import inside
from provender.store.adequacies import latest_assessment
from provender.store.catalogue_in_use import catalogue
from provender.store.days import today
from provender.store.members import Member
from provender.terms.errors import NotFoundError
from provender.terms.nutrients import NUTRIENTS
from provender.terms.units import amount_text
from provender.web import library_cards as cards
from provender.web.library_text import Text, drawn

FOR_YOU_DAYS: Final = 28
FOUND: Final = 30
SCHEMA: Final = "https://schema.org"


@require_safe
def library_page(request: HttpRequest) -> HttpResponse:
    """Every hub, and the search."""
    words = request.GET.get("q", "").strip()[:200]
    found = cards.index().search(words, limit=FOUND) if words else ()
    shelf = cards.library()
    values = {
        "words": words,
        "found": [{"place": one, "link": _link(one.kind, one.id), **_chip(one.kind, one.id)} for one in found],
        "hubs": [{"id": name, "hub": hub, "drawing": decoration(hub.picture)} for name, hub in shelf.hubs.items()],
        "substances": shelf.substances,
    }
    return render(request, "web/library/library.html", values)


@require_safe
def hub_page(request: HttpRequest, hub: str) -> HttpResponse:
    """One hub: the signs that should not wait, its articles, its claims at a glance, its substances."""
    shelf = cards.library()
    found = _or_404("hubs", hub)
    values = {
        "id": hub,
        "hub": found,
        "drawing": drawing(found.picture),
        "flags": shelf.redflags.get(hub),
        "articles": [(name, shelf.articles[name], decoration(shelf.articles[name].picture)) for name in found.articles],
        "claims": [cards.claim_row(name) for name in found.claims_first],
        "substances": [(name, shelf.substances[name]) for name in found.substances],
        "every": sorted(
            (cards.claim_row(name) for name, claim in shelf.claims.items() if claim.hub == hub),
            key=lambda row: row["claim"].seen_as.casefold(),
        ),
    }
    return render(request, "web/library/hub.html", values)


@require_safe
def article_page(request: HttpRequest, hub: str, article: str) -> HttpResponse:
    """One article, its sentences marked with their evidence."""
    found = _or_404("articles", article)
    if found.hub != hub:
        return redirect("article", found.hub, article)
    text = _text(article, catalogue().digest)
    values = {
        "id": article,
        "hub_id": hub,
        "hub": cards.library().hubs[hub],
        "article": found,
        "text": text,
        "notes": [_note(name) for name in text.claims],
        "drawing": drawing(found.picture),
        "stale": found.checked.stale(today("UTC")),
        "linked_data": _linked_data(request, article, found, text),
    }
    return render(request, "web/library/article.html", values)


@require_safe
def claim_page(request: HttpRequest, claim: str) -> HttpResponse:
    """One claim; for the sheet that opens over an article, without the page around it."""
    found = _or_404("claims", claim)
    sheet = request.headers.get("X-Sheet") == "1"
    values = cards.claim_card(claim) | {
        "stale": found.checked.stale(today("UTC")),
        "for_you": _for_you(request, found),
        "trial": _trial_link(claim, found),
        "articles": [] if sheet else _articles_with(claim),
        "sheet": sheet,
    }
    response = render(request, "web/library/claim_card.html" if sheet else "web/library/claim.html", values)
    response.headers["Vary"] = "X-Sheet, Cookie"
    return response


@require_safe
def substance_page(request: HttpRequest, substance: str) -> HttpResponse:
    """One substance: dose, limits, forms, medicines, who should not, harms, and foods that hold it."""
    found = _or_404("substances", substance)
    shelf = cards.library()
    rows = [
        cards.claim_row(name)
        for name, claim in shelf.claims.items()
        if claim.trial.substance == substance or name.startswith(substance)
    ]
    values = _substance(substance) | {
        "foods": cards.rich_foods(found.nutrient, 12) if found.nutrient in NUTRIENTS else (),
        "claims": rows,
        "articles": [(name, one) for name, one in shelf.articles.items() if substance in one.substances],
        "stale": found.checked.stale(today("UTC")),
    }
    return render(request, "web/library/substance.html", values)


@require_safe
def source_page(request: HttpRequest, source: str) -> HttpResponse:
    """One source: how to find it, how much of it was read, what rests on it."""
    found = _or_404("sources", source)
    shelf = cards.library()
    values = {
        "id": source,
        "source": found,
        "citation": in_words.citation(found),
        "kind": in_words.source_kind(found),
        "read": in_words.READ[found.provender.read],
        "links": _links(found),
        "claims": [
            cards.claim_row(name)
            for name, claim in shelf.claims.items()
            if any(one.source == source for one in claim.evidence)
        ],
        "studies": [(name, study) for name, study in shelf.studies.items() if study.source == source],
    }
    return render(request, "web/library/source.html", values)


@require_safe
def pick(request: HttpRequest) -> HttpResponse:
    """The pick of the day, for a corner of Today."""
    member = request.user
    on = today(member.zone if isinstance(member, Member) else "UTC")
    return render(request, "web/library/pick.html", {"pick": pick_of_the_day(on)})


def pick_of_the_day(on: date) -> dict[str, str]:
    """One sentence and where it leads, another each day; every article has its turn."""
    articles = sorted(cards.library().articles.items())
    name, article = articles[on.toordinal() % len(articles)]
    return {"sentence": article.pick, "title": article.title, "link": reverse("article", args=[article.hub, name])}


@lru_cache(maxsize=64)
def drawing(picture: Picture | None) -> SafeString:
    """A drawing of the shelf as inline SVG, so that it takes the page's colours; empty without one."""
    if picture is None or not picture.file.endswith(".svg"):
        return mark_safe("")
    return mark_safe(cards.library().pictures[picture.file].read_text(encoding="utf-8"))  # noqa: S308 - checked: no script


@lru_cache(maxsize=64)
def decoration(picture: Picture | None) -> SafeString:
    """A drawing beside words that say more: without its title, silent to a screen reader, as often as one likes."""
    bare = re.sub(r"<title.*?</title>", "", drawing(picture), flags=re.DOTALL)
    return mark_safe(re.sub(r' role="img" aria-labelledby="[^"]*"', ' aria-hidden="true"', bare))  # noqa: S308


def _or_404(folder: str, name: str) -> Any:
    try:
        return cards.library().record(folder, name)
    except NotFoundError as error:
        raise Http404(str(error)) from error


def _link(kind: str, name: str) -> str:
    if kind == "article":
        return reverse("article", args=[cards.library().articles[name].hub, name])
    return reverse(kind, args=[name])


def _chip(kind: str, name: str) -> dict[str, Any]:
    return cards.claim_row(name) if kind == "claim" else {}


@lru_cache(maxsize=64)
def _text(name: str, digest: str) -> Text:  # noqa: ARG001 - the catalogue's digest is a key: live parts change with it
    shelf = cards.library()
    return drawn(
        shelf.articles[name].body,
        lambda claim: reverse("claim", args=[claim]),
        lambda claim: cards.claim_label(shelf.claims[claim]),
        lambda part, words: _live(part, list(words)),
    )


def _live(part: str, words: list[str]) -> str:
    """A live part of an article; the checks have made sure that it can be drawn."""
    shelf = cards.library()
    if part == "foods":
        rows = cards.rich_foods(words[0], int(words[1]))
        values: dict[str, Any] = {"foods": rows, "name": inside(words[0])}
    elif part == "forest":
        values = {"forest": cards.forest(words[0])}
    elif part == "redflags":
        values = {"flags": shelf.redflags[words[0]], "tiers": tiers(words[0])}
    else:
        values = _substance(words[0])
    return render_to_string(f"web/library/live_{part}.html", values)


def tiers(name: str) -> list[tuple[Any, list[Any]]]:
    """The tiers of a list of warning signs, each with its questions."""
    flags = cards.library().redflags[name]
    return [(tier, [one for one in flags.questions if one.tier == key]) for key, tier in flags.tiers.items()]


def _substance(name: str) -> dict[str, Any]:
    found = cards.library().substances[name]
    return {
        "id": name,
        "substance": found,
        "forms": cards.substance_forms(found),
        "upper_levels": cards.upper_levels(found.nutrient),
        "spaced": [one for one in found.interactions if one.kind == "space"],
        "asked": [one for one in found.interactions if one.kind in ("ask", "stop")],
        "noted": [one for one in found.interactions if one.kind == "note"],
    }


def _note(name: str) -> dict[str, Any]:
    claim = cards.library().claims[name]
    sources = [cards.library().sources[one.source] for one in claim.evidence]
    return cards.claim_row(name) | {"citations": [in_words.citation(source) for source in sources]}


def _articles_with(claim: str) -> list[tuple[str, Article]]:
    shelf = cards.library()
    return [
        (name, shelf.articles[name])
        for name, sentences in shelf.sentences.items()
        if any(claim in one.claims for one in sentences)
    ]


def _trial_link(name: str, claim: Claim) -> str:
    """Where this claim is made a trial of one's own; empty where it cannot be."""
    if not claim.trial.possible or claim.trial.substance is None:
        return ""
    try:
        return f"{reverse('trial_new')}?claim={name}"
    except NoReverseMatch:
        return ""


def _for_you(request: HttpRequest, claim: Claim) -> dict[str, Any] | None:
    """What the reader's own diary says of a claim about food or intake; None where the claim is about neither."""
    nutrient = claim.intake.nutrient if claim.intake else claim.composition.nutrient if claim.composition else None
    if nutrient is None or nutrient not in NUTRIENTS:
        return None
    values: dict[str, Any] = {"nutrient": nutrient, "name": inside(nutrient), "days": FOR_YOU_DAYS}
    member = request.user
    if not isinstance(member, Member):
        return values
    found = latest_assessment(member, FOR_YOU_DAYS).of(nutrient)
    if found is None or found.usual is None:
        return values | {"signed_in": True}
    return values | {"signed_in": True, "found": found, "usual": amount_text(found.usual, NUTRIENTS[nutrient].unit)}


def _linked_data(request: HttpRequest, name: str, article: Article, text: Text) -> SafeString:
    """The article as schema.org's MedicalWebPage; what could close the script's element is escaped."""
    shelf = cards.library()
    sources = dict.fromkeys(one.source for claim in text.claims for one in shelf.claims[claim].evidence)
    values: dict[str, Any] = {
        "@context": SCHEMA,
        "@type": "MedicalWebPage",
        "url": request.build_absolute_uri(reverse("article", args=[article.hub, name])),
        "headline": article.title,
        "description": " ".join(article.summary.split()),
        "inLanguage": "en",
        "datePublished": article.published.isoformat(),
        "dateModified": article.checked.on.isoformat(),
        "lastReviewed": article.checked.on.isoformat(),
        "author": {"@type": "Organization", "name": article.author.name, "description": article.author.biography},
        "audience": {"@type": "PeopleAudience", "name": "adults"},
        "citation": [_cited(one) for one in sources],
    }
    if article.reviewers:
        values["reviewedBy"] = [{"@type": "Person", "name": one.name} for one in article.reviewers]
    text_of = json.dumps(values, ensure_ascii=False).replace("<", "\\u003c").replace("&", "\\u0026")
    return mark_safe(text_of)  # noqa: S308 - JSON with < and & escaped


def _links(source: Source) -> list[tuple[str, str, str]]:
    """Where a source is found: a name, what is read, the address. Nothing is asked of it before a click."""
    found = []
    if source.DOI:
        found.append(("DOI", source.DOI, f"https://doi.org/{source.DOI}"))
    if source.PMID:
        found.append(("PubMed", source.PMID, f"https://pubmed.ncbi.nlm.nih.gov/{source.PMID}/"))
    if source.URL:
        found.append(("", source.URL, source.URL))
    return found


def _cited(name: str) -> dict[str, str]:
    source = cards.library().sources[name]
    found = {"@type": "CreativeWork", "name": source.title}
    if source.DOI:
        found["sameAs"] = f"https://doi.org/{source.DOI}"
    elif source.URL:
        found["url"] = source.URL
    return found
