"""Search per keystroke: folded prefixes in any order; typo tolerance stands elsewhere."""

from typing import TYPE_CHECKING, Final

from db.domain.imports import keys_of
from db.domain.names import folded
from db.domain.registration import Registration
from db.store.roster import decoded, search_text

if TYPE_CHECKING:
    import sqlite3 as dbapi

MIN_LETTERS: Final = 2
POOL: Final = 200
"""How many hits are looked at to show the best few (no bm25 on short prefixes)."""


def search(conn: "dbapi.Connection", text: str, limit: int) -> list[Registration]:
    """Return up to `limit` people whose folded words begin with each word typed, best first."""
    words = folded(text).split()
    if sum(map(len, words)) < MIN_LETTERS or limit <= 0:
        return []
    query = " ".join(f'"{word}"*' for word in words)
    rows = conn.execute(
        "SELECT id, fields FROM person WHERE pk IN"
        " (SELECT rowid FROM search WHERE search MATCH ? LIMIT ?)",
        (query, max(POOL, limit)),
    ).fetchall()
    people = [Registration(person.hex(), decoded(fields)) for person, fields in rows]
    return sorted(people, key=lambda p: rank(p, words))[:limit]


def rank(person: Registration, words: list[str]) -> tuple[int, str, str]:
    """Put whole names first, then family names that begin so, then the rest, each in order."""
    family, given = folded(person.text("family_name")), folded(person.text("given_name"))
    starts = family.split() + given.split()
    if all(word in starts for word in words):
        place = 0
    elif family.startswith(words[0]):
        place = 1
    elif all(any(name.startswith(word) for name in starts) for word in words):
        place = 2
    else:
        place = 3
    return (place, family, given)


def indexed(conn: "dbapi.Connection", pk: int, person: Registration) -> bool:
    """Tell whether the index finds this person by all of their words."""
    words = sorted(set(search_text(person.fields, keys_of(person.fields)).split()))
    if not words:
        return True
    query = " ".join(f'"{word}"' for word in words)
    row = conn.execute(
        "SELECT 1 FROM search WHERE search MATCH ? AND rowid = ?", (query, pk)
    ).fetchone()
    return row is not None
