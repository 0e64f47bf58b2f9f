"""The Atom feed of claims, the last checked first: who subscribes sees a verdict change."""

from datetime import UTC, datetime, time

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from provender.library.in_words import VERDICTS
from provender.web.library_cards import library

ENTRIES = 100


@require_safe
def library_feed(request: HttpRequest) -> HttpResponse:
    """Claims with their verdicts, newest check first; an entry's id changes with its verdict."""
    feed = Atom1Feed(
        title="Provender: claims and their verdicts",
        link=request.build_absolute_uri(reverse("library")),
        description="Claims about health as they were last checked.",
        feed_url=request.build_absolute_uri(reverse("library_feed")),
        language="en",
    )
    claims = sorted(library().claims.items(), key=lambda pair: (-pair[1].checked.on.toordinal(), pair[0]))
    for name, claim in claims[:ENTRIES]:
        link = request.build_absolute_uri(reverse("claim", args=[name]))
        feed.add_item(
            title=f"{claim.seen_as}: {VERDICTS[claim.verdict]}",
            link=link,
            description=claim.because,
            unique_id=f"{link}#{claim.verdict}-{claim.checked.on}",
            updateddate=datetime.combine(claim.checked.on, time(), UTC),
            author_name=claim.checked.by,
        )
    response = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    feed.write(response, "utf-8")
    return response
