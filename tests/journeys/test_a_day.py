import re
from itertools import count

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.journey, pytest.mark.django_db]
LINE = "2 eggs, slice of rye toast, 30 g almonds, black coffee"
PASSWORD = "four words and a bird"
numbers = count(1)


def sign_up(page):
    page.goto("/account/signup/")
    page.fill("[name=email]", f"person{next(numbers)}@example.org")
    page.fill("[name=password1]", PASSWORD)
    page.click("main button.main")
    expect(page.locator("#words")).to_be_visible()


def quick_log(page, words=LINE, meal="breakfast"):
    page.fill("#words", words)
    page.press("#words", "Enter")
    page.wait_for_selector("#accept")
    page.select_option("#accept select[name=meal]", meal)
    page.click("#accept button.main")
    page.wait_for_selector("#accept", state="detached")


def eaten(page):
    shown = page.locator(".figures div:has(dt:text-is('Eaten')) dd").inner_text().replace(",", "")
    return None if shown == "–" else int(shown)


def test_a_day_is_logged_edited_undone_copied_and_summed(page):
    sign_up(page)
    page.fill("#words", LINE)
    page.press("#words", "Enter")
    page.wait_for_selector("#accept")
    assert page.locator("#accept .line").count() == 4
    page.select_option("#accept select[name=meal]", "breakfast")
    page.click("#accept button.main")
    expect(page.locator(".toast")).to_contain_text("Logged 4 entries")
    expect(page.locator("#words")).to_have_value("")
    breakfast = page.locator("section:has(#meal-breakfast) .entry")
    expect(breakfast).to_have_count(4)
    before = eaten(page)
    assert 300 < before < 500

    breakfast.filter(has_text="lmond").locator("a.name").click()
    page.fill(".edit [name=amount]", "60")
    page.click(".edit button.main")
    expect(page.locator(".toast")).to_contain_text("Changed")
    assert before + 150 < eaten(page) < before + 200

    page.click(".toast [data-undo]")
    expect(page.locator(".toast")).to_contain_text("Undone")
    assert eaten(page) == before

    breakfast.filter(has_text="offee").get_by_role("button").click()
    expect(breakfast).to_have_count(3)
    page.click(".toast [data-undo]")
    expect(breakfast).to_have_count(4)

    page.goto("/nutrients")
    expect(page.locator("tr", has_text="Magnesium")).to_contain_text("mg")
    expect(page.locator("tr", has_text="Magnesium")).to_contain_text("100 %")

    page.goto("/")
    page.click("a[rel=next]")
    page.wait_for_url("**/day/*")
    assert eaten(page) is None
    page.click("#copy-day button")
    expect(page.locator("section:has(#meal-breakfast) .entry")).to_have_count(4)
    assert eaten(page) == before


def test_a_plan_without_an_account_becomes_the_budget_of_a_new_one(page):
    page.goto("/plan")
    page.click("#plan button.main")
    expect(page.locator("#plan .error", has_text="age")).to_be_visible()
    page.check("[name=sex][value=female]")
    page.fill("[name=age]", "42")
    page.fill("[name=feet]", "5")
    page.fill("[name=inches]", "6")
    page.fill("[name=pounds]", "150")
    page.select_option("[name=rate]", "-1")
    page.click("#plan button.main")
    kcal = page.locator("#your-plan .big").inner_text()
    assert 1200 < int(kcal.replace(",", "")) < 2000
    expect(page.locator("#your-plan")).to_contain_text("EER 2023")
    page.check("[name=system][value=metric]")
    expect(page.locator("[name=kilograms]")).to_have_value("68")
    page.check("[name=system][value=us]")
    page.select_option("[name=rate]", "-2")
    page.click("#plan button.main")
    expect(page.locator("#your-plan .guard").first).to_be_visible()
    page.select_option("[name=rate]", "-1")
    page.click("#plan button.main")
    expect(page.locator("#your-plan .big")).to_have_text(kcal)
    page.click("#answer button[name=keep]")
    page.fill("[name=email]", f"person{next(numbers)}@example.org")
    page.fill("[name=password1]", PASSWORD)
    page.click("main button.main")
    expect(page.locator(".figures div:has(dt:text-is('Budget')) dd")).to_have_text(kcal)
    expect(page.locator("section:has(#weight-title)")).to_contain_text("150 lb")


def test_search_as_you_type_leads_to_a_food_with_its_magnesium(page):
    sign_up(page)
    page.type("#words", "halib")
    page.locator(".suggestion a", has_text="Atlantic and Pacific, cooked").click()
    expect(page.locator("h1")).to_contain_text("halibut")
    expect(page.locator("#nutrients tr", has_text="Magnesium")).to_contain_text("28 mg")
    page.select_option("#eat [name=unit]", "g")
    page.fill("#eat [name=amount]", "200")
    expect(page.locator("#nutrients tr", has_text="Magnesium")).to_contain_text("56 mg")
    page.select_option("#eat [name=meal]", "dinner")
    page.click("#eat button.main")
    expect(page.locator("section:has(#meal-dinner) .entry")).to_have_count(1)


def test_the_keyboard_alone_finds_and_chooses_a_food(page):
    sign_up(page)
    page.keyboard.press("/")
    page.keyboard.type("spinach")
    page.wait_for_selector(".suggestion")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/foods/**")
    expect(page.locator("h1")).to_contain_text("pinach")


def test_a_refused_amount_is_said_beside_its_field_and_keeps_what_was_typed(page):
    sign_up(page)
    page.fill("#weight [name=weight]", "7000")
    page.click("#weight button")
    expect(page.locator("#weight .error")).to_contain_text("found")
    expect(page.locator("#weight [name=weight]")).to_have_value("7000")
    page.fill("#weight [name=weight]", "70.5")
    page.click("#weight button")
    expect(page.locator("section:has(#weight-title)")).to_contain_text("70.5 kg")


def test_what_was_typed_survives_a_reload(page):
    sign_up(page)
    page.fill("#words", "half a pomegranate")
    page.reload()
    expect(page.locator("#words")).to_have_value("half a pomegranate")


def test_a_custom_food_and_a_recipe_are_made_and_logged(page):
    sign_up(page)
    page.goto("/foods/own")
    page.fill("[name=name]", "Grandmother's bar")
    page.fill("[name=n_ENERC_KCAL]", "400")
    page.click("form.card button.main")
    expect(page.locator("#nutrients tr", has_text="Magnesium")).to_contain_text("unknown")
    page.goto("/foods/recipe")
    page.fill("[name=name]", "Egg and spinach")
    for words, food in (("egg whole raw", "Egg, whole, raw"), ("spinach raw", "Spinach, raw")):
        page.fill("[data-ingredient-search]", "")
        page.type("[data-ingredient-search]", words)
        page.locator(".suggestion a", has_text=food).first.click()
        expect(page.locator("#ingredients .line", has_text=food)).to_have_count(1)
    page.fill("[name=servings]", "2")
    page.click("#recipe button.main")
    expect(page.locator("h1")).to_contain_text("Egg and spinach")
    page.click("#eat button.main")
    expect(page.locator(".entry", has_text="Egg and spinach")).to_have_count(1)


def test_water_exercise_pain_note_and_completion_are_each_one_small_form(page):
    sign_up(page)
    page.click("#water button >> nth=0")
    expect(page.locator("section:has(#water-title)")).to_contain_text("250 ml")
    page.click("#pain button >> nth=4")
    expect(page.locator("section:has(#pain-title)")).to_contain_text("4 of 10")
    page.fill("#note textarea", "slept badly")
    page.click("#note button")
    expect(page.locator("section:has(#notes-title) .entry")).to_contain_text("slept badly")
    page.fill("#weight [name=weight]", "70")
    page.click("#weight button")
    page.wait_for_selector("section:has(#weight-title) .entry")
    page.click("section:has(#exercise-title) summary")
    page.type("#exercise [name=name]", "walking")
    page.locator("#activities label").first.click()
    page.fill("#exercise [name=minutes]", "60")
    page.click("#exercise button")
    expect(page.locator("section:has(#exercise-title) .entry")).to_have_count(1)
    page.get_by_role("button", name=re.compile("day complete")).click()
    expect(page.locator("section:has(#whole-title) .chip")).to_have_text("complete")


def test_the_demo_shows_the_point_within_a_minute(page):
    page.goto("/")
    page.get_by_role("button", name="Try the demo").first.click()
    expect(page.locator(".banner.simulated")).to_contain_text("Simulated")
    page.goto("/trends?days=90")
    expect(page.locator("figure.chart svg")).to_have_count(4)
    page.goto("/nutrients?days=30")
    expect(page.locator("#n-MG")).to_contain_text("confident")
    page.get_by_role("button", name="Leave").click()
    expect(page.get_by_role("button", name="Try the demo").first).to_be_visible()


def test_sign_out_and_sign_in_again_finds_the_diary(page):
    sign_up(page)
    quick_log(page, "1 banana")
    page.goto("/me")
    email = page.locator("section", has_text="Account").locator("p").first.inner_text()
    page.get_by_role("button", name="Sign out").click()
    page.goto("/account/login/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", PASSWORD)
    page.click("main button.main")
    expect(page.locator("section:has(#meal-breakfast) .entry")).to_have_count(1)


def test_every_page_works_at_360_pixels_without_scrolling_sideways(page):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/")
    page.get_by_role("button", name="Try the demo").first.click()
    for address in (
        "/",
        "/nutrients?days=7",
        "/trends",
        "/foods?q=milk",
        "/foods/own",
        "/foods/recipe",
        "/me",
        "/plan",
    ):
        page.goto(address)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, address
