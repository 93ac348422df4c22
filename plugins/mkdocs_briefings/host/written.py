"""What files were read as, as bytes and back: an edit asks few of them for their long texts.

Those stand behind the rest, as they are held: to look for escapes in 100 MB of JSON took longer
than all else that is done with what 10,000 files say.
"""

from __future__ import annotations

import struct

from ..building.codec import Codec
from ..catalog.briefing import held, hold
from ..reading.written import Written

_LENGTHS = struct.Struct("<QQQQ")
"""Of the JSON, and of each long text."""
_REST = Codec(Written)


class WrittenCodec:
    """JSON without the long texts, then these."""

    def encode(self, written: Written) -> bytes:
        body = written.body
        texts = held(body)
        # Taken out and put back: to make records without them takes longer than to encode them.
        hold(body, b"", b"", b"")
        try:
            rest = _REST.encode(written)
        finally:
            hold(body, *texts)
        return b"".join([_LENGTHS.pack(len(rest), *map(len, texts)), rest, *texts])

    def decode(self, data: bytes) -> Written:
        """
        Raises:
            ValueError: If the bytes are none that `encode` gave.
        """
        try:
            lengths = _LENGTHS.unpack_from(data)
        except struct.error as error:
            raise ValueError(str(error)) from error
        if len(data) != _LENGTHS.size + sum(lengths):
            raise ValueError("of another length")
        first, second, third, _ = lengths
        start = _LENGTHS.size + first
        written = _REST.decode(data[_LENGTHS.size : start])
        middle, last = start + second, start + second + third
        hold(written.body, data[start:middle], data[middle:last], data[last:])
        return written
