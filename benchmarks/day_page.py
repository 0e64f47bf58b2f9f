"""How long the pages take for a person with five years of diary: the real server, real HTTP, one visitor signed in.

Promises: the day page within 60 ms, 95 times in 100. Usage: python benchmarks/day_page.py [--json]
"""

import json
import os
import platform
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from http.client import HTTPConnection, HTTPException, HTTPResponse
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

YEARS = 5
ENTRIES_A_DAY = 12
FOODS = 220
EMAIL, PASSWORD = "five.years@example.org", "a long enough password"
DAY_PAGE_P95_MS = 60.0
WARM_UP = 5
LINES = (
    "2 eggs, slice of rye toast, 30 g almonds, black coffee",
    "bowl of oatmeal with milk and a banana",
    "chicken breast 150 g, cup of rice, broccoli",
    "1 apple, 2 tbsp peanut butter",
    "salmon 120 g, potatoes, spinach, glass of red wine",
    "coffee with milk, croissant",
    "lentil soup, bread, butter",
    "350 kcal lunch",
    "yogurt, blueberries, honey, walnuts",
    "spaghetti with tomato sauce, parmesan, salad with olive oil",
)


def diary(entries_wanted: int) -> int:
    """Write one member with five years of diary into the database of this process; how many entries."""
    import django

    django.setup()
    import numpy as np
    from django.core.management import call_command

    from provender.diary.entries import Entry, Kind, Meal, eaten_mass_g, energy_of, snapshot_of
    from provender.store.catalogue_in_use import catalogue
    from provender.store.models import Budget, DayMark, DiaryEntry, Member
    from provender.store.rows import row_from_entry

    call_command("migrate", verbosity=0)
    rng = np.random.default_rng(20_261_122)
    member = Member.objects.create_user(EMAIL, PASSWORD, zone="UTC", system="us")
    here = catalogue()
    known = [f for f in map(here.food_at, range(0, len(here), 17)) if f.portions and "ENERC_KCAL" in f.composition]
    foods = [(f, snapshot_of(f, here.digest)) for f in known[:FOODS]]
    days = entries_wanted // ENTRIES_A_DAY
    last = datetime.now(UTC).date()
    rows, meals = [], list(Meal)

    def entry(day: date, position: int, kind: Kind, name: str, **rest: object) -> None:
        at = datetime(day.year, day.month, day.day, 8 + position % 12, tzinfo=UTC)
        made = Entry(key=uuid4(), day=day, zone="UTC", at=at, kind=kind, name=name, position=position, **rest)
        rows.append(row_from_entry(made, member.pk))

    for back in range(days):
        day = last - timedelta(days=back)
        for position in range(1, ENTRIES_A_DAY - 1):
            food, snapshot = foods[int(len(foods) * rng.beta(0.6, 2.4))]  # some are eaten much more often
            unit, amount = food.portions[0].label, Decimal(int(rng.integers(1, 3)))
            mass = eaten_mass_g(snapshot, amount, unit)
            kcal = energy_of(snapshot, amount, mass)
            rest = {"meal": meals[position % 4], "amount": amount, "unit": unit, "mass_g": mass}
            entry(day, position, Kind.FOOD, food.name, **rest, energy_kcal=kcal, snapshot=snapshot)
        kg = Decimal(str(round(78 - back / 600 + rng.normal(0, 0.4), 1)))
        entry(day, ENTRIES_A_DAY - 1, Kind.WEIGHT, "Weight", amount=kg, unit="kg", mass_g=kg * 1000)
        entry(day, ENTRIES_A_DAY, Kind.WATER, "Water", amount=Decimal(500), unit="ml")
    DiaryEntry.objects.bulk_create(rows, batch_size=500)
    DayMark.objects.bulk_create(
        DayMark(member=member, day=last - timedelta(days=b), complete=True) for b in range(1, days)
    )
    Budget.objects.create(member=member, from_day=last - timedelta(days=days), daily_kcal=2100)
    return len(rows)


class Visitor:
    """One browser that keeps its connection and its cookies."""

    def __init__(self, port: int) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies: dict[str, str] = {}

    def ask(self, method: str, address: str, fields: dict[str, str] | None = None, *, part: bool = False) -> bytes:
        """The body of an answer that went well.

        Raises:
            SystemExit: It did not.
        """
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if part:
            headers["HX-Request"] = "true"
        body = None
        if fields is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": self.cookies["csrftoken"]}
            body = urlencode(fields)
        self.connection.request(method, address, body, headers)
        answer = self.connection.getresponse()
        text = answer.read()
        self._keep_cookies(answer)
        if answer.status not in (200, 302):
            sys.exit(f"{method} {address} answered {answer.status}: {text[:400]!r}")
        return text

    def _keep_cookies(self, answer: HTTPResponse) -> None:
        for line in answer.headers.get_all("Set-Cookie") or ():
            found = re.match(r"([^=]+)=([^;]*)", line)
            if found:
                self.cookies[found[1]] = found[2]

    def sign_in(self) -> None:
        """Sign in as the person with five years of diary."""
        self.ask("GET", "/account/login/")
        self.ask("POST", "/account/login/", {"login": EMAIL, "password": PASSWORD})
        if "sessionid" not in self.cookies:
            sys.exit("signing in did not work")


def milliseconds(action: Callable[[int], object], times: int) -> list[float]:
    """How long an action took each time, after a few that do not count."""
    for i in range(WARM_UP):
        action(i)
    found = []
    for i in range(times):
        begun = time.perf_counter()
        action(WARM_UP + i)
        found.append((time.perf_counter() - begun) * 1000)
    return sorted(found)


def share(found: list[float], part: float) -> float:
    """The smallest measured time that ``part`` of all stay within."""
    return found[min(len(found) - 1, int(part * len(found)))]


def measured(port: int) -> dict[str, list[float]]:
    """Every page's times in ms, sorted."""
    one = Visitor(port)
    one.sign_in()
    today = datetime.now(UTC).date()

    def log(i: int) -> bytes:
        day = today - timedelta(days=1 + i % 300)
        sent = {"food_id": "usda-sr24:12063", "amount": "30", "unit": "g", "meal": "snacks", "key": str(uuid4())}
        return one.ask("POST", f"/day/{day}/food", sent, part=True)

    typed = "slice of rye toast"
    return {
        "day page (today)": milliseconds(lambda _: one.ask("GET", "/"), 200),
        "day page (any day)": milliseconds(lambda i: one.ask("GET", f"/day/{today - timedelta(days=i * 7)}"), 200),
        "quick log: proposals": milliseconds(
            lambda i: one.ask("POST", "/day/today/proposals", {"words": LINES[i % len(LINES)]}, part=True), 100
        ),
        "keep one entry": milliseconds(log, 100),
        "search as you type": milliseconds(
            lambda i: one.ask("GET", "/foods/find?" + urlencode({"q": typed[: 1 + i % len(typed)]}), part=True), 100
        ),
        "nutrients, 30 days": milliseconds(lambda _: one.ask("GET", "/nutrients?days=30"), 50),
        "trends, 90 days": milliseconds(lambda _: one.ask("GET", "/trends?days=90"), 50),
    }


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def serving(port: int, environment: dict[str, str]) -> "tuple[subprocess.Popen[bytes], float]":
    """A server that answers, and the seconds it took to."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "provender", "serve", "--port", str(port)],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while process.poll() is None and time.perf_counter() - begun < 60:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request("GET", "/")
            connection.getresponse().read()
            return process, time.perf_counter() - begun
        except (OSError, HTTPException):
            time.sleep(0.02)
    process.kill()
    sys.exit("the server did not start")


def machine() -> str:
    """The machine in a few words."""
    model = "processor unknown"
    if Path("/proc/cpuinfo").exists():
        named = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
        model = named[1] if named else model
    return f"{model}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


def main() -> int:
    """Fill, serve, measure, print; 1 when the promise is broken."""
    with tempfile.TemporaryDirectory(prefix="provender-bench-") as folder:
        for name in [n for n in os.environ if n.startswith(("PROVENDER_", "DJANGO_"))]:
            del os.environ[name]
        os.environ |= {"PROVENDER_DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "provender.settings"}
        entries = diary(int(YEARS * 365.25) * ENTRIES_A_DAY)
        size = (Path(folder) / "provender.sqlite3").stat().st_size
        port = free_port()
        process, seconds = serving(port, dict(os.environ))
        try:
            found = measured(port)
        finally:
            process.terminate()
            process.wait(20)
    rows = {name: {"p50_ms": share(t, 0.5), "p95_ms": share(t, 0.95), "times": len(t)} for name, t in found.items()}
    kept = max(rows[name]["p95_ms"] for name in rows if name.startswith("day page")) < DAY_PAGE_P95_MS
    values = {"entries": entries, "bytes": size, "start_s": seconds, "pages": rows, "promise_kept": kept}
    if "--json" in sys.argv:
        print(json.dumps(values, indent=1))
        return 0 if kept else 1
    print(f"{machine()}\n{entries:,} entries, {size / 1e6:,.0f} MB; first page {seconds:.2f} s after the start\n")
    print(f"{'over HTTP':<24}{'p50 ms':>9}{'p95 ms':>9}{'times':>7}")
    for name, row in rows.items():
        print(f"{name:<24}{row['p50_ms']:>9.1f}{row['p95_ms']:>9.1f}{row['times']:>7}")
    print(f"\nday page p95 under {DAY_PAGE_P95_MS:.0f} ms: {'yes' if kept else 'NO'}")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
