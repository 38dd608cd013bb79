"""The keys of the desk: a function key and an Alt chord for each gesture, never a scanner's key."""

from dataclasses import dataclass
from typing import Final

from resources.words import mark


@dataclass(frozen=True, slots=True)
class Key:
    """One gesture. Laptops give F-keys to volume and light, hence the chord."""

    key: str
    chord: str
    label: str  # msgid, for the button
    help: str  # msgid, for the guide


KEYS: Final[dict[str, Key]] = {
    "guide": Key("F1", "Alt+G", mark("Guide"), mark("Open or close this guide")),
    "search": Key(
        "F2", "Alt+F", mark("Search"), mark("Look for somebody; put the shown result aside")
    ),
    "direction": Key("F3", "Alt+D", mark("Entry / exit"), mark("Change between entry and exit")),
    "print": Key("F4", "Alt+P", mark("Print"), mark("Print the badge of the person shown")),
    "admit": Key("F5", "Alt+E", mark("Let in"), mark("Let in the person chosen in the list")),
    "info": Key("F6", "Alt+I", mark("Look-up"), mark("Look without recording anything")),
    "seen": Key("F7", "Alt+V", mark("Seen"), mark("Say that an instruction was seen")),
    "undo": Key("F8", "Alt+U", mark("Take back"), mark("Take back a scan, with a reason")),
    "override": Key(
        "F9", "Alt+L", mark("Let in anyway…"), mark("Let in after a refusal, with a reason")
    ),
    "refuse": Key("", "Alt+R", mark("Refuse"), mark("Refuse the person who waits for a decision")),
}

SCREENS: Final[tuple[tuple[str, str, str, tuple[str, ...]], ...]] = (
    ("checkin", mark("Check-in"), "home", ("Alt+1", "Alt+&")),
    ("attendees", mark("Attendees"), "people", ("Alt+2", "Alt+é")),
    ("badges", mark("Badges"), "badge", ("Alt+3", 'Alt+"')),
    ("settings", mark("Settings"), "gear", ("Alt+4", "Alt+'")),
)
"""Screen id, name, icon, chords (the second one is the same key of a French keyboard)."""
