from itertools import count
from pathlib import Path

import barcode_drawing as drawing
import browser as finding
import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.journey, pytest.mark.django_db]
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
CODE = "4006381333931"
SHOPS = "2012345678903"
PASSWORD = "four words and a bird"
WATCHED = """
window.tracks = [];
const asked = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = async (wanted) => {
  const stream = await asked(wanted);
  window.tracks.push(...stream.getTracks());
  return stream;
};
"""
numbers = count(1)
shared = []
on_a_phone = pytest.mark.parametrize("page", [(390, 844)], indirect=True, ids=["phone"])


@pytest.fixture(scope="module")
def browser(browser, tmp_path_factory):
    """A Chromium whose camera sees a barcode, by the driver that is running already."""
    seen = drawing.film(tmp_path_factory.mktemp("camera") / "shelf.y4m", CODE)
    fake = [
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-video-capture={seen}",
    ]
    chromium = browser.browser_type.launch(executable_path=finding.find(), args=[*QUIET, *fake])
    yield chromium
    chromium.close()


@pytest.fixture
def blind(page):
    """A page whose camera works and whose reader never answers: the dialog stays as it is."""
    page.add_init_script("window.Worker = class { postMessage() {} terminate() {} }")
    return page


def sign_up(page):
    page.goto("/account/signup/")
    page.fill("[name=email]", f"scanner{next(numbers)}@example.org")
    page.fill("[name=password1]", PASSWORD)
    page.click("main button.main")
    expect(page.locator("#words")).to_be_visible()


def sign_in(page):
    """As one member all these tests share, who keeps no food; signed up by the first that asks."""
    if shared:
        page.context.add_cookies(shared)
    else:
        sign_up(page)
        shared.extend(page.context.cookies())


def add_bar(page, name="Hazelnut bar"):
    page.fill("[name=name]", name)
    page.fill("[name=n_ENERC_KCAL]", "500")
    page.click("form.card button.main")
    expect(page.locator("h1")).to_have_text(name)


def a_photo(code, **look):
    grey = drawing.picture(code, **look)
    return {"name": "photo.png", "mimeType": "image/png", "buffer": drawing.png(grey)}


def all_off(page):
    return page.evaluate("tracks.length > 0 && tracks.every((track) => track.readyState === 'ended')")


def wait_until_all_are_off(page):
    for _ in range(100):
        if all_off(page):
            return
        page.wait_for_timeout(50)
    pytest.fail("the camera is still on after five seconds")


def test_a_code_seen_by_the_camera_is_added_once_and_from_then_on_found_and_logged(page):
    sent = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    sign_up(page)
    page.click("#quick [data-scan]")
    page.wait_for_url(f"**/foods/own?code={CODE}*")
    expect(page.locator("h1")).to_have_text("Add this food")
    expect(page.locator(".banner .code")).to_have_text(CODE)
    expect(page.locator("[name=barcode]")).to_have_value(CODE)
    add_bar(page)
    page.goto("/")
    page.click("#quick [data-scan]")
    expect(page.locator("h1")).to_have_text("Hazelnut bar")
    page.select_option("#eat [name=unit]", "g")
    page.fill("#eat [name=amount]", "40")
    page.select_option("#eat [name=meal]", "snacks")
    page.click("#eat button.main")
    expect(page.locator("section:has(#meal-snacks) .entry", has_text="Hazelnut bar")).to_contain_text("200")
    assert all("image" not in (request.headers.get("content-type") or "") for request in sent)
    assert max(len(request.post_data_buffer or b"") for request in sent) < 4000


def test_an_unknown_code_that_is_typed_is_kept_and_found_when_typed_or_scanned_again(page):
    sign_up(page)
    page.goto("/foods")
    page.fill("[name=q]", "4006381 333931")
    page.press("[name=q]", "Enter")
    page.wait_for_url("**/foods/own?code=*")
    expect(page.locator("[name=barcode]")).to_have_value("4006381 333931")
    add_bar(page)
    page.goto("/foods")
    page.fill("[name=q]", CODE)
    page.press("[name=q]", "Enter")
    expect(page.locator("h1")).to_have_text("Hazelnut bar")
    page.goto("/foods")
    page.click("[data-scan]")
    expect(page.locator("h1")).to_have_text("Hazelnut bar")
    page.goto("/")
    page.fill("#words", CODE)
    page.press("#words", "Enter")
    expect(page.locator("h1")).to_have_text("Hazelnut bar")
    page.goto("/")
    expect(page.locator("#words")).to_have_value("")


def test_a_code_is_scanned_into_the_form_of_a_food(page):
    page.add_init_script(WATCHED)
    sign_in(page)
    page.goto("/foods/own")
    page.fill("[name=name]", "Hazelnut bar")
    page.click("[data-scan]")
    expect(page.locator("[name=barcode]")).to_have_value(CODE)
    expect(page.locator("#scanner")).to_be_hidden()
    expect(page.locator("[name=barcode]")).to_be_focused()
    expect(page.locator("[name=name]")).to_have_value("Hazelnut bar")
    assert all_off(page)


@on_a_phone
@pytest.mark.parametrize("way", ["escape", "button", "beside", "hidden", "leave"])
def test_the_camera_goes_off_however_the_scanner_is_left(blind, way):
    page = blind
    page.add_init_script(WATCHED)
    sign_in(page)
    page.goto("/foods")
    page.click("[data-scan]")
    expect(page.locator(".viewfinder.live")).to_be_visible()
    assert not all_off(page)
    if way == "escape":
        page.keyboard.press("Escape")
    elif way == "button":
        page.click("[data-scan-close]")
    elif way == "beside":
        page.mouse.click(3, 3)
    elif way == "hidden":
        page.evaluate(
            "Object.defineProperty(document, 'hidden', { value: true });"
            "document.dispatchEvent(new Event('visibilitychange'))"
        )
    else:
        page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    wait_until_all_are_off(page)
    if way != "hidden":
        expect(page.locator("#scanner")).to_be_hidden()
    if way in ("escape", "button"):
        expect(page.locator("[data-scan]")).to_be_focused()


@on_a_phone
def test_the_camera_goes_off_when_the_scanner_is_left_before_it_came_on(page):
    page.add_init_script(
        WATCHED.replace("await asked(wanted);", "await asked(wanted); await new Promise((d) => setTimeout(d, 500));")
    )
    sign_in(page)
    page.goto("/foods")
    page.click("[data-scan]")
    page.keyboard.press("Escape")
    wait_until_all_are_off(page)
    expect(page.locator("#scanner")).to_be_hidden()


@on_a_phone
@pytest.mark.parametrize(
    ("error", "words"),
    [("NotAllowedError", "not allowed"), ("NotFoundError", "No camera"), ("NotReadableError", "busy"), ("TypeError", "could not be started")],
)  # fmt: skip
def test_without_its_camera_the_scanner_says_why_and_still_takes_a_photo_or_digits(page, error, words):
    page.add_init_script(
        f"navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', '{error}'))"
    )
    sign_in(page)
    page.goto("/foods")
    page.click("[data-scan]")
    expect(page.locator("[data-scan-says]")).to_contain_text(words)
    expect(page.locator("[data-scan-again]")).to_be_visible()
    expect(page.locator("[data-scan-light]")).to_be_hidden()
    page.set_input_files("#scanner [data-scan-photo]", a_photo(SHOPS, width=1500, height=1100, module=5))
    page.wait_for_url(f"**/foods/own?code={SHOPS}*")
    expect(page.locator(".banner")).to_contain_text("shop’s own code")


@on_a_phone
def test_a_photo_without_a_barcode_is_said_and_digits_typed_in_the_scanner_go_on(page):
    page.add_init_script("navigator.mediaDevices.getUserMedia = () => new Promise(() => {})")
    sign_in(page)
    page.goto("/foods")
    page.click("[data-scan]")
    empty = {"name": "wall.png", "mimeType": "image/png", "buffer": drawing.png(drawing.picture(CODE, module=0.3))}
    page.set_input_files("#scanner [data-scan-photo]", empty)
    expect(page.locator("[data-scan-says]")).to_contain_text("No barcode could be read")
    page.set_input_files(
        "#scanner [data-scan-photo]", {"name": "x.png", "mimeType": "image/png", "buffer": b"no picture"}
    )
    expect(page.locator("[data-scan-says]")).to_contain_text("could not be read here")
    page.fill("#scanner [name=code]", "12")
    page.press("#scanner [name=code]", "Enter")
    expect(page.locator("[data-scan-says]")).to_contain_text("8, 12 or 13 digits")
    page.fill("#scanner [name=code]", CODE)
    page.press("#scanner [name=code]", "Enter")
    page.wait_for_url(f"**/foods/own?code={CODE}*")


def test_where_the_camera_may_not_be_used_the_page_says_why_and_a_photo_is_read(page):
    page.add_init_script("Object.defineProperty(window, 'isSecureContext', { value: false })")
    sign_in(page)
    page.goto("/")
    expect(page.locator("[data-scan]")).to_be_hidden()
    page.goto("/foods")
    expect(page.locator("[data-scan]")).to_be_hidden()
    expect(page.locator(".scan-instead")).to_contain_text("https")
    page.set_input_files(".scan-instead [data-scan-photo]", a_photo(CODE, module=3, tilt=0.3))
    page.wait_for_url(f"**/foods/own?code={CODE}*")


@on_a_phone
def test_the_reader_is_fetched_only_when_the_scanner_is_opened(page):
    fetched = []
    page.on("request", lambda request: fetched.append(Path(request.url.partition("?")[0]).name))
    sign_in(page)
    page.goto("/foods")
    page.wait_for_load_state("networkidle")
    assert not [name for name in fetched if "zxing" in name or name == "scan_reader.js"]
    page.click("[data-scan]")
    page.wait_for_url("**/foods/own?code=*")
    assert [name for name in fetched if name.endswith(".wasm")]


DETECTOR = """
window.BarcodeDetector = class {
  static async getSupportedFormats() { return ["ean_13", "ean_8", "upc_e", "qr_code"]; }
  constructor({ formats }) { window.wanted = formats; }
  async detect() {
    window.looks = (window.looks || 0) + 1;
    const seen = (rawValue, format, x) => ({ rawValue, format, boundingBox: new DOMRectReadOnly(x, 200, 40, 40) });
    return (%s)(window.looks, seen);
  }
};
"""


@on_a_phone
@pytest.mark.parametrize(
    ("sees", "code"),
    [
        ("(n, seen) => [seen('04252614', 'upc_e', 300)]", "042100005264"),
        ("(n, seen) => [seen('96385074', 'ean_8', 300)]", "96385074"),
        ("(n, seen) => [seen('0036000291452', 'ean_13', 300)]", "036000291452"),
        ("(n, seen) => n < 4 ? [seen('4006381333932', 'ean_13', 300)] : [seen('036000291452', 'upc_a', 300)]", "036000291452"),
        ("(n, seen) => [n % 3 === 1 ? seen('4006381333931', 'ean_13', 300) : seen('96385074', 'ean_8', 300)]", "96385074"),
        ("(n, seen) => [seen('4006381333931', 'ean_13', 0), seen('96385074', 'ean_8', 300)]", "96385074"),
        ("(n, seen) => { throw new DOMException('gone', 'NotSupportedError') }", CODE),
        ("(n, seen) => []", CODE),
    ],
    ids=["upc-e", "ean-8", "upc-a", "misread", "unsteady", "nearest-the-middle", "detector-fails", "detector-is-blind"],
)  # fmt: skip
def test_the_browsers_own_detector_is_used_where_it_works_and_only_there(page, sees, code):
    page.add_init_script(DETECTOR % sees)
    sign_in(page)
    page.goto("/foods")
    page.click("[data-scan]")
    page.wait_for_url(f"**/foods/own?code={code}*")


@on_a_phone
def test_the_scanner_fits_a_narrow_phone_and_a_short_window(blind):
    page = blind
    sign_in(page)
    page.goto("/foods")
    for width, height in ((360, 640), (740, 360)):
        page.set_viewport_size({"width": width, "height": height})
        page.click("[data-scan]")
        expect(page.locator(".viewfinder.live")).to_be_visible()
        box = page.locator("#scanner").bounding_box()
        assert box["x"] >= 0
        assert box["y"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] + box["height"] <= height
        page.locator("#scanner [name=code]").scroll_into_view_if_needed()
        page.keyboard.press("Escape")
