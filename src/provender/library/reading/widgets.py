"""Lines that are furniture of a page and no part of its article, each with the reason why."""

import re
from typing import Final

LONGEST: Final = 220
"""Longer lines are sentences of someone, whatever words they hold."""


def _whole(*shapes: str) -> re.Pattern[str]:
    return re.compile(rf"^(?:{'|'.join(shapes)})$", re.IGNORECASE)


_WHOLE: Final = (
    (
        "navigation",
        _whole(
            r"(?:skip|jump|back|go|return) to (?:the )?(?:main )?(?:content|recipe|top|comments?"
            r"|navigation|home|page|article).*",
            r"(?:main )?menu|home|search(?: this (?:blog|site))?|site ?map|breadcrumbs?|close|top|next|previous",
            r"(?:home|faq|about(?: us)?|search)\b\s*[|>/»·]\s*(?:[\w &]{2,25}(?:\s*[|>/»·]\s*|$)){1,8}",
            r"(?:home|faq|about(?: us)?|news|contact(?: us)?|shop|blog|recipes|health|search"
            r"|articles)(?: (?:home|faq|about(?: us)?|news|contact(?: us)?|shop|blog|recipes|health"
            r"|search|articles))+",
            r"(?:previous|next|older|newer) (?:post|article|page|story)s?\b.*",
            r"(?:filed under|tags?|tagged|topics?|categor(?:y|ies)|posted in|labels)\s*:.*",
            r"jump to:? .*|select a .{3,20}|table of contents|on this page|in this article|click here.*",
            r"faq\b.{0,40}",
        ),
    ),
    (
        "account",
        _whole(
            r"(?:sign|log) ?(?:in|up|out)\b.{0,40}|register|create an account|my account|(?:premium "
            r"|gold |silver )?member badge",
            r"(?:gold|silver|bronze|premium|senior|junior|new|active) (?:member|user|poster)(?: badge)?",
            r"you['’]re all caught up!?|notifications?|you have \d+ .{0,20}(?:articles?|messages?).*",
            r"already a (?:member|subscriber)\b.*",
        ),
    ),
    (
        "sharing",
        _whole(
            r"(?:share|tweet|pin|e-?mail|print|save|whatsapp|like|follow)(?: (?:this|it|us|me|on|with"
            r"|via|the|for|to|recipe|page|article|post|friends?|later|story|facebook|instagram"
            r"|twitter|pinterest|\W)+)*!?",
            r"(?:share|save|pin|tweet|e-?mail|print|like|comment)(?:\s*[|,/·]?\s*(?:share|save|pin"
            r"|tweet|e-?mail|print|like|comment)(?: this)?)+",
            r"(?:facebook|twitter|x|whatsapp|pinterest|linkedin|reddit|instagram|youtube|email)(?:[\s"
            r"|,/·]+(?:facebook|twitter|x|whatsapp|pinterest|linkedin|reddit|instagram|youtube"
            r"|email))*",
            r"(?:follow|find|tag|join|like) us (?:on|at)\b.*|forward (?:this )?to a friend.*"
            r"|print (?:this )?(?:recipe|page|article)",
            r"did you make this.*|tag us on .*",
        ),
    ),
    (
        "subscription",
        _whole(
            r".{0,60}\bunsubscribe\b.{0,60}|(?:subscribe|sign up|join)\b.{0,90}"
            r"|manage (?:your )?(?:preferences|subscription).*",
            r"(?:view|read|open|see|trouble viewing|having trouble)\b.{0,30}\b(?:browser|online"
            r"|e-?mail|newsletter)\b.{0,40}",
            r"(?:you are receiving|you received|you['’]re receiving|this (?:e-?mail|message) was sent)\b.*",
            r"(?:get|receive) (?:our|my|the|free)\b.{0,80}(?:newsletter|e-?mail|inbox|briefing"
            r"|updates?).*|issue (?:no\.? ?)?#?\d+.{0,20}",
        ),
    ),
    (
        "advertisement",
        _whole(
            r"(?:advertise?ment|sponsored|promoted|ad|ads)(?: (?:by|content|feature|from)\b.{0,60})?"
            r"|continue reading below",
            r"(?:get|save|take|enjoy) (?:up to )?(?:\d+ ?%|£\d+|\$\d+).{0,60}|shop (?:our|now"
            r"|the)\b.{0,60}|use code .{2,30}",
            r".{0,80}\b(?:affiliate links?|affiliate commission|earn from qualifying purchases)\b.{0,60}",
            r"lose weight[.!] feel great.*|change your life with .*|take our quiz.*"
            r"|powered by .{2,40}|download (?:our|the) app.*",
        ),
    ),
    (
        "related pages",
        _whole(
            r"(?:related|read (?:more|next|also)|see also|more (?:from|on|like|recipes|stories"
            r"|articles)|you (?:may|might) also (?:like|enjoy)"
            r"|also (?:on|in)|recommended(?: for you)?|most (?:read|popular)|popular (?:now|posts)"
            r"|trending|editor['’]s picks?"
            r"|don['’]t miss|up next|further reading|next (?:up|article))(?:\b.{0,90})?",
            r"(?:customers|people|others) (?:who )?(?:also )?(?:bought|viewed|like).{0,60}|frequently bought together",
        ),
    ),
    (
        "comments",
        _whole(
            r"(?:\d[\d,]* )?(?:comments?|replies|responses)(?: \(\d[\d,]*\))?(?: off)?|(?:leave|post"
            r"|add|write) a (?:comment|reply|review)",
            r"(?:reply|quote|report|like|edit|permalink)(?: post)?(?:\s*[|·(\d)]+\s*(?:reply|quote"
            r"|report|like|edit|permalink)?)*",
            r"\d+ likes?|be the first to comment.*|was this (?:page|review|article"
            r"|answer)?\s*helpful.*|view (?:all )?comments.*",
        ),
    ),
    (
        "forum",
        _whole(
            r"(?:joined|posts?|location|reputation|threads?|registered|member since)\s*:\s*.{1,40}"
            r"|#\d+|[\w.-]{3,30} (?:wrote|said|writes)\s*:",
            r"last edited (?:by|on|at)\b.*|display posts from\b.*|quote:|originally posted by .*"
            r"|page \d+ of \d+|(?:top|op|author)",
        ),
    ),
    (
        "shop",
        _whole(
            r"add to (?:cart|bag|basket|wish ?list|list)|buy (?:it )?now|(?:cart|bag"
            r"|basket)(?: \(\d+\))?|checkout|secure checkout|in stock.{0,40}",
            r"(?:was |now |rrp |only "
            r"|from )?[$£€]\s?\d[\d,.]*(?:\s*/.{1,20})?(?: now [$£€]\s?\d[\d,.]*)?(?: save .{1,12})?"
            r"|qty:? ?\d*|quantity:? ?\d*",
            r"free (?:shipping|delivery|returns)\b.{0,40}|(?:delivery|shipping) (?:&|and) returns.*"
            r"|\d+[- ]day returns.*|sku:? .{2,20}|out of stock.*",
        ),
    ),
    (
        "rating",
        _whole(
            r"[★☆⭐]+.{0,40}|(?:rated |rating:? ?)?\d(?:\.\d+)?(?: ?(?:/"
            r"|out of) ?5)?(?: stars?)? ?(?:\(?(?:from )?[\d,]+ (?:votes?|ratings?"
            r"|reviews?)\)?).{0,20}",
            r"rate this\b.*|(?:[\d,]+ )?(?:ratings?|reviews?|votes?)(?: \(\d+\))?",
        ),
    ),
    (
        "player",
        _whole(
            r"video of the day|watch(?: now| the video| more)?.{0,40}|play video|now playing"
            r"|listen(?: now| to this).{0,40}"
        ),
    ),
    (
        "form",
        _whole(
            r"(?:gain|lose|maintain)\b.{0,25}\b(?:pounds?|lbs?|kg|kilos?|current weight)(?: (?:per"
            r"|a) week)?|(?:fe)?male",
            r"ft\.?,? in\.?|height:?|weight:?|age:?|submit|calculate|enter your .{2,30}"
            r"|(?:\w+ )?calorie tracker|yes no",
        ),
    ),
    (
        "notice of the publisher",
        _whole(
            r"(?:©|\(c\)|copyright).{0,100}|.{0,40}all rights reserved.{0,20}"
            r"|.{0,60}\b(?:terms of (?:use|service)|privacy policy)\b.{0,60}",
            r".{0,60}\bcookies?\b.{0,60}(?:accept|experience|settings|consent).{0,30}"
            r"|cookie (?:settings|policy|notice|preferences)",
            r"demand media.{0,20}|verified purchase\.?",
        ),
    ),
    (
        "press furniture",
        _whole(
            r"(?:for immediate )?(?:press )?release|for immediate release.{0,40}|-* ?ends? ?-*|#{2,}"
            r"|embargoed?\b.{0,80}",
            r"(?:media |press |for (?:more|further) information,? )?(?:contacts?|enquiries|inquiries)\b\s*:.*",
        ),
    ),
    (
        "page furniture",
        _whole(
            r"(?:page )?\d{1,4}(?: (?:of|/) \d{1,4})?|.{0,70}\bpage \d+ of \d+|\d+ min(?:ute)?s? read"
            r"|reading time:? .*",
            r"received \d.{5,60}accepted .{5,40}|.{3,50}\b(?:19|20)\d\d\s*[;,]\s*\d+\s*\(\d+\)\s*:\s*\d+.{0,10}",
            r"(?:prep(?:aration)?|cook(?:ing)?|total)(?: time)?:? \d.{0,80}|leaflet \S{2,12}|(?:ref"
            r"|version|doc)\b\.?:? \S{1,12}",
        ),
    ),
)
_PROMOTION: Final = re.compile(r"\b(?:[A-Z]{4,}\.(?:COM|NET|ORG)|www\.\S+\.com)\b")
_SHOUTED: Final = re.compile(r"^(?:[^.!?]{3,60}[!.]\s*)+", re.IGNORECASE)


def reason_to_remove(text: str) -> str | None:
    """Why a line is no part of an article; None where it may be one.

    Args:
        text: One line, its spaces single.
    """
    if len(text) > LONGEST:
        return None
    if not any(c.isalnum() for c in text):
        return "stars, rules or dashes only"
    for reason, shape in _WHOLE:
        if shape.match(text):
            return reason
    if len(text) <= 120 and _PROMOTION.search(text) and _SHOUTED.match(text) and "!" in text:
        return "advertisement"
    return None
