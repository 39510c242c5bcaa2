"""The form of a source: typed, pasted, dropped or fetched; nothing typed is overwritten, no quote lost unseen."""

from __future__ import annotations

import threading
import time
import warnings
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from builders import QUOTE, SPAN, TEXT, a_claim, a_source, an_event
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QComboBox
from sources_bench import CTRL, LEFT, PLAIN, Bench
from untouched import no_space

from viewer.domain.dates import from_edtf
from viewer.fetching import fetch
from viewer.ui.drafts import Drafts

STORY = "\n".join(
    f"On day {n} the column moved on past the bridge number {n * 7} and stopped there." for n in range(40)
)
PAGE = f"""<html lang="fr"><head><title>Une page</title><meta name="author" content="Anna Writer">
<meta property="og:site_name" content="Le Matin"><meta property="article:published_time" content="2025-02-19">
</head><body><article><h1>Une page</h1>{"".join(f"<p>{line}</p>" for line in STORY.splitlines())}</article>
<script>alert(1)</script></body></html>"""


@pytest.fixture
def bench(dressed, document, qtbot):
    made = Bench(document, qtbot, fetch=partial(fetch, may_connect=lambda _address: True))
    yield made
    made.desk.stop()


@pytest.fixture
def server():
    """A server of this machine, and what it was asked for; its answers can be held back."""
    asked, gate = [], threading.Event()
    gate.set()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            gate.wait(20)
            body = PAGE.encode() if self.path != "/none" else b""
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        running.asked, running.gate = asked, gate
        running.address = f"http://127.0.0.1:{running.server_address[1]}"
        yield running
        gate.set()
        running.shutdown()
        thread.join()


def only_source(document):
    (source,) = document.store.sources()
    return source


def choose(bench, name, value):
    combo = bench.find(name)
    assert isinstance(combo, QComboBox)
    combo.setFocus()
    bench.press(Qt.Key.Key_Home)
    for _ in range(combo.findData(value)):
        bench.press(Qt.Key.Key_Down)


def drop(bench, *urls, on="source_text"):
    """Drop what lies at addresses on a part of the form, as the platform hands it on."""
    content = QMimeData()
    content.setUrls(list(urls))
    widget = bench.find(on)
    place = widget.mapTo(bench.window, widget.rect().center())
    arguments = (Qt.DropAction.CopyAction, content, LEFT, PLAIN)
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
        entered = QDragEnterEvent(place, *arguments)
    QApplication.sendEvent(bench.window.windowHandle(), entered)
    QApplication.sendEvent(bench.window.windowHandle(), QDropEvent(QPointF(place), *arguments))


# Typing


def test_a_source_is_typed_and_saved_by_the_keyboard(bench, document):
    bench.desk.add()
    for text, tabs in (("A headline", 1), ("The Paper", 1), ("A. Writer", 1), ("le 19 février 2025", 0)):
        bench.type(text)
        for _ in range(tabs):
            bench.press(Qt.Key.Key_Tab)
    choose(bench, "source_medium", "article")
    bench.write("source_language", "fr")
    bench.write("source_url", "https://example.org/a")
    bench.write("source_archived", "https://archive.example/a")
    bench.write("source_accessed", "2025-03-01")
    choose(bench, "source_reliability", "C")
    bench.paste("source_text", TEXT)
    bench.press(Qt.Key.Key_Return, CTRL)
    source = only_source(document)
    assert (source.title, source.publisher, source.author) == ("A headline", "The Paper", "A. Writer")
    assert (source.medium, source.language, source.reliability, source.text) == ("article", "fr", "C", TEXT)
    assert (source.url, source.archived_url) == ("https://example.org/a", "https://archive.example/a")
    assert (source.published.edtf, source.accessed.edtf) == ("2025-02-19", "2025-03-01")
    assert not bench.sees("form_title")
    assert bench.desk.panel.selected() == source.uid


def test_a_title_is_asked_for(bench, document):
    bench.desk.add()
    bench.click("save")
    assert "A title is needed" in bench.says("source_title_echo")
    assert list(document.store.sources()) == []


def test_what_cannot_be_read_as_a_date_is_asked_about_and_can_be_kept(bench, document):
    bench.desk.add()
    bench.write("source_title", "Undated")
    bench.write("source_published", "some day or other")
    bench.click("save")
    assert list(document.store.sources()) == []
    bench.click("source_published_keep")
    source = only_source(document)
    assert (source.published.text, source.published.edtf) == ("some day or other", None)


def test_nothing_that_was_not_touched_changes(bench, document):
    source = a_source(
        title="Two\nlines",
        published=from_edtf("2025-02"),
        medium="papyrus",
        extra={"kept": 1},
        text="a\u00a0b\r\nc",
    )
    document.save_source(source)
    bench.desk.edit(source.uid)
    bench.click("save")
    assert document.store.source(source.uid) == source
    assert len(document.store.edits()) == 1


def test_escape_asks_before_it_discards(bench, document):
    bench.desk.add()
    bench.press(Qt.Key.Key_Escape)
    assert not bench.sees("form_title")
    bench.desk.add()
    bench.write("source_title", "Half")
    bench.press(Qt.Key.Key_Escape)
    assert bench.sees("discard_question")
    bench.click("discard")
    assert not bench.sees("form_title")
    assert list(document.store.sources()) == []


def test_a_source_of_claims_offers_no_delete_and_another_does(bench, document):
    used, unused = a_source(), a_source()
    document.save_event(an_event(claims=(a_claim(used),)), new_sources=[used])
    document.save_source(unused)
    bench.desk.edit(used.uid)
    assert not bench.sees("delete")
    bench.desk.form.cancel()
    bench.desk.edit(unused.uid)
    bench.click("delete")
    assert [source.uid for source in document.store.sources()] == [used.uid]


def test_what_cannot_be_saved_stays_in_the_form(bench, document):
    bench.desk.add()
    bench.write("source_title", "Kept")
    bench.paste("source_text", "x" * 200_000)
    with no_space():
        bench.press(Qt.Key.Key_Return, CTRL)
    assert "could not be saved" in bench.says("problem")
    assert bench.says("source_title") == "Kept"
    bench.click("notice_action_0")
    assert only_source(document).title == "Kept"


def test_a_half_typed_source_survives_a_crash(dressed, document, qtbot, tmp_path):
    drafts = Drafts(tmp_path / "drafts")
    first = Bench(document, qtbot, drafts=drafts)
    first.desk.add()
    first.write("source_title", "Half a source")
    first.paste("source_text", TEXT)
    first.desk.stop()
    second = Bench(document, qtbot, drafts=drafts)
    assert second.desk.editing.offer_draft()
    second.click("notice_action_0")
    assert second.says("source_title") == "Half a source"
    second.press(Qt.Key.Key_Return, CTRL)
    assert only_source(document).text == TEXT
    assert drafts.load_all(document.uid) == {}
    second.desk.stop()


# The original


def test_the_original_is_chosen_by_its_title(bench, document):
    document.save_source(a_source(uid="agency", title="The agency's story"))
    bench.desk.add()
    bench.write("source_title", "A copy")
    bench.write("source_original", "agency")
    bench.press(Qt.Key.Key_Down)
    bench.press(Qt.Key.Key_Return)
    bench.press(Qt.Key.Key_Return, CTRL)
    (copy,) = [source for source in document.store.sources() if source.title == "A copy"]
    assert copy.derived_from == "agency"


def test_a_circle_is_refused_in_plain_words(bench, document):
    document.save_source(a_source(uid="first", title="First"))
    document.save_source(a_source(uid="second", title="Second", derived_from="first"))
    bench.desk.edit("first")
    bench.write("source_original", "Second")
    bench.click("save")
    assert "a source cannot be a copy of itself" in bench.says("source_original_echo")
    assert document.store.source("first").derived_from is None
    bench.write("source_original", "No such thing")
    bench.click("save")
    assert "There is no source of this title" in bench.says("source_original_echo")


# Files


@pytest.mark.parametrize("name", ["story.txt", "story.md"])
def test_a_dropped_text_is_read_and_its_title_suggested(bench, tmp_path, name):
    path = tmp_path / name
    path.write_text(f"A headline\n\n{STORY}", encoding="utf-8")
    bench.desk.add()
    drop(bench, QUrl.fromLocalFile(str(path)))
    bench.qtbot.waitUntil(lambda: bench.says("source_text") != "")
    assert bench.says("source_text") == f"A headline\n\n{STORY}"
    assert bench.says("source_title") == "A headline"
    assert bench.says("source_title_suggestion") == "suggested: check it"


def test_a_suggestion_never_overwrites_what_was_typed(bench, tmp_path, document):
    path = tmp_path / "story.txt"
    path.write_text(f"A headline\n{STORY}", encoding="utf-8")
    bench.desk.add()
    bench.write("source_title", "My own words")
    drop(bench, QUrl.fromLocalFile(str(path)))
    bench.wait_for("source_title_suggestion")
    assert bench.says("source_title") == "My own words"
    assert bench.says("source_title_suggestion") == "Found: “A headline”"
    bench.click("source_title_use")
    assert bench.says("source_title") == "A headline"
    assert not bench.sees("source_title_suggestion")


def test_typing_over_a_suggestion_takes_its_mark_away(bench, tmp_path):
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    bench.desk.add()
    drop(bench, QUrl.fromLocalFile(str(path)))
    bench.wait_for("source_title_suggestion")
    bench.write("source_title", "Mine")
    assert not bench.sees("source_title_suggestion")


def test_a_saved_page_is_read_without_its_scripts(bench, tmp_path):
    pytest.importorskip("trafilatura")
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    bench.desk.add()
    drop(bench, QUrl.fromLocalFile(str(path)))
    bench.qtbot.waitUntil(lambda: "day 39" in bench.says("source_text"), timeout=30_000)
    assert "alert" not in bench.says("source_text")
    assert bench.says("source_publisher") == "Le Matin"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.png", b"x", "Only .txt, .md and .html"),
        ("a.txt", b"", "“a.txt” cannot be read: it is empty."),
        ("a.md", b"a\0b", "“a.md” cannot be read"),
        ("gone.txt", None, "“gone.txt” cannot be read: it is no file."),
    ],
)
def test_what_is_no_text_is_refused_in_plain_words(bench, tmp_path, name, content, words):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    bench.desk.add()
    drop(bench, QUrl.fromLocalFile(str(path)))
    assert words in bench.wait_for("source_text_echo").text()


def test_a_file_can_be_dropped_anywhere_on_the_form(bench, tmp_path):
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    bench.desk.add()
    drop(bench, QUrl.fromLocalFile(str(path)), on="source_title")
    bench.qtbot.waitUntil(lambda: bench.says("source_text") == STORY)
    assert "file:" not in bench.says("source_title")


def test_a_file_is_chosen_in_a_dialog(bench, tmp_path):
    path = tmp_path / "story.md"
    path.write_text(STORY, encoding="utf-8")
    bench.desk.add()
    with bench.answering(path):
        bench.click("source_text_open")
    bench.qtbot.waitUntil(lambda: bench.says("source_text") == STORY)


def test_a_file_of_another_machine_is_not_opened(bench):
    bench.desk.add()
    drop(bench, QUrl("file://host/share/a.txt"))
    assert not bench.sees("source_text_echo")
    assert bench.says("source_text") == ""


# Pages


def test_a_page_is_fetched_only_on_a_click(bench, server, document):
    pytest.importorskip("trafilatura")
    bench.desk.add()
    drop(bench, QUrl(f"{server.address}/story"))
    assert bench.says("source_url") == f"{server.address}/story"
    QApplication.processEvents()
    assert server.asked == []
    bench.click("source_url_fetch")
    bench.qtbot.waitUntil(lambda: "day 39" in bench.says("source_text"), timeout=30_000)
    assert server.asked == ["/story"]
    assert (bench.says("source_author"), bench.says("source_published")) == ("Anna Writer", "2025-02-19")
    assert bench.says("source_language") == "fr"
    bench.click("save")
    source = only_source(document)
    assert (source.title, source.url) == ("Une page", f"{server.address}/story")
    assert source.accessed is not None


def test_what_is_no_address_cannot_be_fetched(bench):
    bench.desk.add()
    for url in ("", "example.org", "file:///etc/passwd", "javascript:alert(1)"):
        bench.write("source_url", url)
        assert not bench.find("source_url_fetch").isEnabled()


def test_a_page_that_is_not_there_is_said_to_be(bench, server):
    bench.desk.add()
    bench.write("source_url", f"{server.address}/none")
    bench.click("source_url_fetch")
    bench.qtbot.waitUntil(lambda: "The page was not fetched" in bench.says("source_url_echo"), timeout=10_000)
    assert "404" in bench.says("source_url_echo")


def test_an_address_of_this_machine_is_refused(dressed, document, qtbot, server):
    bench = Bench(document, qtbot)
    bench.desk.add()
    bench.write("source_url", f"{server.address}/story")
    bench.click("source_url_fetch")
    qtbot.waitUntil(lambda: "private network" in bench.says("source_url_echo"), timeout=10_000)
    assert server.asked == []
    bench.desk.stop()


def test_fetching_can_be_stopped_and_the_window_closed_meanwhile(bench, server):
    server.gate.clear()
    bench.desk.add()
    bench.write("source_url", f"{server.address}/slow")
    bench.click("source_url_fetch")
    bench.qtbot.waitUntil(lambda: server.asked == ["/slow"])
    assert bench.says("source_url_echo") == "Fetching…"
    bench.click("source_url_fetch")
    assert not bench.sees("source_url_echo")
    bench.click("source_url_fetch")
    bench.qtbot.waitUntil(lambda: len(server.asked) == 2)
    began = time.monotonic()
    assert bench.desk.stop()
    assert time.monotonic() - began < 2
    bench.window.close()


def test_another_text_waits_to_be_used(bench, tmp_path, document):
    source = a_source(title="Known")
    document.save_source(source)
    path = tmp_path / "new.txt"
    path.write_text(STORY, encoding="utf-8")
    bench.desk.edit(source.uid)
    drop(bench, QUrl.fromLocalFile(str(path)))
    bench.wait_for("source_text_found")
    assert bench.says("source_text") == TEXT
    bench.click("source_text_found_use")
    assert bench.says("source_text") == STORY


# Long texts


def test_a_pasted_text_is_kept_to_the_character(bench, document):
    text = "«\u00a03\u202f000\u00a0» soldats\r\nun\u2028deux\t fin "
    bench.desk.add()
    bench.write("source_title", "Exact")
    bench.paste("source_text", text)
    bench.press(Qt.Key.Key_Return, CTRL)
    assert only_source(document).text == text


def test_five_million_characters_in_one_line_are_pasted_without_a_stall(bench, document):
    text = "x" * 5_000_000
    bench.desk.add()
    bench.write("source_title", "Long")
    began = time.monotonic()
    bench.paste("source_text", text)
    QApplication.processEvents()
    assert time.monotonic() - began < 2
    assert "the beginning is shown" in bench.says("source_text_size")
    bench.press(Qt.Key.Key_Return, CTRL)
    assert only_source(document).text == text


# Copies


def test_a_text_that_is_nearly_the_same_is_pointed_out(bench, document):
    document.save_source(a_source(uid="agency", title="The agency", text=STORY))
    document.save_source(a_source(uid="other", title="Another matter"))
    bench.desk.add()
    bench.write("source_title", "A copy")
    bench.paste("source_text", STORY.replace("day 7", "the seventh day"))
    words = bench.wait_for("source_text_near").full_text()
    assert words.startswith("Nearly the same text as “The agency” (")
    bench.click("source_text_near_use")
    assert bench.says("source_original") == "The agency"
    bench.press(Qt.Key.Key_Return, CTRL)
    (copy,) = [source for source in document.store.sources() if source.title == "A copy"]
    assert copy.derived_from == "agency"


def test_the_very_same_text_is_pointed_out_and_ones_own_is_not(bench, document):
    document.save_source(a_source(uid="agency", title="The agency", text=STORY))
    bench.desk.add()
    bench.paste("source_text", STORY)
    assert bench.wait_for("source_text_near").full_text() == "The same text as “The agency”"
    bench.paste("source_text", "Something else altogether, of which nobody has ever written a word.")
    bench.qtbot.waitUntil(lambda: not bench.sees("source_text_near"))
    bench.desk.form.cancel()
    bench.click("discard")
    bench.desk.edit("agency")
    bench.paste("source_text", STORY + " More.")
    bench.qtbot.wait(1_000)
    assert not bench.sees("source_text_near")


# Quotes in a new text


@pytest.fixture
def quoted(bench, document):
    """A source, an event, and three quotes in it, in the form of the source."""
    source = a_source(uid="s", title="Quoted")
    claims = [
        a_claim(source, uid="train"),
        a_claim(source, uid="last", quote="Last line.", span=(TEXT.index("Last"), len(TEXT))),
    ]
    document.save_event(an_event(title="The arrival", claims=tuple(claims)), new_sources=[source])
    bench.desk.edit("s")
    return bench


def claims_now(document):
    return {claim.uid: claim for event in document.store.events() for claim in event.claims}


def test_quotes_that_are_surely_found_need_no_question(quoted, document):
    edits = len(document.store.edits())
    quoted.paste("source_text", f"A correction.\n{TEXT}")
    assert "2 quotes are tied to this text" in quoted.wait_for("source_text_echo").text()
    quoted.press(Qt.Key.Key_Return, CTRL)
    quoted.qtbot.waitUntil(lambda: not quoted.sees("form_title"))
    assert document.store.source("s").text == f"A correction.\n{TEXT}"
    assert claims_now(document)["train"].span == (SPAN[0] + 14, SPAN[1] + 14)
    assert len(document.store.edits()) == edits + 1
    assert document.check() == []


def test_an_uncertain_quote_is_confirmed_beside_the_old_one(quoted, document):
    text = "First line.\nSome 3,000 soldiers came by night train, two officials said."
    quoted.paste("source_text", text)
    quoted.press(Qt.Key.Key_Return, CTRL)
    assert quoted.wait_for("requote_heading").text() == "0 found again · 2 to be confirmed"
    assert document.store.source("s").text == TEXT
    assert QUOTE in quoted.says("requote_old")
    assert "by night train" in quoted.says("requote_new")
    assert not quoted.find("requote_save").isEnabled()
    quoted.press(Qt.Key.Key_Space)
    assert quoted.says("requote_heading") == "1 found again · 1 to be confirmed"
    quoted.press(Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    quoted.press(Qt.Key.Key_Space)
    assert quoted.says("requote_heading") == "1 found again · 1 lost"
    quoted.press(Qt.Key.Key_Space)
    quoted.qtbot.waitUntil(lambda: not quoted.sees("form_title"))
    now = claims_now(document)
    assert text[slice(*now["train"].span)] == now["train"].quote != QUOTE
    assert (now["last"].quote, now["last"].span) == ("Last line.", None)
    assert quoted.says("notice_text") == "1 quote has no place in the new text."
    document.undo()
    assert claims_now(document)["train"].span == SPAN
    assert document.check() == []


def test_a_passage_that_is_not_the_quote_can_be_refused(quoted, document):
    quoted.paste(
        "source_text", "First line.\nSome 3,000 soldiers came by night train, two officials said.\nLast line."
    )
    quoted.click("save")
    quoted.wait_for("requote_refuse")
    quoted.click("requote_refuse")
    quoted.click("requote_save")
    quoted.qtbot.waitUntil(lambda: not quoted.sees("form_title"))
    assert claims_now(document)["train"].span is None
    assert claims_now(document)["last"].span is not None


def test_nothing_is_saved_when_the_question_is_left(quoted, document):
    quoted.paste("source_text", "Something else.")
    quoted.click("save")
    quoted.wait_for("requote_cancel")
    quoted.click("requote_cancel")
    assert document.store.source("s").text == TEXT
    assert quoted.says("source_text") == "Something else."


def test_a_lower_grade_in_the_form_is_previewed_before_it_is_saved(bench, document):
    source = a_source(uid="s", title="Graded", reliability="B")
    document.save_event(an_event(title="The arrival", claims=(a_claim(source),)), new_sources=[source])
    bench.desk.edit("s")
    choose(bench, "source_reliability", "D")
    bench.click("save")
    assert [row[0] for row in (bench.wait_for("impact_table"), bench.rows("impact_table"))[1]] == [
        "The arrival"
    ]
    assert document.store.source("s").reliability == "B"
    bench.click("impact_cancel")
    assert document.store.source("s").reliability == "B"
    bench.click("save")
    bench.wait_for("impact_table")
    bench.click("impact_apply")
    assert document.store.source("s").reliability == "D"
