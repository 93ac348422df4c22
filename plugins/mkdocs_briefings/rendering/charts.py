"""Charts as HTML: a table whose figures are drawn beside them, so that nothing is lost unseen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from hashlib import blake2b

from markupsafe import Markup

from ..catalog.chart import Bar, Chart
from ..wording.language import Language, primary

_FIGURE = Markup(
    '<figure class="chart"><figcaption class="chart__title">{title}</figcaption>'
    '<table class="chart__table" aria-label="{label}"><tbody>{rows}</tbody></table>{note}</figure>'
)
_NOTE = Markup('<p class="chart__note">{}</p>')
_ROW = Markup(
    '<tr><th scope="row">{label}</th><td class="chart__figure">{bar}'
    '<span class="chart__number">{shown}</span></td></tr>'
)
# Widths are attributes of the drawing: the policy of the pages allows no style attribute.
_BAR = Markup(
    '<svg class="chart__bar" viewBox="0 0 1000 20" preserveAspectRatio="none" aria-hidden="true"'
    ' focusable="false"><rect class="{kind}" x="{x}" width="{width}" height="20"></rect></svg>'
)
_CITE = Markup('<a class="cite-ref" href="#_source-{n}" aria-label="{label}">{n}</a>')


_SAID = Markup("{words}")
_SAID_ABROAD = Markup('<span lang="{lang}">{words}</span>')


def with_slots(markdown: str, charts: Sequence[Chart]) -> tuple[str, Mapping[str, Chart]]:
    """The text with a paragraph of one word in the place of each chart, and the chart by its word.

    The words hold a digest of the text, so that no text can hold one of its own.
    """
    if not charts:
        return markdown, {}
    digest = blake2b(markdown.encode("utf-8", "replace"), digest_size=12).hexdigest()
    lines = markdown.split("\n")
    slots: dict[str, Chart] = {}
    for number, chart in reversed(list(enumerate(charts))):
        word = f"chart{digest}n{number}"
        slots[word] = chart
        lines[chart.first : chart.last + 1] = ["", word, ""]
    return "\n".join(lines), slots


def filled(html: str, slots: Mapping[str, Chart], lang: str, language: Language) -> str:
    """Sanitised HTML in `lang` with the charts where their words stand."""
    for word, chart in slots.items():
        html = html.replace(f"<p>{word}</p>", chart_html(chart, lang, language))
    return html


def chart_html(chart: Chart, lang: str, language: Language, source: str | None = None) -> Markup:
    """The figure of a chart in a text in `lang`; every value in it is escaped.

    Away from its own page, where its numbered source is not at hand, `source` names it in words.
    """
    low = min(Decimal(0), *(bar.value for bar in chart.bars))
    high = max(Decimal(0), *(bar.value for bar in chart.bars))
    rows = Markup("").join(
        _ROW.format(label=bar.label, bar=_bar(bar, low, high), shown=bar.shown)
        for bar in chart.bars
    )
    parts = [text for text in (chart.unit[:1].upper() + chart.unit[1:], chart.note) if text]
    note = Markup(" ").join(_sentence(text) for text in parts)
    said = _SAID if primary(language.tag) == primary(lang) else _SAID_ABROAD
    named = Markup(" ") + said.format(lang=language.tag, words=language.word("source_is"))
    if source:
        note += named + Markup(" {}").format(_sentence(source))
    elif chart.source and source is None:
        label = language.word("source_number", number=chart.source)
        note += named + Markup(" ") + _CITE.format(n=chart.source, label=label)
    foot = _NOTE.format(note) if note else note
    label = f"{chart.title} ({chart.unit})" if chart.unit else chart.title
    return _FIGURE.format(title=chart.title, label=label, rows=rows, note=foot)


def _bar(bar: Bar, low: Decimal, high: Decimal) -> Markup:
    """The drawing of one figure, on a scale from `low` to `high` that holds zero."""
    span = high - low
    if not span:
        return Markup("")
    start, end = sorted((Decimal(0) - low, bar.value - low))
    return _BAR.format(
        kind="chart__fill" if bar.value >= 0 else "chart__fill chart__fill--below",
        x=_thousandths(start, span),
        width=_thousandths(end - start, span),
    )


def _thousandths(part: Decimal, span: Decimal) -> str:
    return f"{(part * 1000 / span).quantize(Decimal('0.1'))}"


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?", "。")) else f"{text}."
