"""The library's pages and those of trials: how long the server takes for each, warm.

Promises, 95 times in 100: an article within 40 ms, the page of a running trial with two years of daily outcomes within
80 ms; the answer to a trial of 56 days, computed afresh, within 150 ms.

Usage: python benchmarks/library_pages.py [--json] [--times N]
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

os.environ["PROVENDER_DATA_DIR"] = tempfile.mkdtemp()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "provender.settings")
AIMS = {"article": 40.0, "claim": 40.0, "hub": 40.0, "search": 40.0, "trial": 80.0, "today": 80.0, "answer": 150.0}


def timed(times, act):
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        taken.append((time.perf_counter() - began) * 1e3)
    taken.sort()
    return {"p50_ms": statistics.median(taken), "p95_ms": taken[int(0.95 * (len(taken) - 1))]}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--times", type=int, default=60)
    given = parser.parse_args()
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client

    from provender.diary.instruments import unit_of
    from provender.store import trial_answers
    from provender.store.days import now, today
    from provender.store.models import DiaryEntry, Member, Trial
    from provender.trials.answer import answer
    from provender.trials.trial_file import read_trial

    call_command("migrate", verbosity=0)
    client = Client(SERVER_NAME="127.0.0.1")
    client.post("/demo")
    member = Member.objects.get()
    on = today("UTC")
    DiaryEntry.objects.bulk_create(
        DiaryEntry(
            member=member,
            day=on - timedelta(days=n),
            zone="UTC",
            at=now() - timedelta(days=n),
            kind="observation",
            name="Pain",
            amount=Decimal(n % 7),
            unit=unit_of("pain"),
        )
        for n in range(90, 730)
    )
    running = Trial.objects.get(status="running").key
    finished = Trial.objects.get(status="finished").key
    content = trial_answers.file_bytes(member, finished)
    pages = {
        "article": "/library/back-pain/magnesium-for-back-pain/",
        "claim": "/library/claims/magnesium-cramps-pooled/",
        "hub": "/library/back-pain/",
        "search": "/library/?q=magnesium cramps",
        "trial": f"/trials/{running}/",
        "today": "/trials/today",
    }
    told = {}
    for name, path in pages.items():
        assert client.get(path).status_code == 200, path
        told[name] = timed(given.times, lambda path=path: client.get(path))
    told["answer"] = timed(12, lambda: answer(read_trial(content, today=on)))
    kept = all(told[name]["p95_ms"] <= AIMS[name] for name in told)
    if given.json:
        print(json.dumps(told))
    else:
        for name, row in told.items():
            print(f"{name:8} p50 {row['p50_ms']:6.1f} ms  p95 {row['p95_ms']:6.1f} ms  (aim {AIMS[name]:.0f} ms)")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))
    sys.exit(main())
