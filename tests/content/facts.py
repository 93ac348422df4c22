"""The fact base that our briefings are written from, as the checks of the content want it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from .words import figures, runs, texts


@dataclass(frozen=True, slots=True)
class FactBase:
    facts: Mapping[str, Mapping[str, Any]]
    timeline: tuple[Mapping[str, Any], ...]
    terms: frozenset[str]
    """Of the glossary, as the base writes them."""
    runs: frozenset[str]
    """Every eight words in a row of the base, its README and the article it began with."""

    def figures(self, ids: Iterable[str]) -> set[str]:
        """What some facts hold in dates, amounts and numbers: as `figures`, and bare as well."""
        held: set[str] = set()
        for fact in map(self.facts.__getitem__, ids):
            sources = [text for s in fact["sources"] for text in (s["title"], str(s.get("date")))]
            names = [figure["name"] for figure in fact.get("figures", ())]
            for text in (fact["id"], fact["statement"], str(fact["date"]), *names, *sources):
                held |= figures(text)
            for figure in fact.get("figures", ()):
                for value in re.findall(r"\d+(?:\.\d+)?", str(figure["value"])):
                    held |= _amounts(float(value), figure["unit"])
        return held | {word for figure in held for word in figure.split() if word[0].isdigit()}


def _amounts(value: float, unit: str) -> set[str]:
    """
    >>> sorted(_amounts(1190.0, "USD billion"))
    ['1.19 trillion', '1190', '1190 billion']
    """
    word = next((w for w in ("percent", "million", "billion") if w in unit), "")
    held = figures(f"{value} {word}") | figures(str(value))
    above = {"million": "billion", "billion": "trillion"}.get(word)
    return held | figures(f"{value / 1000} {above}") if above and value >= 1000 else held


def read_facts(shared: Path) -> FactBase:
    facts: dict[str, Mapping[str, Any]] = {}
    rest: dict[str, Any] = {}
    words = [(shared / "facts" / "README.md").read_text(encoding="utf-8")]
    words += [path.read_text(encoding="utf-8") for path in (shared / "seed").iterdir()]
    for path in sorted((shared / "facts").glob("*.yml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        words += texts(data)
        rest[path.stem] = data
        facts |= {fact["id"]: fact for fact in data.get("facts", ())}
    return FactBase(
        facts=facts,
        timeline=tuple(rest["timeline"]["events"]),
        terms=frozenset(term["term"] for term in rest["glossary"]["terms"]),
        runs=frozenset(run for text in words for run in runs(text)),
    )
