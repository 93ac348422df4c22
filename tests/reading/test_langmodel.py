"""The classifier's model, kept for other processes: whole, or none."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from mkdocs_briefings.reading import langmodel
from py3langid import langid
from py3langid.modelio import save_model

TEXTS = (
    "",
    "The committee met on Tuesday and agreed on the rules for next year.",
    "Frida sirve en las Fuerzas Armadas y trabaja con adultos en el norte de Nueva Jersey.",
    "Lorem ipsum dolor sit amet, consectetur adipisicing elit, sed do eiusmod tempor.",
    "委员会星期二开会，同意明年的规则。",
    "\udcff Ça va? \N{GRINNING FACE}",
    "STÁT ZVÝŠIL DANĚ A NIKDO NEVÍ PROČ",
)


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where Python keeps the code of modules."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path


@pytest.fixture
def small(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """A model of two languages, which tell themselves apart by `x` and `y`."""
    path = tmp_path_factory.mktemp("model") / "model.npz.xz"
    following = np.zeros((1, 256), np.uint16)
    following[0, ord("x")], following[0, ord("y")] = 1, 2
    likely = [[3.0, 1.0], [1.0, 3.0]]
    save_model(path, (likely, [0.5, 0.5], ["xx", "yy"], following, [0, 0, 0], [-1, 0, 1]))
    monkeypatch.setattr(langid, "MODEL_FILE", str(path))


@pytest.fixture
def unpacked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[object]]:
    """One for each time that the model was unpacked."""
    times: list[object] = []
    unpack = langid.LanguageIdentifier.from_model_file

    def counted(*args: Any, **options: Any) -> Any:
        times.append(args)
        return unpack(*args, **options)

    monkeypatch.setattr(langid.LanguageIdentifier, "from_model_file", counted)
    yield times
    times.clear()


def files(place: Path) -> list[Path]:
    return [path for path in place.rglob("languages-of-*") if path.is_file()]


def test_what_is_kept_says_the_same_of_every_text(unpacked: list[object]) -> None:
    first, again = langmodel.classifier(), langmodel.classifier()
    assert len(unpacked) == 1
    for text in TEXTS:
        assert again.rank(text) == first.rank(text)
    assert again.rank(TEXTS[2])[0][0] == "es"


@pytest.mark.usefixtures("small")
def test_what_is_damaged_is_none_and_kept_anew(place: Path, unpacked: list[object]) -> None:
    first = langmodel.classifier()
    assert first.rank("aax")[0][0] == "xx"
    (kept,) = files(place)
    data = kept.read_bytes()

    def leave(other: bytes) -> None:
        kept.unlink()  # It is looked at where it lies.
        kept.write_bytes(other)

    others = [b"", data[:10], data[:100]]
    for at in (0, 4, 30, len(data) // 2, -10, -1):
        changed = bytearray(data)
        changed[at] ^= 1
        others.append(bytes(changed))
    for times, other in enumerate(others, start=2):
        leave(other)
        assert langmodel.classifier().rank("ay") == first.rank("ay")
        assert len(unpacked) == times
        assert kept.read_bytes() == data


@pytest.mark.usefixtures("small")
def test_of_another_version_none_is_left(
    place: Path, unpacked: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    langmodel.classifier()
    before = files(place)
    monkeypatch.setattr(langmodel, "_FORM", b"other")
    langmodel.classifier()
    assert len(unpacked) == 2
    (after,) = files(place)
    assert after not in before


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("why", ["python keeps no code", "nothing can be written", "another model"])
def test_where_none_can_be_kept_it_is_unpacked(
    place: Path, unpacked: list[object], monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    if why == "python keeps no code":
        monkeypatch.setattr(sys, "dont_write_bytecode", True)
    elif why == "nothing can be written":
        shutil.rmtree(place)
        place.write_bytes(b"no folder")
    else:
        made = langid.LanguageIdentifier.__init__

        def wide(self: Any, table: Any, *args: Any, **options: Any) -> None:
            made(self, table.astype("f4"), *args, **options)

        monkeypatch.setattr(langid.LanguageIdentifier, "__init__", wide)
    for number in (1, 2):
        assert langmodel.classifier().rank("aay")[0][0] == "yy"
        assert len(unpacked) == number
    assert files(place) == []
