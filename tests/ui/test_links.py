from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton

from viewer.ui.links import LONGEST, LinkButton, checked_url, host_of
from viewer.ui.text import PlainLabel

REFUSED = [
    "",
    "example.org",
    "//example.org/x",
    "/etc/hostname",
    "file:///etc/hostname",
    "file://share/folder",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "smb://host/share",
    "ftp://example.org/",
    "mailto:a@example.org",
    "ms-settings:x",
    "http:x",
    "http://",
    "https:///path",
    "http:example.org/x",
    "https://user@example.org/",
    "https://bank.example:secret@evil.example/",
    " https://example.org/",
    "https://example.org/ ",
    "https://example.org/a b",
    "https://example.org/\nx",
    "https://example.org/\x00",
    "https://example.org\\@evil.example/",
    "https://exam\u202eple.org/",
    "https://example.org/\u202egpj.exe",
    "https://example.org/a\\b",
    "https://example.org/%zz",
    "https://example.org:port/",
    "https://[::1/",
    "https://example.org/" + "x" * LONGEST,
]


class Browser(QObject):
    """Stands where the system's browser would be asked."""

    def __init__(self) -> None:
        super().__init__()
        self.visited: list[str] = []

    @Slot(QUrl)
    def visit(self, url: QUrl) -> None:
        self.visited.append(url.toString())


@pytest.fixture
def browser(qapp):
    browser = Browser()
    QDesktopServices.setUrlHandler("https", browser, "visit")
    yield browser
    QDesktopServices.unsetUrlHandler("https")


def _question() -> QMessageBox:
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox) and w.isVisible())


def _press(widget, text: str) -> None:
    next(button for button in widget.findChildren(QPushButton) if button.text() == text).click()


@pytest.mark.parametrize("text", REFUSED)
def test_refused(text):
    assert checked_url(text) is None


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("https://example.org/a?b=c#d", "example.org"),
        ("http://example.org:8080/", "example.org"),
        ("HTTPS://Example.ORG/", "example.org"),
        ("https://exämple.org/é", "xn--exmple-cua.org"),
        ("https://аррle.com/", "аррle".encode("idna").decode() + ".com"),
        ("https://example.org/a%20b", "example.org"),
    ],
)
def test_accepted_with_the_real_host(text, host):
    url = checked_url(text)
    assert url is not None
    assert host_of(url) == host


def test_the_first_visit_of_a_host_asks_and_later_ones_do_not(dressed, qtbot, browser):
    link = LinkButton("https://first.example/a&b")
    qtbot.addWidget(link)
    link.show()
    _press(link, "first.example")
    assert browser.visited == []
    _press(_question(), "Open")
    assert browser.visited == ["https://first.example/a&b"]
    _press(link, "first.example")
    assert len(browser.visited) == 2


def test_cancel_opens_nothing_and_asks_again(dressed, qtbot, browser):
    link = LinkButton("https://second.example/")
    qtbot.addWidget(link)
    link.show()
    for _ in range(2):
        _press(link, "second.example")
        _press(_question(), "Cancel")
    assert browser.visited == []


def test_what_is_not_safe_is_text_with_copy(dressed, qtbot, browser):
    link = LinkButton("javascript:alert('<b>')")
    qtbot.addWidget(link)
    link.show()
    assert [label.text() for label in link.findChildren(PlainLabel)] == ["javascript:alert('<b>')"]
    with qtbot.waitSignal(link.copied):
        _press(link, "Copy")
    assert QApplication.clipboard().text() == "javascript:alert('<b>')"
    assert browser.visited == []
