"""The few dialogs: a file to choose, a crash report, what an import would do."""

from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QPlainTextEdit, QWidget

from desktop.kit import Kit
from desktop.widgets.text import columns, label, rows
from resources.words import mark


def chosen_file(parent: QWidget, title: str, patterns: str) -> Path | None:
    """Ask for a file; None when nobody chose one."""
    name, _ = QFileDialog.getOpenFileName(parent, title, "", patterns)
    return Path(name) if name else None


class CrashReport(QDialog):
    """Shows a report whole; it stays on this computer."""

    def __init__(self, parent: QWidget, kit: Kit, text: str) -> None:
        """Show `text`."""
        super().__init__(parent)
        theme, say = kit.theme, kit.speech.say
        self.setWindowTitle(say("Report of the last stop"))
        layout = rows(theme, gap=12, margin=24)
        layout.addWidget(label(theme, say("Vanel stopped by accident last time"), 22, bold=True))
        layout.addWidget(
            label(
                theme,
                say(
                    "Everything that was shown as recorded is still there. Here is the whole"
                    " report: it says where in the program, names nobody, and is sent nowhere."
                ),
            )
        )
        report = QPlainTextEdit(text)
        report.setReadOnly(True)
        report.setTabChangesFocus(True)
        report.setFont(theme.font(14))
        layout.addWidget(report, 1)
        line = columns(theme)
        line.addStretch(1)
        line.addWidget(kit.plain(mark("Continue"), self.accept, kind="primary", height=44))
        layout.addLayout(line)
        self.setLayout(layout)
        self.resize(theme.px(760), theme.px(480))
