"""Frozen records as bytes and back, by their types: data alone, no code."""

from __future__ import annotations

from hashlib import blake2b
from typing import Generic, TypeVar

import msgspec

Record = TypeVar("Record")


class Codec(Generic[Record]):
    """JSON of one type of dataclass.

    Not MessagePack, which forgets in which zone a time was written.

    Args:
        kind: A dataclass of plain values, dates, numbers, tuples, mappings and such dataclasses.
    """

    def __init__(self, kind: type[Record]) -> None:
        self._encode = msgspec.json.Encoder().encode
        self._decode = msgspec.json.Decoder(kind).decode

    def encode(self, record: Record) -> bytes:
        return self._encode(record)

    def decode(self, data: bytes) -> Record:
        """
        Raises:
            ValueError: If the bytes are no such record.
        """
        try:
            return self._decode(data)
        except msgspec.MsgspecError as error:
            raise ValueError(str(error)) from error


_ANY = msgspec.msgpack.Encoder(order="deterministic")


def fingerprint(*values: object) -> str:
    """A digest of plain values and records, equal for equal ones on every machine.

    Raises:
        TypeError: If one of them is not plain: a function, say, whose value nobody can tell.
    """
    return blake2b(_ANY.encode(values), digest_size=16).hexdigest()
