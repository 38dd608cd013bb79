"""What a receipt printer would put on paper: a decoder of ESC/POS written from its manual alone."""

from dataclasses import dataclass, field


@dataclass
class Paper:
    """Rows of dots as they came out, and after which row the paper was cut."""

    rows: list[bytes] = field(default_factory=list)
    cuts: list[int] = field(default_factory=list)

    def dots(self) -> list[list[bool]]:
        return [
            [bool(byte >> (7 - bit) & 1) for byte in row for bit in range(8)] for row in self.rows
        ]


def printed(stream: bytes) -> Paper:
    """Obey ESC @, GS v 0 and GS V; anything else is an error."""
    paper = Paper()
    at = 0
    while at < len(stream):
        if stream[at : at + 2] == b"\x1b@":
            at += 2
        elif stream[at : at + 4] == b"\x1dv0\x00":
            width = stream[at + 4] | stream[at + 5] << 8
            height = stream[at + 6] | stream[at + 7] << 8
            at += 8
            for row in range(height):
                paper.rows.append(stream[at + row * width : at + (row + 1) * width])
            at += width * height
        elif stream[at : at + 3] == b"\x1dVB":
            paper.cuts.append(len(paper.rows))
            at += 4
        else:
            raise AssertionError(f"unknown command at byte {at}: {stream[at : at + 4]!r}")
    return paper
