"""The cast and its constants: Alice owns, Bob is shared with, Charlie may see nothing."""

from datetime import date

DAY = date(2026, 3, 10)
EGG = "usda-sr24:01123"
ALMONDS = "usda-sr24:12063"
SPINACH = "usda-sr24:11457"
PASSWORD = "a long enough password"


def new_member(email, **fields):
    from provender.store.models import Member

    return Member.objects.create_user(email, PASSWORD, **{"zone": "Europe/Berlin", **fields})
