"""An event and its people, kept in memory, for the tests of tables."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from db.domain.imports import Add, Keys, Plan, keys_of
from db.domain.programme import Category, Event, Place, PlaceKind, Session
from db.domain.registration import Fields, Registration

FORUM = Event(
    id="forum",
    name="Forum",
    zone="Europe/Paris",
    days=(date(2023, 3, 22), date(2023, 3, 23)),
    places=(
        Place(id="hall", name="Le hall", kind=PlaceKind.BUILDING),
        Place(id="gala", name="Soirée de gala", kind=PlaceKind.OUTSIDE),
    ),
    sessions=(
        Session(
            id="culture-d",
            title="Masterclass : Culture D.",
            place="hall",
            starts=datetime(2023, 3, 22, 9, tzinfo=UTC),
        ),
        Session(
            id="expo",
            title="Cocktail déjeunatoire, visite de l'espace expo",
            place="hall",
            starts=datetime(2023, 3, 22, 12, tzinfo=UTC),
        ),
        Session(
            id="gala",
            title="Soirée de gala du Forum",
            place="gala",
            starts=datetime(2023, 3, 22, 18, tzinfo=UTC),
        ),
    ),
    categories=(
        Category(id="elu", name="Élu·e", name_en="Elected official", synonyms=("élus", "maire")),
        Category(id="presse", name="Presse", name_en="Press", synonyms=("journaliste",)),
    ),
)


@dataclass
class People:
    """Everybody an event knows; a plan can be stored here."""

    now: dict[str, Fields] = field(default_factory=dict)
    by_tables: dict[str, Fields] = field(default_factory=dict)

    def store(self, plan: Plan) -> None:
        """Do what the plan says."""
        for step in plan:
            person = f"{len(self.now) + 1:032x}" if isinstance(step, Add) else step.person
            changes = step.fields if isinstance(step, Add) else step.changes
            for kept in (self.now, self.by_tables):
                kept[person] = Registration(person, kept.get(person, {})).amended(changes).fields

    def register(self, fields: Mapping[str, str]) -> str:
        """Add somebody at the desk."""
        person = f"{len(self.now) + 1:032x}"
        self.now[person] = dict(fields)
        return person

    def by_external(self, external: str) -> list[str]:
        return [person for person, keys in self._keys() if keys.external == external]

    def by_order(self, order: str) -> list[str]:
        return [person for person, keys in self._keys() if keys.order == order]

    def by_code(self, code: str) -> list[str]:
        return [person for person, keys in self._keys() if code in keys.codes]

    def by_mail_name(self, mail: str, name: str) -> list[str]:
        return [p for p, keys in self._keys() if (keys.mail, keys.name) == (mail, name)]

    def by_name_org(self, name: str, organisation: str) -> list[str]:
        wanted = (name, organisation)
        return [p for p, keys in self._keys() if (keys.name, keys.organisation) == wanted]

    def fields(self, person: str) -> Fields:
        return self.now[person]

    def told(self, person: str) -> Fields:
        return self.by_tables.get(person, {})

    def imported_ids(self) -> Iterable[str]:
        return list(self.by_tables)

    def _keys(self) -> Iterator[tuple[str, Keys]]:
        return ((person, keys_of(fields)) for person, fields in self.now.items())
