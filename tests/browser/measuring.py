"""What can be measured of an open page: each function gives what is wrong, readable, or nothing."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

SPACING = """* {
  line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important;
} p { margin-block-end: 2em !important; }"""
"""What a reader may impose: WCAG 2.2, 1.4.12."""


def overflow(page: Page) -> list[str]:
    """What sticks out of the window sideways; empty when nothing makes the page scroll."""
    found: list[str] = page.evaluate(
        """() => {
          const width = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= width) return [];
          return [...document.querySelectorAll('body *')]
            .filter(e => e.getBoundingClientRect().right > width + 1
                      || e.getBoundingClientRect().left < -1)
            .slice(0, 8)
            .map(e => e.tagName + '.' + e.className + ' ' + e.textContent.trim().slice(0, 40));
        }"""
    )
    return found


def clipped(page: Page) -> list[str]:
    """Texts that their box cuts off.

    Excerpts cut by lines are none: what they lead to has the whole. Nor is what is there for
    screen readers alone, or what scrolls.
    """
    found: list[str] = page.evaluate(
        """() => {
          const unseen = e => e && (getComputedStyle(e).clipPath === 'inset(50%)'
            || unseen(e.parentElement));
          const cut = way => way === 'hidden' || way === 'clip';
          return [...document.querySelectorAll('body *')]
            .filter(e => e.checkVisibility() && e.textContent.trim())
            .filter(e => {
              const s = getComputedStyle(e);
              return s.webkitLineClamp === 'none' && (
                (cut(s.overflowX) && e.scrollWidth > e.clientWidth + 1)
                || (cut(s.overflowY) && e.scrollHeight > e.clientHeight + 1));
            })
            .filter(e => !unseen(e))
            .map(e => e.tagName + '.' + e.className + ' ' + e.textContent.trim().slice(0, 40));
        }"""
    )
    return found


def headings(page: Page) -> list[tuple[int, str]]:
    """Level and text of every heading that is there for readers, hidden from sight or not."""
    return [
        (int(level), text)
        for level, text in page.evaluate(
            """() => [...document.querySelectorAll('h1, h2, h3, h4, h5, h6, [role=heading]')]
              .filter(e => e.checkVisibility())
              .map(e => [e.ariaLevel || e.tagName.slice(1), e.textContent.trim()])"""
        )
    ]


def landmarks(page: Page) -> list[tuple[str, str]]:
    """Role and name of every landmark in sight, in order of the source."""
    return [
        (role, name)
        for role, name in page.evaluate(
            """() => {
              const sectioning = 'article, aside, main, nav, section';
              const roles = {HEADER: 'banner', FOOTER: 'contentinfo', MAIN: 'main',
                NAV: 'navigation', ASIDE: 'complementary', SECTION: 'region', FORM: 'form',
                SEARCH: 'search'};
              const name = e => e.getAttribute('aria-label')
                || (e.getAttribute('aria-labelledby') || '').split(/\\s+/).filter(Boolean)
                    .map(id => document.getElementById(id)?.textContent.trim()).join(' ');
              return [...document.querySelectorAll(
                  'header, footer, main, nav, aside, section, form, search, [role]')]
                .filter(e => e.checkVisibility())
                .filter(e => !['HEADER', 'FOOTER'].includes(e.tagName)
                          || !e.parentElement.closest(sectioning))
                .map(e => [e.getAttribute('role') || roles[e.tagName], name(e) || ''])
                .filter(([role, name]) => Object.values(roles).includes(role)
                          && (name || !['region', 'form'].includes(role)));
            }"""
        )
    ]


def plain_links(page: Page) -> list[str]:
    """Links within sentences that are not underlined."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll(
            '.prose a:not(.cite-ref), a.sources__title, .log p a, .banner a, .dek a')]
          .filter(a => a.checkVisibility() && a.textContent.trim())
          .filter(a => !a.matches('.log__title'))
          .filter(a => !getComputedStyle(a).textDecorationLine.includes('underline'))
          .map(a => a.outerHTML)"""
    )
    return found


def small_targets(page: Page) -> list[str]:
    """Targets under 24 px that do not stand in a line of text, and controls under 44 px.

    A radio button counts with its label.
    """
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('a[href], button, summary, input, select')]
          .filter(e => e.checkVisibility() && !e.disabled && e.type !== 'hidden')
          .map(e => [e, e.closest('label') || e])
          .filter(([e, box]) => getComputedStyle(box).display !== 'inline')
          .filter(([e]) => !e.closest('.hidden, .skip, .cite-ref'))
          .map(([e, box]) => [e, box.getBoundingClientRect(),
            e.matches('button:not(.links button), input, select, .button, .tool') ? 44 : 24])
          .filter(([e, r, least]) => r.height < least - 0.01 || r.width < Math.min(least, 24))
          .map(([e, r, least]) => e.className + ' ' + e.textContent.trim().slice(0, 30) + ' '
               + Math.round(r.width) + '×' + Math.round(r.height) + ', not ' + least)"""
    )
    return found


def bad_languages(page: Page) -> list[str]:
    """Elements whose `lang` is no tag of a language."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('[lang]')]
          .filter(e => { try { return !Intl.getCanonicalLocales(e.lang).length; }
                         catch { return true; } })
          .map(e => e.outerHTML.slice(0, 80))"""
    )
    return found


def moving(page: Page) -> list[str]:
    """What is animated, has a transition, or scrolls smoothly."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('*')].flatMap(e =>
          ['', '::before', '::after'].map(part => [e, part, getComputedStyle(e, part || null)]))
          .filter(([e, part, s]) => s.animationName !== 'none' || s.scrollBehavior === 'smooth'
            || s.transitionDuration.split(',').some(time => parseFloat(time) > 0))
          .map(([e, part]) => e.tagName + '.' + e.className + part)"""
    )
    return found


def main_lines(page: Page) -> list[str]:
    """The lines of text that a reader sees in the content."""
    text: str = page.evaluate("document.querySelector('main').innerText")
    return [line.strip() for line in text.splitlines() if line.strip()]


def box(page: Page, selector: str) -> dict[str, Any]:
    """Left, right, top and bottom of the first element in sight that a selector finds."""
    found: dict[str, Any] = page.evaluate(
        """s => { const r = [...document.querySelectorAll(s)].find(e => e.checkVisibility())
            .getBoundingClientRect();
          return {left: r.left, right: r.right, top: r.top, bottom: r.bottom}; }""",
        selector,
    )
    return found
