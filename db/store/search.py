"""Search per keystroke: folded prefixes in any order; typo tolerance stands elsewhere."""

from typing import TYPE_CHECKING, Final

from db.domain.imports import keys_of
from db.domain.names import folded
from db.domain.registration import Registration
from db.store.roster import FAMILY_MARK, decoded, search_text

if TYPE_CHECKING:
    import sqlite3 as dbapi

MIN_LETTERS: Final = 2


def search(conn: "dbapi.Connection", text: str, limit: int) -> list[Registration]:
    """Return up to `limit` people whose folded words begin with each word typed, best first.

    Family names are asked for first, so that «martin» gives the Martins before the rue
    Saint-Martin; no bm25, which reads every hit of a short prefix.
    """
    words = folded(text).split()
    if sum(map(len, words)) < MIN_LETTERS or limit <= 0:
        return []
    exact = [f'"{FAMILY_MARK}{words[0]}"', *_prefixes(words[1:])]
    family = [f'"{FAMILY_MARK}{words[0]}"*', *_prefixes(words[1:])]
    hits: dict[int, None] = {}
    for query in (exact, family, _prefixes(words)):
        if len(hits) < limit:
            hits |= dict.fromkeys(_hits(conn, " ".join(query), limit + len(hits)))
    found = [_person(conn, pk) for pk in list(hits)[:limit]]
    return sorted(found, key=lambda person: rank(person, words))


def _prefixes(words: list[str]) -> list[str]:
    return [f'"{word}"*' for word in words]


def _hits(conn: "dbapi.Connection", query: str, limit: int) -> list[int]:
    rows = conn.execute(
        "SELECT rowid FROM search WHERE search MATCH ? LIMIT ?", (query, limit)
    ).fetchall()
    return [row[0] for row in rows]


def _person(conn: "dbapi.Connection", pk: int) -> Registration:
    person, fields = conn.execute("SELECT id, fields FROM person WHERE pk = ?", (pk,)).fetchone()
    return Registration(person.hex(), decoded(fields))


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
