"""Verdicts, errors and times -> words, colour, shape and sound; no Qt, so everyone can speak."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from db.domain.errors import VanelError
from db.domain.programme import Access, Event, Place, Session
from db.domain.registration import Registration, Status
from db.domain.verdicts import BadgeNote, Outcome, Reason, Verdict
from desktop.phrases import LOOKS, MONTHS, PARTS, REASONS, STATES, WEEKDAYS, Look
from resources.words import Catalogue

NO_BREAK = "\u00a0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """All that is shown, played and announced for one verdict."""

    title: str  # ENTRY ALLOWED
    name: str  # who; where nobody is known, what is the matter
    line: str  # category and organisation
    why: str  # the reason, as one reads it aloud
    hint: str  # what to do next
    mood: str  # the pair of colours
    shape: str  # the drawing
    sound: str  # the sound, empty for none

    @property
    def text(self) -> str:
        """The answer in one paragraph, without the person's name."""
        return " ".join(part for part in (f"{self.title}.", self.why, self.hint) if part)

    @property
    def announcement(self) -> str:
        """What a screen reader says."""
        return " ".join(part for part in (f"{self.title}.", f"{self.name}.", self.why) if part)


@dataclass(frozen=True, slots=True)
class Told:
    """A failure in words: what happened, and the next step."""

    message: str
    next_step: str


@dataclass(frozen=True, slots=True)
class Speech:
    """One language and one event: turns what the desk knows into sentences."""

    catalogue: Catalogue
    event: Event | None = None

    def say(self, msgid: str, **parts: object) -> str:
        """Return the sentence in this language with its parts filled in."""
        text = self.catalogue.gettext(msgid) if msgid else ""
        return text.format(**parts) if parts else text

    def verdict(self, verdict: Verdict) -> Words:
        """Say one verdict."""
        look = LOOKS[verdict.outcome]
        phrase = REASONS[verdict.reason]
        parts = self._parts(verdict)
        person = verdict.person
        return Words(
            title=self._title(verdict, look),
            name=person.name if person else self.say(phrase.label),
            line=self.identity(person) if person else "",
            why=self._filled(phrase.why, parts),
            hint=self._hint(verdict, self._filled(phrase.then, parts)),
            mood=look.mood,
            shape=look.shape,
            sound=look.sound,
        )

    def label(self, outcome: Outcome) -> str:
        """Name an outcome in a word or two."""
        return self.say(LOOKS[outcome].label)

    def reason(self, reason: Reason) -> str:
        """Name a reason in a few words."""
        return self.say(REASONS[reason].label)

    def identity(self, person: Registration) -> str:
        """Return category and organisation, as far as they are known."""
        parts = (self.category(person.text("category")), person.text("organisation"))
        return " · ".join(part for part in parts if part)

    def category(self, category_id: str) -> str:
        """Name a category; one that the event does not know is said as written."""
        known = self.event.category(category_id) if self.event else None
        if known is None:
            return category_id
        return known.name_en or known.name if self.catalogue.lang == "en" else known.name

    def place(self, place_id: str) -> str:
        """Name a place."""
        known = self.event.place(place_id) if self.event else None
        return known.name if known else place_id

    def state(self, state: str) -> str:
        """Name what a person is now: inside, gone out, not here yet…"""
        return self.say(STATES.get(state, state))

    def time(self, at: datetime) -> str:
        """Return the time of day in the event's zone: «8 h 57», «8:57»."""
        local = self.event.local(at) if self.event else at.astimezone()
        if self.catalogue.lang == "en":
            return f"{local.hour}:{local.minute:02d}"
        return f"{local.hour}{NO_BREAK}h{NO_BREAK}{local.minute:02d}"

    def day(self, day: date) -> str:
        """Return a day with its weekday: «mercredi 22 mars»."""
        number = self.say("1st") if day.day == 1 else str(day.day)
        weekday, month = self.say(WEEKDAYS[day.weekday()]), self.say(MONTHS[day.month - 1])
        return f"{weekday} {number}{NO_BREAK}{month}"

    def when(self, at: datetime, now: datetime) -> str:
        """Return an instant as one says it now: «à 8 h 57», «hier à 9 h 12»."""
        if self.event is None:
            return self.say("at {time}", time=self.time(at))
        day, today = self.event.day(at), self.event.day(now)
        if day == today:
            return self.say("at {time}", time=self.time(at))
        if day == today - timedelta(days=1):
            return self.say("yesterday at {time}", time=self.time(at))
        return self.say("on {day} at {time}", day=self.day(day), time=self.time(at))

    def number(self, count: int) -> str:
        """Group the figures of a count by three: «1 284», «1,284»."""
        return f"{count:,}" if self.catalogue.lang == "en" else f"{count:,}".replace(",", "\u202f")

    def count(self, one: str, many: str, count: int) -> str:
        """Return the singular or the plural with its count as `{n}`."""
        return self.catalogue.ngettext(one, many, count).format(n=self.number(count))

    def days(self, person: Registration) -> str:
        """Name the days a registration is limited to."""
        return self.listed([self._day(text) for text in person.several("days")])

    def day_and_time(self, at: datetime) -> str:
        """Return a short date with its time: «22/03, 8 h 57»."""
        local = self.event.local(at) if self.event else at.astimezone()
        date_text = f"{local:%d/%m}" if self.catalogue.lang == "fr" else f"{local:%d %b}"
        return f"{date_text}, {self.time(at)}"

    def listed(self, names: list[str]) -> str:
        """Join names as one says them: «élus, presse et partenaires»."""
        if len(names) < 2:
            return "".join(names)
        return self.say("{some} and {last}", some=", ".join(names[:-1]), last=names[-1])

    def error(self, error: BaseException) -> Told:
        """Say a failure; one that is not ours is a bug, and is said as such."""
        if not isinstance(error, VanelError):
            return Told(
                self.say("Something unexpected happened, and it was not foreseen."),
                self.say(
                    "Nothing that was shown as recorded is lost. Go on; a report was kept on"
                    " this computer."
                ),
            )
        return Told(
            self.filled(error.message, error.parts), self.filled(error.next_step, error.parts)
        )

    def filled(self, msgid: str, parts: Mapping[str, object]) -> str:
        """Return a sentence whose parts may themselves be sentences."""
        return self._filled(msgid, {key: self._part(value) for key, value in parts.items()})

    def _part(self, value: object) -> object:
        return self.say(PARTS.get(value, value)) if isinstance(value, str) else value

    def _filled(self, msgid: str, parts: dict[str, object]) -> str:
        return self.say(msgid).format_map(_Known(parts)) if msgid else ""

    def _title(self, verdict: Verdict, look: Look) -> str:
        if verdict.outcome is Outcome.REFUSED and not verdict.entry:
            return self.say("EXIT NOT RECORDED")
        if verdict.outcome is Outcome.ALREADY_IN and verdict.first is not None:
            return self.say(
                "ENTRY ALREADY MADE {when}, {place}",
                when=self.when(verdict.first.at, verdict.at),
                place=self.place(verdict.first.place),
            )
        return self.say(look.title)

    def _hint(self, verdict: Verdict, then: str) -> str:
        notes = [then]
        if verdict.badge is BadgeNote.OWED:
            notes.append(self.say("The badge is on its way to the printer."))
        elif verdict.badge is BadgeNote.LIVE and verdict.admitted:
            notes.append(self.say("The badge is made already."))
        if verdict.waiting:
            notes.append(self.say("Nothing is recorded until you decide."))
        if verdict.declared:
            notes.append(self.say("Entered afterwards."))
        if verdict.outside_days:
            notes.append(self.say("Today is not a day of this event."))
        return " ".join(note for note in notes if note)

    def _parts(self, verdict: Verdict) -> dict[str, object]:
        person = verdict.person
        first = verdict.first
        session, place = self._where(verdict)
        access = session.access if session else place.access if place else Access()
        return {
            "first": self.when(first.at, verdict.at) if first else "",
            "instruction": self._instruction(person) if person else "",
            "days": self.days(person) if person else "",
            "session": session.title if session else place.name if place else "",
            "reserved": self._reserved(access, session),
            "authorises": access.authorises.rstrip(".") or self.say("the organising team"),
            "state": self._state(verdict),
        }

    def _where(self, verdict: Verdict) -> tuple[Session | None, Place | None]:
        if self.event is None:
            return None, None
        session = self.event.session(verdict.session) if verdict.session else None
        return session, self.event.place(verdict.place)

    def _instruction(self, person: Registration) -> str:
        own = person.text("instruction")
        known = self.event.category(person.text("category")) if self.event else None
        return own or (known.instruction if known else "")

    def _day(self, text: str) -> str:
        try:
            return self.day(date.fromisoformat(text))
        except ValueError:
            return text

    def _reserved(self, access: Access, session: Session | None) -> str:
        names = self.listed([self.category(c) for c in access.categories])
        if session is not None:
            return self.say("This session is reserved: {categories}.", categories=names)
        return self.say("This place is reserved: {categories}.", categories=names)

    def _state(self, verdict: Verdict) -> str:
        if verdict.first is None:
            status = verdict.person.status if verdict.person else Status.CONFIRMED
            return "" if status is Status.CONFIRMED else f"{self.state(str(status))}."
        return self.say(
            "Entry recorded {when}, {place}.",
            when=self.when(verdict.first.at, verdict.at),
            place=self.place(verdict.first.place),
        )


class _Known(dict[str, object]):
    """Parts of a sentence; a missing one shows as an ellipsis rather than failing."""

    def __missing__(self, key: str) -> str:
        return "…"
