"""A trial in a browser: from the magnesium article through the safety questions to the first check-in, and its end."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.journey


def answered(page, **given):
    """Every safety question answered no, but for those given."""
    for name, value in given.items():
        page.check(f'input[name="{name}"][value="{value}"]')
    for one in page.locator("fieldset.three").all():
        if one.locator("input:checked").count() == 0:
            calm = one.locator('input[value="no"]')
            (calm if calm.count() else one.locator('input[value="normal"]')).check()
    page.fill("[name=medicines]", "none")
    page.click("text=See what they come to")


def proposed(page):
    page.goto("/")
    page.click("text=Try the demo")
    page.goto("/library/claims/magnesium-back-pain/")
    page.click("text=Add to a trial")
    page.fill("[name=treatment]", "200 mg magnesium at noon")
    page.fill("[name=amount]", "200")
    page.fill("[name=pairs]", "4")
    page.fill("[name=period_days]", "7")
    page.click("text=On to the safety questions")


def test_the_demo_answers_a_trial_and_gives_its_report(page):
    page.goto("/")
    page.click("text=Try the demo")
    page.goto("/trials/")
    page.click("text=A walk after dinner and sleep")
    page.click("text=Read the answer")
    expect(page.locator("h1")).to_have_text("It helped.")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    with page.expect_download() as found:
        page.click("text=Report for my clinician")
    assert found.value.suggested_filename.endswith(".pdf")


def test_an_emergency_locks_the_plan(page):
    proposed(page)
    answered(page, **{"saddle-numbness": "yes"})
    expect(page.locator("[role=alert]")).to_contain_text("emergency number")
    expect(page.locator("text=On to the plan")).to_have_count(0)


def test_one_press_on_today_is_the_check_in(page):
    page.goto("/")
    page.click("text=Try the demo")
    card = page.locator(".trial-today")
    expect(card).to_contain_text("Today:")
    card.locator(".scale button", has_text="4").click()
    expect(page.locator(".banner.ok")).to_contain_text("Kept for")
    expect(page.locator(".trial-today .scale button[aria-pressed=true]")).to_have_text("4")


def test_a_plan_is_screened_and_begun(page):
    page.goto("/")
    page.click("text=Try the demo")
    page.goto("/trials/new")
    page.fill("[name=treatment]", "a glass of milk at night")
    page.fill("[name=comparison]", "no milk at night")
    page.select_option("[name=kind]", "food")
    page.select_option("[name=substance]", "")
    page.fill("[name=amount]", "")
    page.select_option("[name=outcome]", "sleep")
    page.fill("[name=pairs]", "4")
    page.fill("[name=period_days]", "7")
    page.click("text=On to the safety questions")
    for one in page.locator("fieldset.three").all():
        one.locator('input[value="no"]').check()
    page.click("text=See what they come to")
    expect(page.locator("h1")).to_have_text("a glass of milk at night")
    page.check("[name=consent]")
    page.click("text=Begin on")
    expect(page.locator(".instruction")).to_contain_text("Today:")
    page.click("text=Stop the trial")
    expect(page.locator("h1")).to_have_text("Your data cannot tell.")
