"""Frozen records as bytes and back, by their types: data alone, no code."""

from __future__ import annotations

from typing import Generic, TypeVar

import msgspec

Record = TypeVar("Record")


class Codec(Generic[Record]):
    """MessagePack of one type of dataclass. Equal records give equal bytes.

    Args:
        kind: A dataclass of plain values, dates, numbers, tuples, mappings and such dataclasses.
    """

    def __init__(self, kind: type[Record]) -> None:
        self._encode = msgspec.msgpack.Encoder(order="deterministic").encode
        self._decode = msgspec.msgpack.Decoder(kind).decode

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
