"""What this door is doing now: direction, the answer shown, the decisions still open. No Qt."""

from dataclasses import dataclass, field

from db.domain.registration import Registration
from db.domain.verdicts import Outcome, Reason, Verdict


@dataclass
class Door:
    """The state of the check-in screen; it outlives a change of language or text size."""

    entry: bool = True
    looking: bool = False  # the next scan records nothing
    shown: Verdict | None = None
    undecided: list[Verdict] = field(default_factory=list)

    def show(self, verdict: Verdict) -> None:
        """Show a new answer; an open one moves to the undecided."""
        self.set_aside()
        self.shown = verdict
        self.looking = False

    def set_aside(self) -> None:
        """Clear the pane; what is still open stays counted."""
        if self.shown is not None and is_open(self.shown):
            self.undecided.append(self.shown)
        self.shown = None

    def resume(self, verdict: Verdict) -> None:
        """Take an undecided one up again."""
        self.undecided.remove(verdict)
        self.set_aside()
        self.shown = verdict

    def settled(self) -> None:
        """The shown one was decided."""
        self.shown = None

    @property
    def person(self) -> Registration | None:
        """Whom the shown answer is about."""
        return self.shown.person if self.shown else None


def is_open(verdict: Verdict) -> bool:
    """Whether it waits for a person: a decision, or «seen»."""
    return verdict.waiting or needs_seeing(verdict)


def needs_seeing(verdict: Verdict) -> bool:
    """Whether somebody was let in with an instruction to carry out."""
    return verdict.outcome is Outcome.ATTENTION and verdict.admitted


def may_override(verdict: Verdict) -> bool:
    """Whether a person at the desk can let this visitor in all the same."""
    if verdict.person is None or not verdict.entry or verdict.reason is Reason.REVOKED:
        return False
    return verdict.waiting or verdict.outcome is Outcome.REFUSED
