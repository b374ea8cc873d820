"""What every page has to look like: one language, nothing sideways, no target too small."""

import re
from functools import cache

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from babel.messages.pofile import read_po
from playwright.sync_api import Page

from assessment.settings import PROJECT

CHINESE = re.compile(r"[\u4e00-\u9fff]")
# The other language's own name, titles of Chinese sources, and the word of the notice itself.
MEANT = re.compile(r"^中文$|\bSource: |\(the list ends in 等")
_KEY = re.compile(r"\b[a-z_]+\.[a-z_.]+\b")
_SERIOUS = ("serious", "critical")
_SMALLEST = 40
# Streamlit's own menu on a phone has headings among the entries of its lists.
# Boxes around words are a little larger than what is drawn of them.
_FINE = 5
_SPOILT = """(fine) => {
  const found = [];
  for (const picture of document.querySelectorAll("svg.marks")) {
    const edge = picture.getBoundingClientRect();
    const words = [...picture.querySelectorAll("text")]
      .filter((one) => one.textContent.length > 2 && getComputedStyle(one).opacity > 0)
      .map((one) => ({ text: one.textContent, box: one.getBoundingClientRect() }));
    for (const { text, box } of words)
      if (box.left < edge.left - fine || box.right > edge.right + fine) found.push(text);
    words.forEach((one, place) => words.slice(place + 1).forEach((other) => {
      const [a, b] = [one.box, other.box];
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (Math.min(across, down) > fine) found.push(`${one.text} / ${other.text}`);
    }));
  }
  for (const one of document.querySelectorAll("[data-testid=stButtonGroup] > div"))
    if (one.scrollWidth > one.clientWidth + fine) found.push(one.innerText);
  return found;
}"""
_STREAMLITS = {"exclude": [["[data-testid=stSidebarNavItems]"]]}


@cache
def _catalogue_keys() -> frozenset[str]:
    """Every key under which a text is looked up."""
    path = PROJECT / "assessment" / "language" / "locale" / "en.po"
    with path.open("rb") as file:
        ids = [one.id for one in read_po(file)]
    return frozenset(one if isinstance(one, str) else one[0] for one in ids) - {""}


def raw_keys(lines: list[str]) -> list[str]:
    """Keys of the catalogue that stand on the page in place of their text."""
    return [key for line in lines for key in _KEY.findall(line) if key in _catalogue_keys()]


def chinese_lines(lines: list[str]) -> list[str]:
    """Lines that an English page should not have."""
    return [one for one in lines if CHINESE.search(one) and not MEANT.search(one)]


def sideways(page: Page) -> int:
    """By how many pixels the page, or its main part, can be scrolled sideways."""
    found = page.evaluate(
        """() => [document.scrollingElement, document.querySelector("[data-testid=stMain]")]
          .filter(Boolean).map((one) => one.scrollWidth - one.clientWidth)
          .concat(document.scrollingElement.scrollWidth - window.innerWidth)"""
    )
    return int(max(found))


def small_buttons(page: Page) -> list[object]:
    """Buttons in view that are lower than a finger needs, with their height."""
    found = page.locator("main, [data-testid=stMain]").locator("button:visible, a.download:visible")
    return list(
        found.evaluate_all(
            """(all, smallest) => all
          .filter((one) => !one.closest("[data-testid=stElementToolbar], .stTooltipIcon"))
          .map((one) => [one.innerText, one.getBoundingClientRect().height])
          .filter(([_, height]) => height > 0 && height < smallest)""",
            _SMALLEST,
        )
    )


def spoilt_words(page: Page) -> list[str]:
    """Words beside the axes of pictures, in their legends and around wheels, that are cut off at
    the edge of the picture or lie on each other; and switches whose buttons are cut off."""
    found: list[str] = page.evaluate(_SPOILT, _FINE)
    return found


def barriers(page: Page) -> dict[str, list[object]]:
    """What shuts somebody out, by the rule that it breaks, with some of the places."""
    found = Axe().run(page, context=_STREAMLITS).response["violations"]
    return {
        one["id"]: [node["target"] for node in one["nodes"]][:5]
        for one in found
        if one["impact"] in _SERIOUS
    }
