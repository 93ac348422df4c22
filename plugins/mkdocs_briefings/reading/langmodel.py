"""The classifier of languages with its model, which is kept unpacked for other processes.

The model has 5 MB and takes half a second to unpack. Unpacked it has 70 MB and is kept where Python
keeps the code of modules; what a text asks for, which is little, is read from there. Where Python
writes no code, none is kept, and where what is kept is not whole, it is not used. Who can write
there could write our code.
"""

from __future__ import annotations

import contextlib
import mmap
import os
import struct
import sys
import zlib
from hashlib import blake2b
from importlib.util import cache_from_source
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_NAME = "languages-of-"
_FORM = b"1"
"""Of what is kept: another one is another file."""
_HEAD = struct.Struct("=6I")
"""Digest of all that follows it; how many transitions, states, languages and features there are,
and the bytes of the languages' names."""
_NOT_SO = (OSError, ValueError, TypeError, AttributeError, struct.error)
"""What comes of files that cannot be read or written or are damaged, and of a classifier that is
made otherwise than it was."""


def classifier() -> LanguageIdentifier:
    """A new one."""
    # With numpy a tenth of a second: imported where it is used.
    from py3langid import langid

    place = None
    with contextlib.suppress(*_NOT_SO):
        place = _place(Path(langid.MODEL_DIR, langid.MODEL_FILE), Path(langid.__file__))
        return _read(place)
    made = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
    if place and not sys.dont_write_bytecode:
        with contextlib.suppress(*_NOT_SO):
            _keep(place, made)
    return made


def _place(*made_from: Path) -> Path:
    """Where a model is kept, by all that it is made from."""
    digest = blake2b(_FORM, digest_size=16)
    for path in made_from:
        digest.update(path.read_bytes())
    name = f"{_NAME}{digest.hexdigest()}-{sys.byteorder}.py"
    return Path(cache_from_source(str(Path(__file__).with_name(name))))


def _read(place: Path) -> LanguageIdentifier:
    """The classifier of a model that was kept.

    Raises:
        OSError: If there is none.
        ValueError: If it is damaged.
    """
    import numpy as np
    from py3langid.langid import LanguageIdentifier

    with place.open("rb") as file:
        # What is looked at comes from the system's memory, which other builds share.
        data = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    digest, *counts = _HEAD.unpack_from(data)
    if zlib.crc32(data[4:]) != digest:
        raise ValueError(f"{place} is damaged")
    transitions, states, languages, features, _ = counts
    left = data[_HEAD.size :]

    def taken(size: int) -> memoryview:
        nonlocal left
        part, left = left[:size], left[size:]
        return part

    following, rows = taken(4 * transitions).cast("I"), taken(4 * states).cast("I")
    output = taken(4 * states).cast("i")
    before = np.frombuffer(taken(4 * languages), np.float32)
    likely = np.frombuffer(taken(2 * features * languages), np.float16)
    return LanguageIdentifier(
        likely.reshape(features, languages),
        before,
        str(left, "utf-8").split("\n"),
        following,
        output,
        norm_probs=True,
        tk_row=rows,
    )


def _keep(place: Path, made: LanguageIdentifier) -> None:
    """Keep the model of a classifier.

    Raises:
        OSError: If it cannot be written.
        AttributeError: If it has no such model.
    """
    import numpy as np

    names = "\n".join(made.nb_classes).encode()
    following, rows, output = made.tk_nextmove, made.tk_row, made.tk_output
    parts = [
        np.asarray(following, np.uint32).tobytes(),
        np.asarray(rows, np.uint32).tobytes(),
        np.asarray(output, np.int32).tobytes(),
        np.asarray(made.nb_pc, np.float32).tobytes(),
        made.nb_ptc.tobytes(),
        names,
    ]
    features, languages = made.nb_ptc.shape
    if made.nb_ptc.dtype != np.float16 or len(rows) != len(output):
        raise ValueError("the model is another")
    head = _HEAD.pack(0, len(following), len(rows), languages, features, len(names))
    digest = zlib.crc32(head[4:])
    for part in parts:
        digest = zlib.crc32(part, digest)
    place.parent.mkdir(parents=True, exist_ok=True)
    # Whole or not at all: others may read it at any moment.
    beside = place.with_name(f"{place.name}.{os.getpid()}")
    try:
        with beside.open("wb") as file:
            file.write(struct.pack("=I", digest) + head[4:])
            file.writelines(parts)
        beside.replace(place)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    # Not those of another Python, nor what another process has not finished.
    for other in place.parent.glob(f"{_NAME}*{''.join(place.suffixes[-2:])}"):
        if other != place:
            other.unlink(missing_ok=True)
