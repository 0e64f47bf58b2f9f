"""A simulated person's sixty days, brought as a CSV file, become answers on every page; and the file's truth is known."""

import csv
import io
import re
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from playwright.sync_api import expect
from test_a_day import sign_up

from provender.energy.body import baseline
from provender.energy.dynamics import simulate

pytestmark = [pytest.mark.journey, pytest.mark.django_db]
DAYS, LOGGED_SHARE = 60, 0.85
BORN, HEIGHT_M, WEIGHT_KG = date(1985, 5, 31), 1.68, 78.0
USUAL = {"MG": 190.0, "CA": 1350.0, "FE": 9.0, "VITC": 24.0, "NA": 3400.0, "PROCNT": 82.0, "FIBTG": 14.0, "VITD": 3.1}
"""What she logs a day, median: magnesium and vitamin C far under the EAR (265 and 60 mg), calcium far above (800 mg)."""


def sixty_days(last):
    """The file, and what truly keeps her weight in logged kcal at its end."""
    rng = np.random.default_rng(20261123)
    days = [last - timedelta(days=DAYS - i) for i in range(DAYS)]
    body = baseline("female", 41.0, HEIGHT_M, WEIGHT_KG)
    kept = float(np.asarray(body.expenditure_kcal).ravel()[0])
    eaten = kept - 350 + rng.normal(0, 260, DAYS)
    truth = simulate(body, eaten)
    water = np.convolve(rng.normal(0, 0.45, DAYS + 4), np.ones(5) / 5, "valid")
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(["day", "weight_kg", "energy_kcal", *USUAL, "complete"])
    for i, day in enumerate(days):
        weighed = truth.weight_kg[0, i] + water[i] + rng.normal(0, 0.2)
        logged, partly = eaten[i] * LOGGED_SHARE, rng.random() < 0.1
        factor = (logged / (kept * LOGGED_SHARE)) * np.exp(rng.normal(0, 0.3, len(USUAL))) * (0.5 if partly else 1)
        table.writerow(
            [
                day,
                f"{weighed:.1f}" if rng.random() < 0.8 else "",
                f"{logged * (0.5 if partly else 1):.0f}",
                *(f"{usual * f:.3g}" for usual, f in zip(USUAL.values(), factor, strict=True)),
                "no" if partly else "yes",
            ]
        )
    spent = float(truth.expenditure_kcal[0, -7:].mean())
    return out.getvalue().encode(), spent * LOGGED_SHARE, spent


def kcal(words):
    return [int(number.replace(",", "")) for number in re.findall(r"\d{1,2},\d{3}|\d{3,4}", words)]


def test_sixty_days_from_a_file_are_answered_on_every_page(page):
    sign_up(page)
    file, keeps_logged_kcal, spends_kcal = sixty_days(datetime.now(UTC).date())
    page.goto("/me")
    page.select_option("[name=sex]", "female")
    page.fill("[name=birth_date]", BORN.isoformat())
    page.fill("[name=height]", "168 cm")
    page.select_option("[name=activity]", "low_active")
    page.click("main form button.main")
    page.get_by_role("link", name="Bring a diary").click()
    page.set_input_files("[name=file]", {"name": "diary.csv", "mimeType": "text/csv", "buffer": file})
    page.get_by_role("button", name="Only check it").click()
    expect(page.locator("h2#found-title")).to_have_text("This would come")
    page.set_input_files("[name=file]", {"name": "diary.csv", "mimeType": "text/csv", "buffer": file})
    page.get_by_role("button", name="Bring it").click()
    expect(page.locator("section[aria-labelledby=found-title]")).to_contain_text("on 60 days")

    page.get_by_role("link", name="See its nutrients").click()
    expect(page.locator("#n-MG .chip.bad")).to_contain_text("too low")
    expect(page.locator("#n-VITC .chip.bad")).to_contain_text("too low")
    expect(page.locator("#n-CA")).not_to_contain_text("too low")
    page.locator("#n-MG").get_by_role("link", name="Close the gap").click()
    expect(page.locator("#gap-MG form.eat").first).to_be_visible()

    page.goto("/trends?days=90")
    spending = page.locator("section[aria-labelledby=spending-title]")
    expect(spending).to_contain_text("as you log them")
    said = spending.inner_text()
    middle, *_ = kcal(said)
    low, high = kcal(said[said.index("nine chances in ten it is") :])[:2]
    assert low <= keeps_logged_kcal <= high
    assert low <= middle <= high
    true_low, true_high = kcal(said[said.index("In truth") :])[1:3]
    assert true_low <= spends_kcal <= true_high

    page.goto("/me")
    page.select_option("[name=goal_kg_per_week]", label="lose 0.5 lb a week")
    page.click("main form button.main")
    page.goto("/plan")
    expect(page.locator("figure.chart svg").first).to_be_visible()

    page.goto("/import")
    page.set_input_files("[name=file]", {"name": "diary.csv", "mimeType": "text/csv", "buffer": file})
    page.get_by_role("button", name="Bring it").click()
    expect(page.locator("section[aria-labelledby=found-title]")).to_contain_text("Nothing new")


def test_a_file_that_cannot_be_read_says_what_to_do_and_one_press_takes_an_import_back(page):
    sign_up(page)
    page.goto("/import")
    page.set_input_files("[name=file]", {"name": "x.csv", "mimeType": "text/csv", "buffer": b"Date,MG\n2026-01-01,3\n"})
    page.get_by_role("button", name="Bring it").click()
    expect(page.locator("[role=alert]")).to_contain_text("found no column day")
    good = b"day,weight_kg\n2026-01-01,70\n2026-01-02,7O\n"
    page.set_input_files("[name=file]", {"name": "x.csv", "mimeType": "text/csv", "buffer": good})
    page.get_by_role("button", name="Bring it").click()
    expect(page.locator("main")).to_contain_text("line 3, column weight_kg: found “7O”")
    page.get_by_role("button", name="Take it back").click()
    expect(page.locator("[role=status]")).to_contain_text("Undone")
