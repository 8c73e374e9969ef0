"""What is looked for on a page: axe's rules, width, words that cover each other."""

from __future__ import annotations

from typing import Any

SIZES = {"wide": (1366, 900), "narrow": (390, 844)}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

_AXE = """([tags, within]) => axe.run(within.length ? {include: within} : document, {
  runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'],
}).then(r => r.violations.flatMap(v =>
  v.nodes.map(n => `${v.id}: ${n.target.join(' ')} ${n.html.slice(0, 120)}`)))"""

_WIDE = """() => {
  const wide = document.documentElement.scrollWidth;
  if (wide <= window.innerWidth) return [];
  return [...document.querySelectorAll('main *')]
    .filter(e => e.getBoundingClientRect().right > window.innerWidth + 1
                 && !e.closest('.scroll, pre, svg'))
    .slice(0, 5).map(e => `${e.tagName}.${e.className}`).concat([`the page is ${wide}px wide`]);
}"""

_COVERED = """() => [...document.querySelectorAll('.js-plotly-plot')].flatMap(plot => {
  const name = plot.closest('figure')?.id;
  const box = plot.getBoundingClientRect();
  const texts = sel => [...plot.querySelectorAll(sel)]
    .map(e => [e.textContent, e.getBoundingClientRect()]).filter(([t, r]) => t && r.width);
  const both = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2
                      && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3;
  const found = [];
  for (const sel of ['.xtick text', '.ytick text', '.annotation-text']) {
    const all = texts(sel);
    all.forEach(([t, r], i) => {
      if (r.left < box.left - 2 || r.right > box.right + 2) found.push(`${name}: ${t} is cut off`);
      for (const [u, s] of all.slice(i + 1)) if (both(r, s)) found.push(`${name}: ${t} / ${u}`);
    });
  }
  return found;
})"""

_DRAWN = """() => [...document.querySelectorAll('.js-plotly-plot')].flatMap(plot => {
  if (plot.closest('figure')?.id.startsWith('map-')) return [];
  const lines = [...plot.querySelectorAll('.scatterlayer .js-line')]
    .map(e => e.getBoundingClientRect()).filter(r => r.width);
  if (!lines.length) return [];
  const left = Math.min(...lines.map(r => r.left)), right = Math.max(...lines.map(r => r.right));
  const share = Math.round((right - left) / plot.getBoundingClientRect().width * 100);
  return share < 40 ? [`${plot.closest('figure')?.id}: its lines fill ${share}% of the width`] : [];
})"""


def violations(page: Any, *within: str) -> list[str]:
    """What axe finds, as rule and place, on the whole page or within some parts."""
    return list(page.evaluate(_AXE, [TAGS, list(within)]))


def too_wide(page: Any) -> list[str]:
    """What stands out to the right of the window and is not in a box that scrolls."""
    return list(page.evaluate(_WIDE))


def covered(page: Any) -> list[str]:
    """Words on plots that cover others of their kind or are cut off."""
    return list(page.evaluate(_COVERED))


def squeezed(page: Any) -> list[str]:
    """Plots whose lines fill less than two fifths of their width."""
    return list(page.evaluate(_DRAWN))


def all_details(page: Any, opened: bool) -> None:
    """Open or close every part that opens on demand."""
    page.evaluate("o => document.querySelectorAll('details').forEach(d => d.open = o)", opened)


def choice(page: Any, label: str) -> Any:
    """The control of one of the page's choices, by its label."""
    return page.get_by_label(label, exact=True).and_(page.locator("input, select"))


def is_native(box: Any) -> bool:
    """Whether the browser itself draws the list of a choice."""
    return bool(box.evaluate("e => e.tagName === 'SELECT'"))


def pick(page: Any, label: str, value: str, words: str) -> None:
    """Choose as a reader does."""
    box = choice(page, label)
    if is_native(box):
        box.select_option(value)
        return
    box.click()
    page.locator("[role=option]:visible", has_text=words).first.click()
