"""A home: reading creates nothing, saving is whole or not at all, damage is survived."""

import json
from pathlib import Path

import pytest

from db.store.errors import KeyMissing, NoEvent, ReadOnlyHome, StoreError, UnknownEvent
from db.store.home import ENVIRONMENT, Home, HomeSettings, check_name, default_folder
from tests.fixed import Ids


def hold(home: Home, *events: str) -> None:
    """Give a home events, as far as their files go."""
    for event in events:
        home.folder_of(event).mkdir(parents=True)
        (home.folder_of(event) / "desk.db").touch()


def test_looking_into_a_home_that_is_not_there_makes_nothing(home: Home) -> None:
    assert home.settings == HomeSettings()
    assert home.events() == ()
    with pytest.raises(NoEvent):
        home.chosen()
    assert not home.folder.exists()


def test_settings_are_kept_for_the_next_start(home: Home) -> None:
    home.change(desk_name="Accueil Nord", printer="escpos://10.0.0.7:9100", sound=False)
    again = Home(home.folder)
    assert again.settings.desk_name == "Accueil Nord"
    assert (again.settings.printer, again.settings.sound) == ("escpos://10.0.0.7:9100", False)
    assert [found.name for found in home.folder.iterdir()] == ["settings.json"]


@pytest.mark.parametrize("damage", [b"", b"{", b"\xff\xfe", b'{"text_scale": "large"}', b"[]"])
def test_settings_that_cannot_be_read_count_as_absent_and_events_stay(
    home: Home, damage: bytes
) -> None:
    home.change(desk_name="Accueil Nord")
    hold(home, "forum-2023")
    (home.folder / "settings.json").write_bytes(damage)
    again = Home(home.folder)
    assert again.settings == HomeSettings()
    assert again.chosen() == "forum-2023"


def test_settings_of_a_newer_version_are_read_as_far_as_they_are_known(home: Home) -> None:
    home.folder.mkdir()
    told = {"desk_name": "Nord", "hologram": True}
    (home.folder / "settings.json").write_text(json.dumps(told), "utf-8")
    assert home.settings.desk_name == "Nord"


def test_the_key_in_the_file_outlives_damaged_settings(home: Home) -> None:
    key = home.make_key("forum-2023", Ids())
    hold(home, "forum-2023")
    (home.folder / "settings.json").write_text("{", "utf-8")
    assert Home(home.folder).key_of("forum-2023") == key


def test_settings_that_cannot_be_saved_are_told_and_stay_as_they_were(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file stands where the folder should be", "utf-8")
    home = Home(tmp_path / "home")
    with pytest.raises(StoreError):
        home.change(desk_name="Nord")
    assert home.settings == HomeSettings()


def test_the_named_event_is_opened_else_the_current_one_else_the_only_one(home: Home) -> None:
    hold(home, "forum-2023")
    assert home.chosen() == "forum-2023"
    hold(home, "forum-2024")
    with pytest.raises(NoEvent):
        home.chosen()
    home.change(current="forum-2024")
    assert home.chosen() == "forum-2024"
    assert home.chosen("forum-2023") == "forum-2023"
    with pytest.raises(UnknownEvent, match="forum-1999"):
        home.chosen("forum-1999")
    home.change(current="forum-1999")  # purged since
    with pytest.raises(NoEvent):
        home.chosen()


@pytest.mark.parametrize("name", ["", ".", "..", "../escape", "a/b", "/etc", ".hidden"])
def test_an_event_id_cannot_leave_the_home(name: str) -> None:
    with pytest.raises(StoreError):
        check_name(name)


def test_an_ordinary_event_id_is_a_folder_name(home: Home) -> None:
    assert check_name("forum-2023") == "forum-2023"
    assert home.folder_of("forum-2023") == home.folder / "events" / "forum-2023"


def test_a_home_is_the_accounts_own_unless_one_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ENVIRONMENT, str(tmp_path))
    assert default_folder() == tmp_path
    monkeypatch.delenv(ENVIRONMENT)
    assert default_folder().name == "vanel"


def test_an_event_without_a_key_says_so(home: Home) -> None:
    with pytest.raises(KeyMissing) as caught:
        home.key_of("forum-2023")
    assert "Nothing was changed" in str(caught.value)


def test_a_read_only_place_is_named_as_such(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "as the system says")

    monkeypatch.setattr("db.store.home.write_whole", refused)
    with pytest.raises(ReadOnlyHome):
        home.change(desk_name="Nord")
