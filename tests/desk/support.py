"""A desk of the forum, and guests registered at it."""

from dataclasses import replace

from db.desk.desk import Desk, load_event, open_desk
from db.domain.facts import Fact
from db.domain.programme import Event
from db.domain.registration import Value
from db.store.home import Home
from db.wire import fact_of
from tests.fixed import Chance, FixedClock, Ids
from tests.forum import FORUM

DOOR, ROOM, GALA = "accueil", "auditorium", "gala"
CAPPED = replace(
    FORUM, places=tuple(replace(p, capacity=1) if p.id == ROOM else p for p in FORUM.places)
)


def desk_at(home: Home, clock: FixedClock, event: Event = FORUM, life: int = 1) -> Desk:
    """Open a desk on an event, made when the home does not hold it."""
    return load_event(home, event, clock=clock, new_id=Ids(life), token=Chance(life))


def beside(desk: Desk, clock: FixedClock, life: int = 2) -> Desk:
    """Open the same home a second time, as another process would."""
    return open_desk(Home(desk.home.folder), clock=clock, new_id=Ids(life), token=Chance(life))


def guest(desk: Desk, code: str = "VNL-1", **fields: Value) -> str:
    """Register somebody with a ticket; return their id."""
    usual: dict[str, Value] = {
        "given_name": "Zoé", "family_name": "Œuvre", "category": "elu", "code": (code,),
    }  # fmt: skip
    person, _ = desk.people.register({**usual, **fields})
    return person


def facts(desk: Desk) -> list[Fact]:
    """Return the whole log, in order of arrival."""
    rows = sorted(desk.store.log.rows(), key=lambda row: row[5])
    return [fact_of(row[3]) for row in rows]


def everything(desk: Desk) -> bytes:
    """Return every value of every table, decrypted, as one string of bytes."""
    conn = desk.store.conn
    tables = conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    values = bytearray()
    for (table,) in tables:
        for row in conn.execute(f'SELECT * FROM "{table}"'):  # noqa: S608 - our own schema
            for value in row:
                values += value if isinstance(value, bytes) else str(value).encode()
                values += b"\n"
    return bytes(values)
