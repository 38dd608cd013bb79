"""A table of things: each column says how to read one thing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from desktop.theme import Theme

T = TypeVar("T")
WIDE = 840  # pixels at 100 %: below it what can be spared is left out
Index = QModelIndex | QPersistentModelIndex
_TOP: QModelIndex = QModelIndex()


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """A header, the text of one thing, and how wide it is (0: takes what is left)."""

    header: str
    text: Callable[[T], str]
    width: int = 0
    icon: Callable[[T], QIcon] | None = None
    spare: bool = False  # left out where the table is narrow


class Things(QAbstractTableModel, Generic[T]):
    """Some things, one per line."""

    def __init__(self, columns: Sequence[Column[T]]) -> None:
        """Begin empty."""
        super().__init__()
        self.columns = columns
        self._things: list[T] = []

    def replace(self, things: Sequence[T]) -> None:
        """Show these things instead; nothing moves when they are the same."""
        if list(things) == self._things:
            return
        self.beginResetModel()
        self._things = list(things)
        self.endResetModel()

    def reword(self) -> None:
        """Read the texts of all things again."""
        if self._things:
            last = self.index(len(self._things) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def thing(self, row: int) -> T | None:
        """Return the thing of a line."""
        return self._things[row] if 0 <= row < len(self._things) else None

    def rowCount(self, parent: Index = _TOP) -> int:
        """Count the things."""
        return 0 if parent.isValid() else len(self._things)

    def columnCount(self, parent: Index = _TOP) -> int:
        """Count the columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text or the icon of one cell."""
        thing = self.thing(index.row())
        if thing is None:
            return None
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(thing)
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.text(thing)
        if role == Qt.ItemDataRole.DecorationRole and column.icon is not None:
            return column.icon(thing)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the header of a column."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].header
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


class Table(QTableView, Generic[T]):
    """A quiet table: one line chosen at a time, no trap for the Tab key."""

    def __init__(
        self, theme: Theme, columns: Sequence[Column[T]], line: int = 40, wide: int = WIDE
    ) -> None:
        """Make lines of `line` pixels at 100 %."""
        super().__init__()
        self.things: Things[T] = Things(columns)
        self.setModel(self.things)
        self.setFont(theme.font(16))
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setIconSize(QSize(theme.px(20), theme.px(20)))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(line))
        header = self.horizontalHeader()
        header.setFont(theme.font(14))
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        for number, column in enumerate(columns):
            mode = QHeaderView.ResizeMode
            header.setSectionResizeMode(number, mode.Fixed if column.width else mode.Stretch)
            if column.width:
                self.setColumnWidth(number, theme.px(column.width))
        self._around = theme.px(2 * 8 + 10)
        self._wide = theme.px(wide)
        self._breaks = QTimer(self, singleShot=True, interval=0)
        self._breaks.timeout.connect(self._open_lines)
        header.sectionResized.connect(lambda *_: self._breaks.start())

    def fill(self, things: Sequence[T]) -> None:
        """Show these things, from the top, keeping the chosen line when it is still there."""
        chosen = self.chosen()
        self.things.replace(things)
        if chosen is not None and chosen in things:
            self.selectRow(list(things).index(chosen))
        else:
            self.scrollToTop()
        self._open_lines()

    def _open_lines(self) -> None:
        """Give a long name the lines it needs; nothing is cut."""
        usual, metrics = self.verticalHeader().defaultSectionSize(), self.fontMetrics()
        for row in range(self.things.rowCount()):
            lines = 1.0
            for number, column in enumerate(self.things.columns):
                if self.isColumnHidden(number):
                    continue
                around = self._around + (self.iconSize().width() if column.icon else 0)
                box = QRect(0, 0, max(1, self.columnWidth(number) - around), 0)
                text = str(self.things.index(row, number).data())
                height = metrics.boundingRect(box, Qt.TextFlag.TextWordWrap, text).height()
                lines = max(lines, round(height / metrics.height()))
            self.setRowHeight(row, usual + round((lines - 1) * metrics.lineSpacing()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what can be spared where the table is narrow."""
        super().resizeEvent(event)
        for number, column in enumerate(self.things.columns):
            if column.spare:
                self.setColumnHidden(number, self.width() < self._wide)
        self._breaks.start()

    def chosen(self) -> T | None:
        """Return the thing of the chosen line."""
        model = self.selectionModel()
        lines = model.selectedRows() if model is not None else []
        return self.things.thing(lines[0].row()) if lines else None

    def advance(self, step: int) -> None:
        """Choose the line `step` below the chosen one."""
        lines = self.selectionModel().selectedRows()
        row = lines[0].row() + step if lines else 0
        if 0 <= row < self.things.rowCount():
            self.selectRow(row)
