"""Frozen records as bytes and back, by their types: data alone, no code."""

from __future__ import annotations

from collections.abc import Mapping
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


_FILES = msgspec.msgpack.Decoder(dict[str, bytes])


def packed(files: Mapping[str, bytes]) -> bytes:
    """Files by path, in one piece."""
    return msgspec.msgpack.encode(files)


def unpacked(data: bytes) -> dict[str, bytes]:
    """
    Raises:
        ValueError: If the bytes are no files.
    """
    try:
        return _FILES.decode(data)
    except msgspec.MsgspecError as error:
        raise ValueError(str(error)) from error


_ANY = msgspec.msgpack.Encoder(order="deterministic")


def fingerprint(*values: object) -> str:
    """A digest of plain values and records, equal for equal ones on every machine.

    Raises:
        TypeError: If one of them is not plain: a function, say, whose value nobody can tell.
    """
    return blake2b(_ANY.encode(values), digest_size=16).hexdigest()
