"""Takes the picture of the README: Today in the demo, with a line understood.

Usage: python tools/screenshot.py http://127.0.0.1:8000 docs/today.png
"""

import sys

import browser
from playwright.sync_api import sync_playwright

LINE = "2 eggs, slice of rye toast, 30 g almonds, black coffee"


def main(address: str, path: str) -> None:
    """Open the demo, type a line, take the picture."""
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(
            executable_path=browser.find(), args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        page = chromium.new_context(viewport={"width": 1200, "height": 960}, locale="en-GB").new_page()
        page.goto(address)
        page.get_by_role("button", name="Try the demo").first.click()
        page.fill("#words", LINE)
        page.press("#words", "Enter")
        page.wait_for_selector("#accept")
        page.evaluate("scrollTo(0, 0); document.activeElement.blur()")
        page.wait_for_timeout(500)
        page.screenshot(path=path)
        chromium.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
