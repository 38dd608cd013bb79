"""Small files: the old one or the new one, never a part."""

import stat
import sys
from pathlib import Path

import pytest

from db.store.files import write_whole


def test_a_file_is_replaced_whole_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    for data in (b"one", b"another"):
        write_whole(file, data)
        assert file.read_bytes() == data
    assert [*tmp_path.iterdir()] == [file]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_a_secret_is_never_readable_by_others(tmp_path: Path) -> None:
    write_whole(tmp_path / "keys.json", b"{}", mode=0o600)
    assert stat.S_IMODE((tmp_path / "keys.json").stat().st_mode) == 0o600


def test_a_write_that_fails_keeps_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "settings.json"
    write_whole(file, b"the one before")

    def fails(_: int) -> None:
        raise OSError(28, "as the disk says")

    monkeypatch.setattr("os.fsync", fails)
    with pytest.raises(OSError, match="disk"):
        write_whole(file, b"half")
    assert file.read_bytes() == b"the one before"
    assert [*tmp_path.iterdir()] == [file]
