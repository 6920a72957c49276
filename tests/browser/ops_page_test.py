"""The ops page in a real browser: no complaint, moving figures, light and dark, and a stopped gateway."""

import os
import re
import sys
import tempfile
import unittest

from browser import Browser
from gateway import SOURCE, Gateway, eventually

sys.path.insert(0, os.path.join(SOURCE, "tests", "watch"))
from load import Load, frames, populate  # noqa: E402
from redis_server import Redis  # noqa: E402

WAIT_SECONDS_MAX = 120
CONTRAST_MIN = 4.5  # WCAG AA for text
ON_PAPER = [("ink", "paper"), ("ink", "card"), ("soft", "paper"), ("soft", "card"), ("good", "good-paper"),
            ("warning", "warning-paper"), ("bad", "bad-paper"), ("ink", "good-paper"), ("ink", "warning-paper"),
            ("ink", "bad-paper"), ("soft", "good-paper"), ("soft", "warning-paper"), ("soft", "bad-paper")]
LINES_ON_CARD = ("one", "two", "three", "four", "five")
GRAPHICS_CONTRAST_MIN = 3  # WCAG for lines and marks


def luminance(colour):
    parts = [int(colour[at:at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= .03928 else ((part + .055) / 1.055) ** 2.4 for part in parts]
    return .2126 * linear[0] + .7152 * linear[1] + .0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + .05) / (dark + .05)


class OpsPage(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)  # Chromium tidies up behind itself
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.redis = Redis()
        self.redis.start()
        self.addCleanup(self.redis.kill)

    def open_page(self, settings=()):
        url = f"redis.url=redis://127.0.0.1:{self.redis.port}"
        gateway = Gateway(self.folder, [url, *settings]).start()
        self.addCleanup(lambda: gateway.process.poll() is None and gateway.kill())
        browser = Browser(self.folder)
        self.addCleanup(browser.close)
        browser.prefer("light")
        browser.go(f"http://{gateway.ops[0]}:{gateway.ops[1]}/ops")
        return gateway, browser

    def text(self, browser, selector):
        """What a person reads there: nothing while the element is hidden (its innerText would be told all the same)."""
        return browser.evaluate(f"""(() => {{ const place = document.querySelector({selector!r});
          return place && place.checkVisibility() ? place.innerText : ''; }})()""")

    def wait_for(self, browser, selector, pattern):
        eventually(lambda: re.search(pattern, self.text(browser, selector)), f"{selector} says {pattern}",
                   WAIT_SECONDS_MAX)

    def keep(self, browser, name):
        folder = os.environ.get("GONGJI_SCREENSHOTS")
        browser.screenshot(os.path.join(folder or self.folder, name))

    def test_it_moves_under_load_without_a_complaint_and_says_when_nobody_answers(self):
        gateway, browser = self.open_page()
        populate(gateway)
        frames(gateway)
        load = Load(gateway, per_second=120, threads=3).start()
        self.addCleanup(load.stop)
        self.wait_for(browser, "#money .text", "every fen is accounted for")
        self.wait_for(browser, "#serving .text", r"\d messages/s")
        self.wait_for(browser, "#refusals", "E_NO_PERSON")
        self.wait_for(browser, "#households", r"household …\d{3}")
        self.figures_move(browser)
        self.charts_are_drawn(browser)
        self.stay_a_while(browser)
        self.keep(browser, "ops_page_light.png")
        browser.prefer("dark")
        self.colours_can_be_told_apart(browser, "dark")
        self.keep(browser, "ops_page_dark.png")
        browser.prefer("light")
        self.colours_can_be_told_apart(browser, "light")
        self.assertEqual(browser.complaints(), [])
        here = f"http://{gateway.ops[0]}:{gateway.ops[1]}/"
        self.assertEqual({url for url in browser.asked_for() if not url.startswith((here, "data:", "about:"))}, set(),
                         "asked somebody else")
        self.says_that_nobody_answers(gateway, browser)

    def figures_move(self, browser):
        def read():
            return self.text(browser, "#figures"), self.text(browser, "#clock")
        first = read()
        eventually(lambda: all(now != before for now, before in zip(read(), first)), "figures move", WAIT_SECONDS_MAX)

    def charts_are_drawn(self, browser):
        inked = """Array.from(document.querySelectorAll('canvas')).map((canvas) => {
          const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
          const colours = new Set();
          for (let at = 0; at < pixels.length; at += 4) if (pixels[at + 3] > 128)
            colours.add(`${pixels[at]},${pixels[at + 1]},${pixels[at + 2]}`);
          return [canvas.id, colours.size]; })"""
        for canvas, colours in browser.evaluate(inked):
            self.assertGreater(colours, 5, f"the chart {canvas} is empty")
        narrow = """Array.from(document.querySelectorAll('canvas')).filter((canvas) =>
          canvas.clientWidth < canvas.parentNode.clientWidth - 2).map((canvas) => canvas.id)"""
        eventually(lambda: browser.evaluate(narrow) == [], "the charts fill their places", WAIT_SECONDS_MAX)

    def stay_a_while(self, browser):
        """For the pictures alone: enough of a history to look at."""
        seconds = int(os.environ.get("GONGJI_SCREENSHOT_SECONDS", "0"))
        if seconds:
            browser.evaluate(f"new Promise((done) => setTimeout(done, {seconds * 1000}))")

    def colours_can_be_told_apart(self, browser, scheme):
        eventually(lambda: browser.evaluate("document.documentElement.dataset.theme") == scheme, scheme)
        names = sorted({name for pair in ON_PAPER for name in pair} | set(LINES_ON_CARD))
        read = "(name) => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim()"
        colours = {name: hexadecimal(browser.evaluate(f"({read})({name!r})")) for name in names}
        for ink, paper in ON_PAPER:
            self.assertGreaterEqual(contrast(colours[ink], colours[paper]), CONTRAST_MIN, f"{scheme}: {ink} on {paper}")
        for line in LINES_ON_CARD:
            self.assertGreaterEqual(contrast(colours[line], colours["card"]), GRAPHICS_CONTRAST_MIN, f"{scheme}: {line}")

    def says_that_nobody_answers(self, gateway, browser):
        self.assertEqual(browser.evaluate("document.getElementById('gone').hidden"), True)
        self.assertEqual(gateway.stop(), 0)
        self.wait_for(browser, "#gone", r"No answer since \d\d:\d\d:\d\d")
        self.wait_for(browser, "#clock", "silent for")
        self.keep(browser, "ops_page_stopped.png")

    def test_with_a_token_the_page_asks_for_it(self):
        token_file = os.path.join(self.folder, "ops.token")
        with open(token_file, "w") as file:
            file.write("a-token-of-the-tests\n")
        _, browser = self.open_page([f"ops.token_file={token_file}"])
        self.wait_for(browser, "#token-form", "ops token")
        self.assertNotIn("every fen", self.text(browser, "#money"))
        browser.evaluate("""(() => { document.getElementById('token').value = 'a-token-of-the-tests';
          document.getElementById('token-form').requestSubmit(); })()""")
        self.wait_for(browser, "#money .text", "every fen is accounted for")


def hexadecimal(colour):
    return "#" + "".join(2 * digit for digit in colour[1:]) if len(colour) == 4 else colour


if __name__ == "__main__":
    unittest.main()
