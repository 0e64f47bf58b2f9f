import re

import pytest
from playwright.sync_api import expect
from test_a_day import eaten, sign_up

pytestmark = [pytest.mark.journey, pytest.mark.django_db]


def test_an_unclear_amount_is_chosen_and_kept_and_a_typed_barcode_opens_adding_its_food(page):
    sign_up(page)
    page.fill("#words", "2-3 eggs, a handful of almonds, 30 min running")
    page.press("#words", "Enter")
    lines = page.locator("#accept .line")
    expect(lines).to_have_count(3)
    expect(lines.nth(2)).to_contain_text("not a food")
    expect(page.locator("[name=take_0]")).not_to_be_checked()
    page.wait_for_load_state("networkidle")
    expect(page.locator(".htmx-settling, .htmx-swapping")).to_have_count(0)
    page.select_option("[name=pick_0]", label="3 (150 g)")
    expect(page.locator("[name=take_0]")).to_be_checked()
    expect(page.locator("[name=amount_0]")).to_have_value("3")
    expect(lines.nth(0)).not_to_contain_text("please check")
    page.click("#accept button.main")
    expect(page.locator(".entries").first).to_contain_text("Egg, whole")
    assert eaten(page) == 214
    page.fill("#words", "4006381333931")
    page.click("#quick button.main")
    expect(page).to_have_url(re.compile(r"/foods/own\?code=4006381333931"))
