"""The schema: made once, left alone when current, refused when newer."""

from pathlib import Path

import pytest

from db.store.connection import connect
from db.store.errors import NewerDatabase
from db.store.migrations import STEPS, migrate
from tests.store.support import KEY, dbapi, raw

TABLES = {
    "meta", "desk", "fact", "detail", "person", "credential", "origin", "clue", "presence", "job",
    "search",
}  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "desk.db"


def schema(conn: "dbapi.Connection") -> list[tuple[str, str]]:
    return conn.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()


def test_a_fresh_database_gets_every_table_and_its_number(path: Path) -> None:
    conn = connect(path, KEY)
    migrate(conn)
    assert {name for name, _ in schema(conn)} >= TABLES
    assert conn.execute("PRAGMA user_version").fetchone()[0] == len(STEPS)
    assert not conn.in_transaction
    conn.close()


def test_a_current_database_is_left_alone(path: Path) -> None:
    conn = connect(path, KEY)
    migrate(conn)
    before = schema(conn), conn.total_changes
    migrate(conn)
    assert (schema(conn), conn.total_changes) == before
    conn.close()


def test_steps_that_stopped_before_the_number_was_written_go_on(path: Path) -> None:
    conn = connect(path, KEY)
    migrate(conn)
    before = schema(conn)
    conn.execute("INSERT INTO meta VALUES ('desk', '01')")
    conn.execute("PRAGMA user_version = 0")
    migrate(conn)
    assert schema(conn) == before
    assert conn.execute("SELECT value FROM meta").fetchall() == [("01",)]
    assert conn.execute("PRAGMA user_version").fetchone()[0] == len(STEPS)
    conn.close()


def test_a_newer_database_is_refused_and_not_touched(path: Path) -> None:
    conn = connect(path, KEY)
    migrate(conn)
    conn.execute("CREATE TABLE of_tomorrow (x)")
    conn.execute(f"PRAGMA user_version = {len(STEPS) + 1}")
    conn.close()
    before = path.read_bytes()
    conn = connect(path, KEY)
    with pytest.raises(NewerDatabase) as caught:
        migrate(conn)
    conn.close()
    assert path.read_bytes() == before
    assert f"format {len(STEPS) + 1}, this one reads {len(STEPS)}" in str(caught.value)
    assert "Nothing was changed" in str(caught.value)


@pytest.mark.parametrize("table", ["fact", "detail", "person", "presence", "job"])
def test_tables_take_only_the_types_they_were_made_for(path: Path, table: str) -> None:
    conn = connect(path, KEY)
    migrate(conn)
    assert "STRICT" in dict(schema(conn))[table]
    conn.close()


def test_a_fact_may_have_no_twin_and_no_number_may_repeat(path: Path) -> None:
    conn = connect(path, KEY)
    migrate(conn)
    insert = (
        "INSERT INTO fact (id, desk, number, kind, at, envelope, hash)"
        " VALUES (?, 1, ?, 'entered', 0, x'', x'')"
    )
    conn.execute(insert, (b"a", 1))
    for twin in ((b"a", 2), (b"b", 1)):
        with pytest.raises(dbapi.IntegrityError):
            conn.execute(insert, twin)
    conn.close()


def test_the_schema_opens_with_the_key_only(path: Path) -> None:
    conn = connect(path, KEY)
    migrate(conn)
    conn.close()
    stranger = raw(path, None)
    with pytest.raises(dbapi.DatabaseError):
        schema(stranger)
    stranger.close()
