"""The library in a browser: evidence opens by keyboard and closes back to its sentence; a pasted article is answered."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.journey
ARTICLE = (
    "Magnesium for a Bad Back\n\nBy Pat Example\n\nMagnesium supplements help back pain. Halibut is rich in magnesium."
    " Most Americans do not get enough magnesium.\n\nConsult your doctor before using any dietary supplement.\n"
)


def test_a_mark_opens_its_evidence_and_gives_the_focus_back(page):
    page.goto("/library/")
    page.click("text=Back Pain Center")
    page.click("h3 a:has-text('Magnesium for back pain')")
    mark = page.locator(".prose .mark").first
    mark.focus()
    page.keyboard.press("Enter")
    sheet = page.locator("dialog#evidence")
    expect(sheet).to_be_visible()
    expect(sheet.locator("#sheet-title")).to_contain_text("magnesium")
    expect(sheet).to_contain_text("Certainty")
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(mark).to_be_focused()


def test_without_scripts_a_mark_leads_to_the_claims_own_page(browser, server):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server}/library/back-pain/magnesium-for-back-pain/")
    page.locator(".prose .mark").first.click()
    page.wait_for_url("**/library/claims/**")
    expect(page.locator("h1")).to_contain_text("magnesium")
    context.close()


def test_a_pasted_article_is_answered_and_its_evidence_opens(page):
    page.goto("/library/")
    page.click("text=Check an article")
    page.fill("textarea[name=text]", ARTICLE)
    page.click("button.main")
    expect(page.locator(".read-lines")).to_contain_text("outdated")
    expect(page.locator(".in-short")).to_contain_text("partly supported")
    page.locator(".said a", has_text="Halibut").click()
    expect(page.locator("dialog#evidence")).to_contain_text("28 mg")
    page.click("dialog#evidence button")
    expect(page.locator("dialog#evidence")).to_be_hidden()


def test_no_page_of_the_library_is_wider_than_a_phone(page):
    for path in (
        "/library/",
        "/library/back-pain/",
        "/library/back-pain/red-flags/",
        "/library/back-pain/magnesium-in-food/",
        "/library/claims/magnesium-cramps-pooled/",
        "/library/substances/magnesium/",
        "/library/sources/yousef2013/",
        "/library/check/",
    ):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
