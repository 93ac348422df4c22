"""The store can only save time: whatever happens to its file, no wrong value comes back."""

from __future__ import annotations

import pickle
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from mkdocs_briefings.building import store as module
from mkdocs_briefings.building.store import Store


def filled(path: Path) -> None:
    with Store(path, "1") as store:
        for number in range(50):
            store.put("page", f"p{number}", bytes([number]) * 400)
        store.put("record", "p1", b"another kind")
        assert store.save()


def values(path: Path, version: str = "1") -> dict[str, bytes]:
    with Store(path, version) as store:
        return dict(store.all("page"))


def test_what_was_saved_is_there_again(tmp_path: Path) -> None:
    path = tmp_path / "cache" / "store.sqlite3"
    filled(path)
    with Store(path, "1") as store:
        assert store.get("page", "p7") == b"\7" * 400
        assert store.get("record", "p1") == b"another kind"
        assert store.get("page", "p99") is None
        store.put("page", "p7", b"new")
        store.keep_only("page", ["p7", "p8"])
        assert sorted(store.all("page")) == ["p7", "p8"]
    assert len(values(path)) == 50, "nothing is written before it is saved"


def test_much_is_saved_before_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "store.sqlite3"
    filled(path)
    monkeypatch.setattr(module, "_WAITING", 1_000)
    with Store(path, "1") as store:
        store.keep_only("page", ["p1", "p2"])
        for number in range(10):
            store.put("page", f"n{number}", bytes([number]) * 300)
        store.put("page", "n0", b"again")
        assert store.get("page", "n1") == b"\1" * 300
        assert sorted(store.all("page"))[-2:] == ["p1", "p2"]
    # As after a kill: what was saved is there, the rest is not, and nothing is half.
    after = values(path)
    assert {"n0", "n1", "n2", "n3", "p1", "p2"} <= after.keys()
    assert "n9" not in after
    assert after["n0"] == bytes(300), "the last word on it was not saved"
    assert "p3" not in after


def test_a_first_build_asks_only_for_what_it_wrote(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, ...]] = []
    rows = Store._rows

    def noted(self: Store, query: str, *values: str) -> Iterator[tuple[Any, ...]]:
        asked.append(values)
        return rows(self, query, *values)

    monkeypatch.setattr(module, "_WAITING", 1_000)
    monkeypatch.setattr(Store, "_rows", noted)
    path = tmp_path / "store.sqlite3"
    for found in (None, bytes(300)):
        with Store(path, "1") as store:
            assert store.get("page", "n0") == found
            for number in range(10):
                store.put("page", f"n{number}", bytes([number]) * 300)
            assert store.get("page", "n0") == bytes(300)
            assert store.get("page", "n10") is None
            store.keep_only("page", ["n1"])
            assert store.save()
            assert store.get("page", "n0") is None
            assert store.get("page", "n1") == b"\1" * 300
            store.keep_only("page", ["n0"])
            store.put("page", "n0", bytes(300))
            assert store.save()
        if found is None:
            # Of many questions those for what is in the file alone went there.
            gets = [values for values in asked if len(values) == 2]
            assert {key for _, key in gets} == {"n0", "n1"}


def test_where_it_cannot_be_saved_early_it_is_at_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "store.sqlite3"
    filled(path)
    monkeypatch.setattr(module, "_WAITING", 1_000)
    other = sqlite3.connect(path)
    with Store(path, "1") as store:
        other.execute("begin immediate")
        for number in range(10):
            store.put("page", f"n{number}", bytes([number]) * 300)
        other.rollback()
        store.put("page", "last", b"last")
        assert "n5" not in values(path)
        assert store.save()
    other.close()
    assert {f"n{number}" for number in range(10)} | {"last"} <= values(path).keys()


def test_what_is_not_kept_is_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite3"
    filled(path)
    with Store(path, "1") as store:
        store.keep_only("page", ["p3"])
        assert store.save()
    assert list(values(path)) == ["p3"]
    with Store(path, "1") as store:
        assert store.get("record", "p1") == b"another kind"


def test_another_version_starts_empty(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite3"
    filled(path)
    assert values(path, "2") == {}
    assert values(path, "1") == {}, "it was emptied, not hidden"


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def _noise(path: Path) -> None:
    path.write_bytes(b"\x93noise" * 4000)


def _pickled(path: Path) -> None:
    path.write_bytes(pickle.dumps({"page": {"p1": b"x"}}))


def _foreign(path: Path) -> None:
    path.unlink()
    database = sqlite3.connect(path)
    database.execute("create table entries (something integer)")
    database.commit()
    database.close()


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("harm", [_cut, _noise, _pickled, _foreign, _folder])
def test_a_spoilt_file_costs_only_time(tmp_path: Path, harm: Callable[[Path], None]) -> None:
    path = tmp_path / "store.sqlite3"
    filled(path)
    harm(path)
    with Store(path, "1") as store:
        for key, value in store.all("page").items():
            assert value == bytes([int(key[1:])]) * 400
        store.put("page", "p1", b"fresh")
        store.save()
        assert store.get("page", "p1") == b"fresh"


def test_flipped_bytes_never_come_back_as_a_value(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite3"
    filled(path)
    whole = path.read_bytes()
    for at in range(4096, len(whole), 97):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x5A]) + whole[at + 1 :])
        for key, value in values(path).items():
            assert value == bytes([int(key[1:])]) * 400, f"byte {at}"
        path.unlink(missing_ok=True)


def test_a_row_in_another_place_is_not_believed(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite3"
    filled(path)
    database = sqlite3.connect(path)
    database.execute("update entries set key = 'p1' where key = 'p49' and kind = 'x'")
    database.execute("delete from entries where kind = 'page' and key = 'p1'")
    database.execute("update entries set key = 'p1' where kind = 'page' and key = 'p2'")
    database.commit()
    database.close()
    assert "p1" not in values(path)


def test_two_at_once_do_not_hurt_each_other(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite3"
    filled(path)
    with Store(path, "1") as one, Store(path, "1") as two:
        one.put("page", "p1", b"one")
        two.put("page", "p1", b"two")
        assert one.save()
        assert two.save()
    assert values(path)["p1"] in {b"one", b"two"}


def test_without_a_place_to_write_it_does_without(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    with Store(blocked / "store.sqlite3", "1") as store:
        store.put("page", "p1", b"x")
        assert store.get("page", "p1") == b"x"
        assert not store.save()
