"""Two folders change places, in one step where the system can."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from functools import cache
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
"""Of Linux' `renameat2`."""
_RENAME_SWAP = 2
"""Of macOS' `renamex_np`."""


def exchange(one: Path, other: Path) -> None:
    """Let two folders of one file system change places.

    On Linux and macOS that is one call of the system, so that whoever looks finds one or the other.
    Elsewhere it takes three, and between them there is no folder `one` for an instant.

    Raises:
        OSError: If they cannot; both are where they were.
    """
    try:
        _in_one_call(one, other)
    except OSError as error:
        # The call is too new for this system, or its file system cannot do it.
        if error.errno not in {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP}:
            raise
        _in_three(one, other)


def _in_one_call(one: Path, other: Path) -> None:
    first, second = os.fsencode(one), os.fsencode(other)
    if sys.platform == "linux" and hasattr(_libc(), "renameat2"):
        failed = _libc().renameat2(_AT_FDCWD, first, _AT_FDCWD, second, _RENAME_EXCHANGE)
    elif sys.platform == "darwin" and hasattr(_libc(), "renamex_np"):
        failed = _libc().renamex_np(first, second, _RENAME_SWAP)
    else:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    if failed:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(one))


@cache
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _in_three(one: Path, other: Path) -> None:
    aside = other.with_name(f"{other.name}.aside")
    one.rename(aside)
    try:
        other.rename(one)
    except OSError:
        aside.rename(one)
        raise
    aside.rename(other)
