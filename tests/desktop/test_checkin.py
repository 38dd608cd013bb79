"""The screen of the door, with the real desk behind it."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.phrases import LOOKS
from tests.desktop.fakes import ADA, GUS, LEA, UMA, ZOE, Driven, code


def test_a_first_scan_is_green_and_names_the_person(desk: Driven) -> None:
    desk.scan(code(ADA))
    assert (desk.title, desk.shown) == ("ENTRÉE AUTORISÉE", "Ada Essai")
    assert desk.window.checkin.pane.words.mood == "admitted"


def test_a_second_scan_says_when_and_where_the_first_one_was(desk: Driven) -> None:
    desk.scan(code(ADA))
    desk.clock.pass_(minutes=12)
    desk.scan(code(ADA))
    assert desk.title == "ENTRÉE DÉJÀ FAITE à 8\u00a0h\u00a057, Accueil"


def test_an_unknown_code_is_refused_without_repeating_it(desk: Driven) -> None:
    desk.scan("nobodyhasthis")
    words = desk.window.checkin.pane.words
    assert words.title == "ENTRÉE REFUSÉE"
    assert "nobodyhasthis" not in words.text + words.name


def test_every_answer_has_a_shape_and_a_sound_of_its_own() -> None:
    shapes = [look.shape for look in LOOKS.values()]
    sounds = [look.sound for look in LOOKS.values() if look.sound]
    assert len(set(shapes)) == len(shapes)
    assert len(set(sounds)) == len(sounds)


def test_green_calms_to_ready_and_a_refusal_stays(desk: Driven) -> None:
    checkin = desk.window.checkin
    desk.scan(code(ADA))
    assert checkin.calms
    desk.scan(code(GUS))
    assert not checkin.calms
    checkin.show_ready()
    assert desk.title == "PRÊT"


def test_the_next_scan_replaces_a_refusal_at_once(desk: Driven) -> None:
    desk.scan(code(GUS))
    desk.scan(code(ZOE))
    assert desk.shown == "Zoé Œuvre"


def test_an_open_decision_is_put_aside_and_counted_when_somebody_else_is_scanned(
    desk: Driven,
) -> None:
    desk.crowd("grand-toulouse")
    desk.scan(code(ADA))
    desk.scan(code(ZOE))
    assert desk.title == "ATTENTION"
    desk.scan(code(GUS))
    assert desk.shown == "Gus Annulé"
    assert [v.person.name for v in desk.window.door.undecided if v.person] == ["Zoé Œuvre"]


def test_a_decision_put_aside_can_be_taken_up_and_refused(desk: Driven) -> None:
    desk.crowd("grand-toulouse")
    desk.scan(code(ADA))
    desk.scan(code(ZOE))
    desk.do("search")
    lists = desk.window.checkin.lists
    lists.show_undecided()
    lists.undecided.selectRow(0)
    desk.do("admit")
    assert desk.shown == "Zoé Œuvre"
    desk.do("refuse")
    assert desk.title == "ENTRÉE REFUSÉE"
    assert desk.window.door.undecided == []


def test_a_waiting_person_is_let_in_with_a_reason(desk: Driven) -> None:
    desk.crowd("grand-toulouse")
    desk.scan(code(ADA))
    desk.scan(code(ZOE))
    desk.do("override")
    desk.window.checkin.lists.reasons.give("Accord de l'équipe")
    desk.settle()
    assert desk.title == "ENTRÉE AUTORISÉE"


def test_an_unpaid_person_may_be_let_in_by_the_desk_with_a_reason(desk: Driven) -> None:
    desk.scan(code(UMA))
    assert desk.title == "ENTRÉE REFUSÉE"
    desk.do("override")
    desk.window.checkin.lists.reasons.give("Payé sur place")
    desk.settle()
    assert desk.title == "ENTRÉE AUTORISÉE"


def test_an_instruction_stays_until_it_is_seen(desk: Driven) -> None:
    desk.scan(code(LEA))
    assert desk.window.checkin.pane.words.why == "Remettre le trophée."
    assert not desk.window.checkin.calms
    desk.do("seen")
    assert desk.title == "PRÊT"
    assert desk.window.door.undecided == []


def test_an_exit_is_recorded_after_f3_and_entry_comes_back(desk: Driven) -> None:
    desk.scan(code(ADA))
    desk.do("direction")
    desk.scan(code(ADA))
    assert desk.title == "SORTIE ENREGISTRÉE"
    desk.do("direction")
    desk.scan(code(ADA))
    assert desk.title == "ENTRÉE AUTORISÉE"


def test_a_look_up_records_nothing_and_serves_once(desk: Driven) -> None:
    desk.do("info")
    desk.scan(code(ADA))
    assert desk.title == "CONSULTATION\u00a0: rien n’est enregistré"
    assert desk.ask(lambda d: d.admit.last()) == []
    desk.scan(code(ADA))
    assert desk.title == "ENTRÉE AUTORISÉE"


def test_undo_takes_the_last_entry_back_with_its_reason(desk: Driven) -> None:
    desk.scan(code(ADA))
    desk.do("undo")
    desk.window.checkin.lists.reasons.give("Scanné par erreur")
    desk.settle()
    assert desk.title == "PRÊT"
    desk.scan(code(ADA))
    assert desk.title == "ENTRÉE AUTORISÉE"


def test_the_list_is_empty_until_two_letters_are_typed(desk: Driven) -> None:
    checkin = desk.window.checkin
    checkin.type("z")
    desk.settle()
    assert not checkin.lists.searching()
    checkin.type("zo")
    desk.settle()
    assert checkin.lists.hits.things.rowCount() == 2


def test_of_two_namesakes_nobody_is_let_in_before_one_is_chosen(desk: Driven) -> None:
    checkin = desk.window.checkin
    checkin.type("zoe oeuvre")
    desk.settle()
    desk.do("admit")
    assert desk.title == "PRÊT"
    checkin.lists.hits.advance(1)
    desk.do("admit")
    assert (desk.title, desk.shown) == ("ENTRÉE AUTORISÉE", "Zoé Œuvre")


def test_the_only_hit_is_let_in_by_f5_but_never_by_enter(desk: Driven) -> None:
    checkin = desk.window.checkin
    checkin.type("essai")
    desk.settle()
    QTest.keyClick(checkin.field, Qt.Key.Key_Return)
    desk.settle()
    assert desk.title == "PRÊT"
    desk.do("admit")
    assert desk.shown == "Ada Essai"


def test_names_of_the_last_scans_fade_to_initials(desk: Driven) -> None:
    desk.scan(code(ADA))
    cells = desk.window.checkin.lists.scans.things
    assert cells.index(0, 2).data() == "Ada Essai"
    desk.clock.pass_(seconds=31)
    assert cells.index(0, 2).data() == "A. E."


def test_what_cannot_be_recorded_is_never_green(desk: Driven) -> None:
    desk.ask(lambda d: d.store.close())
    desk.scan(code(ADA))
    words = desk.window.checkin.pane.words
    assert (words.title, words.mood) == ("RIEN N’EST ENREGISTRÉ", "failed")


def test_a_second_badge_asks_for_a_reason(desk: Driven) -> None:
    desk.scan(code(ADA))
    desk.do("print")
    assert "Pourquoi un autre" in desk.window.checkin.lists.reasons.question
    desk.window.checkin.lists.reasons.give("Badge perdu")
    desk.settle()
    jobs = desk.ask(lambda d: [job.copy for job in d.badges.jobs()])
    assert sorted(jobs) == [False, True]  # type: ignore[call-overload]
