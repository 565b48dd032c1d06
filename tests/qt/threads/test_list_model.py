"""The thread list, without a window."""

from __future__ import annotations

from PySide6.QtCore import Qt

from iaposte_desktop.domain.threads import ThreadStatus
from iaposte_desktop.qt.threads.badges import Badge
from iaposte_desktop.qt.threads.list_model import SectionRow, ThreadListModel, ThreadRole
from tests.qt.threads.made import summary

CLAIRE = summary(1, subject="Retard de livraison", customer_name="Élodie Cœur", customer_email="e@x.fr")
JOHN = summary(2, subject="Refund", customer_name="John Reed", preview="Where is my money?")
SENT = summary(3, ThreadStatus.SENT, subject="Old matter")


def made_of(*summaries: object) -> ThreadListModel:
    model = ThreadListModel()
    model.set_summaries(summaries)  # type: ignore[arg-type]
    return model


def titles(model: ThreadListModel) -> list[str]:
    return [model.index(row).data() for row in range(model.rowCount())]


def test_threads_stand_under_their_sections_with_counts() -> None:
    model = made_of(CLAIRE, JOHN, SENT)
    assert titles(model) == ["To answer 2", "Retard de livraison", "Refund", "Sent 1"]


def test_a_folded_section_opens_and_closes() -> None:
    model = made_of(CLAIRE, SENT)
    model.toggle(ThreadStatus.SENT)
    assert titles(model)[-1] == "Old matter"
    model.toggle(ThreadStatus.SENT)
    assert titles(model)[-1] == "Sent 1"


def test_the_filter_forgives_case_and_accents_and_takes_words_in_any_order() -> None:
    model = made_of(CLAIRE, JOHN, SENT)
    for text in ("elodie", "COEUR élodie", "livraison elodie", "e@x.fr"):
        model.set_filter(text)
        assert titles(model) == ["To answer 1", "Retard de livraison"], text
    model.set_filter("money")
    assert titles(model) == ["To answer 1", "Refund"]


def test_the_filter_looks_into_folded_sections() -> None:
    model = made_of(CLAIRE, SENT)
    model.set_filter("old")
    assert titles(model) == ["Sent 1", "Old matter"]
    model.set_filter("")
    assert titles(model)[-1] == "Sent 1"


def test_a_change_that_moves_no_row_repaints_only_its_own() -> None:
    model = made_of(CLAIRE, JOHN)
    resets: list[bool] = []
    changed: list[int] = []
    model.modelReset.connect(lambda: resets.append(True))
    model.dataChanged.connect(lambda first, last: changed.extend(range(first.row(), last.row() + 1)))
    model.set_summaries((CLAIRE, summary(2, subject="Refund", customer_name="John Reed", has_draft=True)))
    assert (resets, changed) == ([], [2])
    model.set_writing({"thread_1"})
    assert (resets, changed) == ([], [2, 1])
    assert model.index(1).data(ThreadRole.BADGE) == Badge.WRITING


def test_a_screen_reader_hears_the_state_and_the_draft() -> None:
    model = made_of(summary(1, has_draft=True, subject="Refund"))
    spoken = model.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Refund, Customer 1")
    assert "To answer" in spoken
    assert spoken.endswith("draft")


def test_headings_cannot_be_selected() -> None:
    model = made_of(CLAIRE)
    assert isinstance(model.index(0).data(ThreadRole.ROW), SectionRow)
    assert not model.flags(model.index(0)) & Qt.ItemFlag.ItemIsSelectable
    assert model.flags(model.index(1)) & Qt.ItemFlag.ItemIsSelectable


def test_neighbours_pass_over_headings_and_stop_at_the_ends() -> None:
    model = made_of(CLAIRE, JOHN, summary(4, ThreadStatus.DRAFTED))
    assert model.neighbour("thread_2", 1) == "thread_4"
    assert model.neighbour("thread_4", 1) == "thread_4"
    assert model.neighbour("thread_1", -1) == "thread_1"
    assert model.neighbour(None, 1) == "thread_1"
    assert ThreadListModel().neighbour(None, 1) is None


def test_invisible_characters_do_not_reach_the_list() -> None:
    model = made_of(summary(1, subject="in\u202evoice\nlines"))
    assert titles(model)[1] == "invoice lines"


def test_ten_thousand_threads_are_filtered_by_rows_not_widgets() -> None:
    model = made_of(*(summary(number) for number in range(10_000)))
    assert model.rowCount() == 10_001
    model.set_filter("subject 9999")
    assert titles(model) == ["To answer 1", "Subject 9999"]
