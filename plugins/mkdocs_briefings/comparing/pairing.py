"""Which page of one state is which of another, whatever they are called."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from .state import Source, State


@dataclass(frozen=True, slots=True)
class Pairs:
    """Files of two states that are one page, by path."""

    after: Mapping[str, str]
    """Path before → path after."""

    @property
    def before(self) -> Mapping[str, str]:
        """Path after → path before."""
        return {there: here for here, there in self.after.items()}


def paired(before: State, after: State) -> Pairs:
    """Which file of the base became which.

    A page is known again, in this order, by its slug, by an earlier address that it names, by
    its path, its text or its title; each of the last two only where it is one page's alone.
    """
    old, new = dict(before.sources), dict(after.sources)
    found: dict[str, str] = {}

    def match(pairs: Iterator[tuple[str, str]]) -> None:
        for here, there in list(pairs):
            if here in old and there in new and type(old[here]) is type(new[there]):
                found[here] = there
                del old[here], new[there]

    match(_by(old, new, _slug))
    former = {before.address(source): path for path, source in old.items()}
    paths = {after.address(source): path for path, source in new.items()}
    aliases: dict[str, list[str]] = {}
    for address, page in after.redirects.items():
        aliases.setdefault(paths.get(page, ""), []).append(address)
    match(
        (former[address], path)
        for path in new
        for address in aliases.get(path, ())
        if address in former
    )
    match((path, path) for path in list(old))
    match(_by(old, new, lambda source: source.body.markdown.strip()))
    match(_by(old, new, lambda source: source.title.casefold()))
    return Pairs(found)


def _slug(source: Source) -> str:
    return f"{type(source).__name__}:{getattr(source, 'slug', '')}"


def _by(
    old: Mapping[str, Source], new: Mapping[str, Source], key: Callable[[Source], str]
) -> Iterator[tuple[str, str]]:
    """Paths of those with the same key, where it is one page's alone on each side."""
    here, there = _alone(old, key), _alone(new, key)
    for value, path in here.items():
        if value in there:
            yield path, there[value]


def _alone(sources: Mapping[str, Source], key: Callable[[Source], str]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for path, source in sources.items():
        if value := key(source):
            found.setdefault(value, []).append(path)
    return {value: paths[0] for value, paths in found.items() if len(paths) == 1}
