"""What a composer has found out of the parser of a site, as one build leaves it to the next: to ask
it again takes longer than to make most bodies."""

from __future__ import annotations

from ..building.store import Store
from ..composing.composer import Composer
from ..composing.inputs import Frame, digest

_KIND = "parser"
_AGREES = {b"1": True, b"0": False}
"""By what is kept of `Composer.agrees`."""


def composer_of(frame: Frame, store: Store) -> Composer:
    """One for a frame, which knows what an earlier build has found out."""
    return Composer(frame, agrees=_AGREES.get(store.get(_KIND, _key(frame)) or b""))


def keep_of(composer: Composer, store: Store) -> None:
    """Keep what a composer has found out."""
    if composer.agrees is None or not (key := _key(composer.frame)):
        return
    told = b"1" if composer.agrees else b"0"
    if store.get(_KIND, key) != told:
        store.put(_KIND, key, told)


def _key(frame: Frame) -> str:
    return digest(frame.extensions, frame.extension_configs)
