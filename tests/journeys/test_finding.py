"""Finding a food in the browser, with slips of the finger, in three actions: type, choose, log."""

import re
from itertools import count

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.journey, pytest.mark.django_db]
numbers = count(1)


def sign_up(page):
    page.goto("/account/signup/")
    page.fill("[name=email]", f"finder{next(numbers)}@example.org")
    page.fill("[name=password1]", "four words and a bird")
    page.click("main button.main")
    expect(page.locator("#words")).to_be_visible()


@pytest.mark.parametrize(
    ("typed", "found"),
    [("brocolli", "Broccoli,"), ("chiken brest", "Chicken, broilers or fryers, breast"), ("yogrt plain", "Yogurt, plain"),
     ("aubergin", "Eggplant"), ("porrige", "Cereals, oats")],
)  # fmt: skip
def test_a_misspelt_food_is_typed_chosen_and_logged_in_three_actions(page, typed, found):
    sign_up(page)
    page.locator("#words").press_sequentially(typed, delay=30)
    first = page.locator("#found [role=option]").first
    expect(first).to_contain_text(found)

    page.wait_for_load_state("networkidle")
    first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(found)
    page.click("#eat button.main")
    expect(page.locator(".entry a.name").first).to_contain_text(found)


def test_a_misspelt_food_is_found_opened_and_logged_from_the_foods_page(page):
    sign_up(page)
    page.goto("/foods")
    page.locator("[name=q]").press_sequentially("halibit", delay=30)
    expect(page.locator("#found")).to_contain_text("“halibit” read as “halibut”")
    page.locator("#found [role=option] a").first.click()
    expect(page).to_have_url(re.compile(r"/foods/usda-sr24"))
    page.click("#eat button.main")
    expect(page.locator(".entry a.name").first).to_contain_text("halibut")
