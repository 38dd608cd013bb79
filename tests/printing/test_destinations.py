from pathlib import Path

import pytest

from db.domain.errors import UsageError
from printing.destinations import (
    Destination,
    FileDestination,
    HostDestination,
    QueueDestination,
    destination_of,
)


@pytest.mark.parametrize(
    ("text", "destination"),
    [
        ("pdf:badge.pdf", FileDestination("pdf", Path("badge.pdf"))),
        ("PNG:/var/b.png", FileDestination("png", Path("/var/b.png"))),
        ("escpos:/dev/usb/lp0", FileDestination("escpos", Path("/dev/usb/lp0"))),
        (r"pdf:C:\badges\a.pdf", FileDestination("pdf", Path(r"C:\badges\a.pdf"))),
        ("zpl:out.zpl", FileDestination("zpl", Path("out.zpl"))),
        ("escpos://printer", HostDestination("escpos", "printer", 9100)),
        ("escpos://10.0.0.7:9101", HostDestination("escpos", "10.0.0.7", 9101)),
        ("zpl://[fe80::1]:9100", HostDestination("zpl", "fe80::1", 9100)),
        ("cups://Office_Laser", QueueDestination("cups", "Office_Laser")),
    ],
)
def test_a_destination_is_read_and_written_back(text: str, destination: Destination) -> None:
    assert destination_of(text) == destination
    assert destination_of(str(destination)) == destination


@pytest.mark.parametrize(
    "text",
    [
        "",
        "badge.pdf",
        "pdf:",
        "pdf://",
        "docx:a.docx",
        "escpos://",
        "escpos://:9100",
        "escpos://printer:port",
        "escpos://printer:99999",
        "escpos://printer:0",
        "escpos://printer/tray",
        "escpos://me:secret@printer",
        "cups://",
        "png://printer:9100",
    ],
)
def test_anything_else_is_wrong_usage(text: str) -> None:
    with pytest.raises(UsageError):
        destination_of(text)
