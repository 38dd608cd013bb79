"""Which column is which field: French and English titles, and those of registration systems."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from db.domain.errors import UsageError
from db.domain.names import folded
from db.domain.registration import ANSWER, FIELDS, LIST_FIELDS
from db.exchange.values import line
from db.exchange.vocabulary import Vocabulary

NAME: Final = "name"  # given and family name in one cell
POSITION: Final = "position"  # of a person in an order
IGNORED: Final = "ignore"
CANCELLED: Final = "if:cancelled"  # yes: the registration does not stand
PAID: Final = "if:paid"  # no: the payment is awaited
SESSION: Final = "session:"
OPTION: Final = "option:"
DAY: Final = "day:"
FLAGS: Final = {SESSION: "sessions", OPTION: "options", DAY: "days"}
"""Columns that tell one value of a several-valued field by yes or no."""

MAPPABLE: Final = (*FIELDS, NAME, POSITION, IGNORED)

TITLES: Final[Mapping[str, tuple[str, ...]]] = {
    "id": (
        "id", "identifiant", "uid", "uuid", "id participant", "id du participant",
        "identifiant participant", "identifiant du participant", "matricule",
        "numero d inscription", "n d inscription", "attendee id", "attendee number",
        "participant id", "identifier",
        "registration id", "registration number", "external id", "contact id",
    ),
    "given_name": (
        "nom du participant prenom", "attendee name given name", "attendee name first name",
        "prenom du participant", "prenom participant", "attendee first name", "prenom", "prenoms",
        "given name", "first name", "firstname", "forename", "prenom usuel",
    ),
    "family_name": (
        "nom du participant nom de famille", "nom du participant nom", "attendee name family name",
        "attendee name last name", "attendee last name", "nom de famille", "nom usuel",
        "nom d usage", "nom patronymique", "patronyme", "family name", "last name", "lastname",
        "surname",
    ),
    NAME: (
        "nom du participant", "attendee name", "nom et prenom", "nom et prenoms", "prenom et nom",
        "nom prenom", "prenom nom", "nom complet", "full name", "participant", "participants",
        "participante", "participant e", "invite", "invite e", "nom de l invite", "attendee",
        "attendees", "guest", "guest name", "identite", "nom", "name",
    ),
    "title": (
        "nom du participant titre", "attendee name title", "civilite", "titre", "title",
        "salutation",
    ),
    "function": (
        "fonction", "fonctions", "poste", "qualite", "mandat", "metier", "profession",
        "intitule de poste", "intitule du poste", "function", "job title", "job", "role",
        "job position", "occupation", "position",
    ),
    "organisation": (
        "organisation", "organisme", "structure", "societe", "entreprise", "collectivite",
        "etablissement", "institution", "administration", "employeur", "raison sociale",
        "nom de la structure", "nom de l organisme", "nom de l organisation",
        "nom de la collectivite", "nom de l entreprise", "collectivite organisme",
        "organisme collectivite", "company", "company name", "organization", "organisation name",
        "organization name", "affiliation", "employer",
    ),
    "commune": ("commune", "ville", "localite", "city", "town", "municipality"),
    "category": (
        "categorie", "category", "type de participant", "type d inscription", "type de billet",
        "type de badge", "profil", "type d inscrit", "attendee type", "registration type",
        "ticket type", "badge type", "produit", "product", "tarif", "article", "item", "type",
    ),
    "email": (
        "e mail du participant", "adresse e mail du participant", "email du participant",
        "attendee email", "attendee e mail", "e mail", "email", "mail", "courriel",
        "adresse e mail", "adresse email", "adresse mail", "adresse courriel",
        "adresse electronique", "e mail professionnel", "email professionnel", "mel",
        "e mail address", "email address",
    ),
    "phone": (
        "telephone du participant", "attendee phone", "telephone", "tel", "telephone portable",
        "telephone mobile", "mobile", "portable", "numero de telephone", "n de telephone", "gsm",
        "phone", "phone number", "telephone number", "mobile phone", "cell phone",
    ),
    "language": (
        "langue", "langue preferee", "language", "preferred language", "langue de la commande",
        "order locale", "locale",
    ),
    "order": (
        "commande", "code de commande", "code de la commande", "numero de commande",
        "n de commande", "n commande", "reference de commande", "reference de la commande",
        "order", "order code", "order number", "order id", "order reference",
        "booking reference",
    ),
    POSITION: (
        "id de position", "id de la position", "id du poste", "identifiant de position",
        "numero de position", "position dans la commande", "position id", "position number",
    ),
    "status": (
        "statut de l inscription", "statut d inscription", "etat de l inscription", "statut",
        "statut de la commande", "statut de commande", "etat", "statut du paiement",
        "registration status", "attendee status", "status", "order status", "payment status",
    ),
    CANCELLED: ("annule", "annulee", "annulation", "cancelled", "canceled"),
    PAID: ("paye", "payee", "regle", "paid"),
    "instruction": (
        "consigne", "consignes", "consigne d accueil", "consigne accueil", "message d accueil",
        "instruction", "instructions", "check in instruction", "check in text",
    ),
    "delegation": ("delegation", "groupe", "group"),
    "assistance": (
        "assistance", "accessibilite", "besoin d assistance", "besoins d assistance",
        "besoin specifique", "besoins specifiques", "besoins particuliers", "pmr", "handicap",
        "accessibility", "accessibility needs", "special needs", "access needs",
    ),
    "image_consent": (
        "droit a l image", "droit image", "consentement image", "consentement photo",
        "autorisation image", "autorisation droit a l image", "autorisation de droit a l image",
        "image consent", "photo consent", "consent to photos",
    ),
    "note": (
        "note", "notes", "remarque", "remarques", "commentaire", "commentaires", "observation",
        "observations", "comment", "comments", "remark", "remarks",
    ),
    "code": (
        "code", "codes", "code du billet", "code billet", "code barres", "code a barres",
        "code barre", "qr code", "qrcode", "code qr", "numero de billet", "numero du billet",
        "n de billet", "n billet", "e billet", "secret", "secret du billet", "ticket code",
        "ticket number", "ticket id", "ticket secret", "barcode", "barcode number",
        "e ticket", "eticket",
    ),
    "sessions": (
        "sessions", "session", "seances", "seance", "ateliers", "atelier", "inscriptions",
        "inscriptions aux ateliers", "inscriptions aux sessions", "ateliers choisis",
        "sessions choisies", "masterclass", "masterclasses", "workshops", "workshop",
        "session registrations",
    ),
    "options": ("options", "option", "extras", "prestations", "add ons"),
    "days": (
        "jours", "jour", "jours de presence", "jour de presence", "jour s de presence",
        "dates de presence", "date de presence", "presence", "journees", "journee", "jour s",
        "days", "day", "attendance days", "day s",
    ),
}  # fmt: skip
"""Folded titles of each field, the surest first: of two columns the surer one is the field."""

_FIELD_OF: Final = {
    title: (field, rank)
    for field, titles in TITLES.items()
    for rank, title in enumerate((folded(field), *titles))
}
_LITTLE: Final = frozenset({
    "de", "du", "des", "la", "le", "les", "l", "d", "votre", "vos", "the", "of", "your",
    "my", "mon", "ma",
})  # fmt: skip


def _bag(title: str) -> tuple[str, ...]:
    """Return the words that count, in no order: «Code du billet» is «Billet code»."""
    return tuple(sorted(word for word in title.split() if word not in _LITTLE))


_FIELD_OF_BAG: Final = {_bag(title): found for title, found in reversed(_FIELD_OF.items())}
_TELLING: Final = frozenset({NAME, "id", "given_name", "family_name", "email", "code"})
_ENOUGH: Final = _TELLING | {"organisation", "order"}
_SURNAMES: Final = frozenset({"nom", "name"})
_OF_SOMEBODY: Final = frozenset({
    "nom participant", "nom du participant", "nom de la participante", "nom invite",
    "nom de l invite", "nom inscrit", "nom de l inscrit", "attendee name", "guest name",
    "participant name",
})  # fmt: skip
"""Whole names as a rule; the surname where the given name has a column and it has none."""
_ASIDE: Final = re.compile(r"\s*[(\[][^)\]\d]*[)\]]")
_QUESTION: Final = re.compile(
    r"(?:(?:a|dans|pour) )?(?:quel|quelle|quels|quelles|what|which) (?:est |sont |is |are )?"
    r"(.*?)(?: (?:souhaitez|desirez|voulez|serez|viendrez|would|will|do) (?:vous|you)\b.*)?"
)  # what a form asks around the word that counts
_LABEL: Final = re.compile(r"[*:\s]+$")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: where, its title as kept, and the field it tells."""

    index: int
    header: str
    field: str


def field_of(header: str) -> tuple[str, int]:
    """Return the field a title names and how sure that is, 0 the surest; no field is empty."""
    if header in FIELDS or header.startswith(ANSWER):
        return header, 0
    header = header.replace("#", " number ")
    plain = folded(_ASIDE.sub("", header))
    asked = _QUESTION.fullmatch(plain)
    for title in (folded(header), plain, asked[1] if asked else plain):
        found = _FIELD_OF.get(title) or _FIELD_OF_BAG.get(_bag(title))
        if found:
            return found[0], found[1] + 1
    return "", 0


def header_score(cells: Sequence[str], mapping: Mapping[str, str]) -> int:
    """Say how much a row looks like column titles; without a sign of a person it does not."""
    wanted = {folded(column): field for column, field in mapping.items()}
    fields = {wanted.get(folded(cell)) or field_of(cell.strip())[0] for cell in cells if cell}
    chosen = sum(1 for cell in cells if folded(cell) in wanted)
    if not fields & _ENOUGH:
        return 0
    return len(fields - {""}) + len(fields & _TELLING) + 10 * chosen


def columns_of(
    cells: Sequence[str], mapping: Mapping[str, str], words: Vocabulary
) -> tuple[Column, ...]:
    """Say what each column is; raises UsageError where `mapping` names a column that is not there.

    Of several columns for one field the surest is it; the others, and columns nobody knows, are
    answers under their own title, repeated titles told apart by « (2)».
    """
    titles = _distinct(cells)
    _check(mapping, titles)
    guesses = _guesses(titles, cells, mapping, words)
    surest: dict[str, tuple[int, int]] = {}
    for index, (field, rank) in enumerate(guesses):
        surest[field] = min(surest.get(field, (rank, index)), (rank, index))
    columns = [
        Column(index, title, field if field and is_it else f"{ANSWER}{title}")
        for index, (title, (field, _)) in enumerate(zip(titles, guesses, strict=True))
        for is_it in (_may_repeat(field) or surest[field][1] == index,)
    ]
    return tuple(column for column in columns if column.field != IGNORED)


def _guesses(
    titles: Sequence[str], cells: Sequence[str], mapping: Mapping[str, str], words: Vocabulary
) -> list[tuple[str, int]]:
    """Return field and rank of each column; «Nom» beside a «Prénom» is the surname."""
    wanted = {folded(column): field for column, field in mapping.items()}
    guesses = [
        (wanted[folded(title)], -1) if folded(title) in wanted else guess(cell.strip(), words)
        for title, cell in zip(titles, cells, strict=False)
    ]
    fields = {field for field, _ in guesses}
    if "given_name" in fields:
        last = len(TITLES["family_name"]) + 1
        surnames = _SURNAMES if "family_name" in fields else _SURNAMES | _OF_SOMEBODY
        for index, (field, _) in enumerate(guesses):
            if field == NAME and folded(cells[index]) in surnames:
                guesses[index] = ("family_name", last)
    return guesses


def _may_repeat(field: str) -> bool:
    return field in LIST_FIELDS or field.startswith((SESSION, OPTION, DAY)) or field == IGNORED


def guess(title: str, words: Vocabulary) -> tuple[str, int]:
    """Return what one title means by itself: a field, a session, an option, a day."""
    if not title:
        return "", 0
    field, rank = field_of(_LABEL.sub("", title))
    if field:
        return field, rank
    if session := words.likely_session(title):
        return SESSION + session, 0
    if option := words.usual_option(title):
        return OPTION + option, 0
    days = words.days(title) or ()
    return (DAY + days[0], 0) if len(days) == 1 else ("", 0)


def _distinct(cells: Sequence[str]) -> list[str]:
    """Clean the titles; a second one like the first is «title (2)», an empty one its letter."""
    seen: dict[str, int] = {}
    titles = []
    for index, cell in enumerate(cells):
        title = line(cell) or letters(index)
        seen[title] = seen.get(title, 0) + 1
        titles.append(title if seen[title] == 1 else f"{title} ({seen[title]})")
    while cells and titles and not cells[len(titles) - 1].strip():
        titles.pop()
    return titles


def letters(index: int) -> str:
    """Name a column as spreadsheets do: 0 is A, 26 is AA."""
    high, low = divmod(index, 26)
    return (letters(high - 1) if high else "") + chr(ord("A") + low)


def _check(mapping: Mapping[str, str], titles: Sequence[str]) -> None:
    present = {folded(title) for title in titles}
    for column, field in mapping.items():
        if field not in MAPPABLE and not field.startswith(ANSWER):
            raise UnknownField(field=field, fields=", ".join(MAPPABLE))
        if folded(column) not in present:
            raise UnknownColumn(column=column)


class UnknownField(UsageError):
    """`--map` names a field that does not exist."""

    id = "unknown-field"
    message = "There is no field «{field}»."
    next_step = "Nothing was stored. Choose one of: {fields}."


class UnknownColumn(UsageError):
    """`--map` names a column that the file does not have."""

    id = "unknown-column"
    message = "There is no column «{column}» in this file."
    next_step = "Nothing was stored. Write the column's title as it stands in the file."
