"""Invented people, and the forum's own long names."""

from printing.badge import BadgeData

CODE = "1730264985501927364410285593"

ORGANISATIONS = (
    "Communauté de Communes du Pays des Écrins, Champsaur-Valgaudemar et Vallée de l'Ubaye "
    "Serre-Ponçon",
    "Communauté d'agglomération du Nord Grande Terre",
    "Métropole Aix-Marseille-Provence",
    "Eurométropole de Strasbourg",
    "Montpellier Méditerranée Métropole",
    "Communauté de communes Cœur Coteaux Comminges",
    "Conseil départemental de Loir-et-Cher",
    "Direction départementale des Territoires de Haute-Garonne",
    "Mairie d'Urrugne",
    "Sicoval",
    "La Fibre64",
    "BigUp for Startup",
    "Bik'air",
    "Cocktail Culturel",
    "Noö Family",
)


def badge(given: str = "Zoé", family: str = "Œuvre", **fields: object) -> BadgeData:
    """Return a badge of the forum; `fields` replaces any field."""
    usual: dict[str, object] = {
        "code": CODE,
        "function": "Cheffe de projet",
        "organisation": "Sicoval",
        "category_word": "Agents de collectivité",
        "pattern": "stripes",
        "position": 1,
        "positions": 10,
        "event_name": "Forum des Interconnectés 2023",
        "event_line": "Espaces Vanel, Toulouse · 22 et 23 mars 2023",
        "chips": ("Déjeuner", "Gala"),
    }
    return BadgeData(given_name=given, family_name=family, **(usual | fields))  # type: ignore[arg-type]
