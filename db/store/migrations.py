"""The schema, as named steps that are never edited once released (sqlite-utils).

`PRAGMA user_version` counts the steps, so that a desk whose schema is current never loads the
migration machinery, and an older Vanel knows a newer database.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from db.store.errors import NewerDatabase

if TYPE_CHECKING:
    import sqlite3 as dbapi

    from sqlite_utils import Database


def m001_log(db: "Database") -> None:
    """Facts in arrival order: `seq` is local, `id` global; envelopes as the bytes received.

    `at` is the instant that orders: effective, else wall + offset, else the declared one (µs).
    """
    _run(
        db,
        """
        CREATE TABLE meta (key TEXT PRIMARY KEY, value ANY) STRICT, WITHOUT ROWID;
        CREATE TABLE desk (pk INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, name TEXT) STRICT;
        CREATE TABLE fact (
            seq INTEGER PRIMARY KEY,
            id BLOB NOT NULL UNIQUE,
            desk INTEGER NOT NULL REFERENCES desk (pk),
            number INTEGER NOT NULL,
            kind TEXT NOT NULL,
            person BLOB,
            place TEXT,
            refers BLOB,
            at INTEGER NOT NULL,
            envelope BLOB NOT NULL,
            hash BLOB NOT NULL,
            UNIQUE (desk, number)
        ) STRICT;
        CREATE INDEX fact_person ON fact (person, kind) WHERE person IS NOT NULL;
        CREATE INDEX fact_scan ON fact (at) WHERE kind IN ('entered', 'left', 'turned-away');
        CREATE INDEX fact_undone ON fact (refers) WHERE kind = 'undone';
        CREATE TABLE detail (
            fact INTEGER PRIMARY KEY REFERENCES fact (seq), salt BLOB NOT NULL, body BLOB NOT NULL
        ) STRICT;
    """,
    )


def m002_roster(db: "Database") -> None:
    """Registrations and what finds them: credentials, foreign ids, clues, folded text."""
    _run(
        db,
        """
        CREATE TABLE person (
            pk INTEGER PRIMARY KEY,
            id BLOB NOT NULL UNIQUE,
            fields BLOB NOT NULL,
            standing INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX person_cancelled ON person (pk) WHERE standing = 0;
        CREATE TABLE credential (
            code TEXT PRIMARY KEY, person INTEGER NOT NULL, kind TEXT NOT NULL,
            live INTEGER NOT NULL DEFAULT 1
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX credential_person ON credential (person);
        CREATE TABLE origin (
            source TEXT NOT NULL, external TEXT NOT NULL, person INTEGER NOT NULL,
            PRIMARY KEY (source, external)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE clue (
            hash INTEGER NOT NULL, person INTEGER NOT NULL, PRIMARY KEY (hash, person)
        ) STRICT, WITHOUT ROWID;
        CREATE VIRTUAL TABLE search USING fts5 (
            text, content='', contentless_delete=1, detail=none, prefix='1 2 3',
            tokenize="unicode61 remove_diacritics 0"
        );
    """,
    )


def m003_projections(db: "Database") -> None:
    """Where people are, and the badges owed; both are rebuilt from the log."""
    _run(
        db,
        """
        CREATE TABLE presence (
            person BLOB PRIMARY KEY,
            inside INTEGER NOT NULL, room TEXT, apart TEXT,
            since INTEGER, day TEXT, badge INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE job (
            fact INTEGER PRIMARY KEY REFERENCES fact (seq),
            person BLOB NOT NULL, printer TEXT NOT NULL, state TEXT NOT NULL,
            reason TEXT NOT NULL, copy INTEGER NOT NULL, changed INTEGER NOT NULL
        ) STRICT;
    """,
    )


STEPS: Final[tuple[Callable[["Database"], None], ...]] = (
    m001_log,
    m002_roster,
    m003_projections,
)


def _run(db: "Database", script: str) -> None:
    """Run each statement inside the step's own transaction."""
    for statement in script.split(";\n"):
        if statement.strip():
            db.execute(statement)


def migrate(conn: "dbapi.Connection") -> None:
    """Bring the schema up to date; refuse a newer one, touching nothing."""
    found = int(conn.execute("PRAGMA user_version").fetchone()[0])
    if found > len(STEPS):
        raise NewerDatabase(found=found, known=len(STEPS))
    if found < len(STEPS):
        _apply(conn)


def _apply(conn: "dbapi.Connection") -> None:
    from sqlite_utils import Database, Migrations

    schema = Migrations("vanel")
    for step in STEPS:
        schema()(step)
    schema.apply(Database(conn))
    conn.execute(f"PRAGMA user_version = {len(STEPS)}")
