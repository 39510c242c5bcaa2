"""Pictures with footnotes, from the command line and from the window: what is noted, and where links lead."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from itertools import pairwise

import pytest
from builders import bundle_file, raw_claim, raw_event, raw_source
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QComboBox
from test_drawing_commands import dateline

from viewer.document import Document
from viewer.ui.note_text import Paragraph, Run, balanced, columns_of, height_of, lines_of
from viewer.ui.theme import LIGHT

SVG = "{http://www.w3.org/2000/svg}"
MARK, NOTE = "10", "12"
LINK = "{http://www.w3.org/1999/xlink}href"


def made(tmp_path, sources=(), events=(), **more):
    """The path of a document with these records."""
    file = tmp_path / "made.dateline"
    bundle = bundle_file(tmp_path, sources=list(sources), events=list(events), **more)
    document = Document.create(file)
    document.import_files([(bundle.name, bundle.read_bytes())])
    document.close()
    return file


def rendered(tmp_path, file, name, *options):
    out = tmp_path / name
    done = dateline(tmp_path, "render", file, out, *options)
    assert done.returncode == 0, done.stderr
    return out


def texts(svg):
    """What is written in a picture, run by run."""
    return [node.text or "" for node in ElementTree.parse(svg).iter(f"{SVG}text")]


def numbers(svg, size):
    """The numbers of footnotes, as large as they are beside marks or before notes; but for that of the legend."""
    nodes = [*ElementTree.parse(svg).iter(f"{SVG}text")]
    return sorted(
        int(node.text)
        for node, after in pairwise(nodes)
        if node.get("fill") == "#2b5f8f" and node.get("font-size") == size and (node.text or "").isdigit()
        if after.text != "number of the note"
    )


def whole(svg):
    return " ".join(" ".join(texts(svg)).split())


def links(svg):
    return [node.get(LINK) for node in ElementTree.parse(svg).iter(f"{SVG}a")]


def pages(pdf):
    return pdf.read_bytes().count(b"/Type /Page\n")


@pytest.fixture
def sample_file(tmp_path):
    file = tmp_path / "sample.dateline"
    assert dateline(tmp_path, "new", file, "--sample").returncode == 0
    return file


def test_each_mark_of_the_sample_has_a_number_and_each_number_a_note(tmp_path, sample_file):
    svg = rendered(tmp_path, sample_file, "out.svg", "--footnotes")
    assert numbers(svg, MARK) == [*range(1, 17)]
    assert numbers(svg, NOTE) == [*range(1, 17)]
    assert [each for each in texts(svg) if re.fullmatch(r"S\d+", each)] == ["S1", "S2"]


def test_a_note_says_when_who_in_which_words_and_by_whom_it_came(tmp_path, sample_file):
    said = whole(rendered(tmp_path, sample_file, "out.svg", "--footnotes", "--search", "JoongAng"))
    assert "“entre janvier et février”: Jan – Feb 2025" in said
    assert "jusqu’à 3 000 hommes" in said
    assert re.search(r"several unnamed sources \(unnamed\)\W+JoongAng\W+Dateline sample", said)
    assert "disputes it" in said
    assert "One claim disputes what one supports." in said
    assert "stored text SHA-256" in said


def test_filters_apply_and_are_said(tmp_path, sample_file):
    said = whole(rendered(tmp_path, sample_file, "out.svg", "--footnotes", "--kind", "withdrawal"))
    assert "Shown: Withdrawals; 14 events hidden" in said
    assert said.count("Pulled out of the fighting") == 2
    assert "10,000–12,000 troops reach Russia" not in said


def test_only_what_was_known_by_a_day_is_noted(tmp_path, sample_file):
    early = whole(rendered(tmp_path, sample_file, "a.svg", "--footnotes", "--as-known-on", "2025-02-28"))
    late = whole(rendered(tmp_path, sample_file, "b.svg", "--footnotes"))
    assert "Ukraine’s operation across the border began on 6 August 2024" in late
    assert "Ukraine’s operation across the border began on 6 August 2024" not in early
    assert "as known on 2025-02-28" in early


def test_a_picture_without_footnotes_has_neither_numbers_nor_notes(tmp_path, sample_file):
    written = texts(rendered(tmp_path, sample_file, "out.svg"))
    assert not {"Notes", "Sources", "1", "2"} & set(written)
    assert QImage(str(rendered(tmp_path, sample_file, "out.png"))).height() == 900


def test_a_picture_grows_by_its_notes(tmp_path, sample_file):
    one = QImage(str(rendered(tmp_path, sample_file, "a.png", "--footnotes", "--search", "JoongAng")))
    every = QImage(str(rendered(tmp_path, sample_file, "b.png", "--footnotes", "--scale", "2")))
    assert (one.width(), every.width()) == (1440, 2880)
    assert 900 < one.height() < every.height() / 2


STRANGE = (
    "<b>Bold</b> & <img src=x>",
    "القوات تصل إلى كورسك",
    "북한군 \U0001f600 \U0001f1fa\U0001f1e6",
    "back\u202eward \ufffc end",
    "long" * 400,
)


def test_strange_texts_are_written_as_they_stand(tmp_path):
    sources = [raw_source(title=text, publisher=text, text=None) for text in STRANGE]
    events = [
        raw_event(title=text, when={"edtf": f"2025-02-{day:02}"},
                  claims=[raw_claim(source["uid"], quote=text, span=None, chain=[{"name": text}])])
        for day, (text, source) in enumerate(zip(STRANGE, sources, strict=True), 1)
    ]  # fmt: skip
    file = made(tmp_path, sources, events, title="<i>Title</i>")
    written = whole(rendered(tmp_path, file, "out.svg", "--footnotes"))
    assert "“<b>Bold</b> & <img src=x>”" in written
    assert "\u202e" not in written.partition("Notes")[2]
    assert "longlong" in written
    assert "<i>Title</i>" in written
    for name in ("out.png", "out.pdf"):
        assert rendered(tmp_path, file, name, "--footnotes").stat().st_size > 1000


def test_addresses_are_links_only_where_they_may_be_opened(tmp_path):
    addresses = (
        "https://example.org/a?b=1&c=%22x",
        "javascript:alert(1)",
        "file:///etc/passwd",
        'http://a"b',
    )
    sources = [raw_source(url=address, archived_url="https://archive.example/1") for address in addresses]
    events = [raw_event(when={"edtf": "2025-02"}, claims=[raw_claim(each["uid"]) for each in sources])]
    file = made(tmp_path, sources, events)
    svg = rendered(tmp_path, file, "out.svg", "--footnotes")
    assert set(links(svg)) == {"https://example.org/a?b=1&c=%22x", "https://archive.example/1"}
    assert "javascript:alert(1)" in whole(svg)
    pdf = rendered(tmp_path, file, "out.pdf", "--footnotes").read_bytes()
    assert set(re.findall(rb"/URI \((.*?)\)\n", pdf)) == {
        b"https://example.org/a?b=1&c=%22x",
        b"https://archive.example/1",
    }


def test_numbers_in_a_pdf_lead_to_their_notes(tmp_path, sample_file):
    pdf = rendered(tmp_path, sample_file, "out.pdf", "--footnotes").read_bytes()
    for name in ("note-1", "note-16", "source-1"):
        assert pdf.count(name.encode("utf-16-be")) >= 2, name


def test_a_pdf_is_set_in_pages_of_the_size_asked_for(tmp_path, sample_file):
    wide = rendered(tmp_path, sample_file, "a.pdf", "--footnotes")
    assert re.search(rb"/MediaBox \[0 0 84[12]\S* 595", wide.read_bytes())
    small = rendered(
        tmp_path, sample_file, "b.pdf", "--footnotes", "--page", "letter", "--margin", "30", "--pages", "3"
    )
    assert re.search(rb"/MediaBox \[0 0 612\S* 792", small.read_bytes())
    assert 2 <= pages(wide) < pages(small) - 2


def test_only_so_many_claims_of_a_note_are_given(tmp_path, sample_file):
    said = whole(rendered(tmp_path, sample_file, "out.svg", "--footnotes", "--claims", "1"))
    assert "and 3 more claims" in said
    assert "Moscou a ramené des Nord-Coréens dans l’oblast”" not in said


def test_what_is_drawn_only_as_density_is_counted(tmp_path):
    crowd = [raw_event(when={"edtf": f"2024-{1 + n % 12:02}-{1 + n % 28:02}"}) for n in range(900)]
    alone = raw_event(kind="statement", title="A word alone", when={"edtf": "2024-06-06"})
    file = made(tmp_path, (), [*crowd, alone])
    said = whole(rendered(tmp_path, file, "out.svg", "--footnotes", "--size", "800x500"))
    assert "And 900 more events drawn as density, without numbers." in said
    assert said.count("A word alone") == 2
    hidden = whole(
        rendered(tmp_path, file, "b.svg", "--footnotes", "--size", "800x500", "--kind", "deployment")
    )
    assert "900 events are drawn as density, without numbers. A shorter time" in hidden


def test_a_png_that_would_be_too_high_is_refused_with_what_to_do(tmp_path):
    source = raw_source()
    events = [
        raw_event(when={"edtf": f"2024-{1 + n % 12:02}-{1 + n % 28:02}"},
                  claims=[raw_claim(source["uid"]) for _ in range(5)])
        for n in range(120)
    ]  # fmt: skip
    file, out = made(tmp_path, [source], events), tmp_path / "out.png"
    done = dateline(tmp_path, "render", file, out, "--footnotes", "--scale", "8")
    assert done.returncode == 2
    assert "Write a PDF, take a smaller scale, or show fewer events." in done.stderr
    assert not out.exists()


def test_a_page_too_small_for_all_lanes_is_refused_with_what_to_do(tmp_path):
    kinds = [
        {"name": f"k{n}", "label": f"Kind {n}", "shape": "square", "colour": "#2F8F6B"} for n in range(60)
    ]
    events = [raw_event(kind=kind["name"], when={"edtf": "2025-02"}) for kind in kinds]
    file, out = made(tmp_path, (), events, kinds=kinds), tmp_path / "out.pdf"
    done = dateline(tmp_path, "render", file, out, "--footnotes", "--page", "a5-landscape")
    assert done.returncode == 2
    assert "Take a larger one, such as a3" in done.stderr
    assert not out.exists()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("out.pdf", "--page", "a4"), "--page: only with --footnotes"),
        (("out.svg", "--claims", "2"), "--claims: only with --footnotes"),
        (("out.png", "--footnotes", "--pages", "2", "--margin", "20"), "--margin and --pages: only a .pdf"),
    ],
)
def test_options_that_mean_nothing_are_refused(tmp_path, options, words):
    name, *others = options
    done = dateline(tmp_path, "render", tmp_path / "no.dateline", tmp_path / name, *others)
    assert done.returncode == 2
    assert words in done.stderr


def test_a_document_without_events_has_a_picture_without_notes(tmp_path):
    file = made(tmp_path)
    said = whole(rendered(tmp_path, file, "out.svg", "--footnotes"))
    assert "No event is shown, so there are no notes." in said
    assert pages(rendered(tmp_path, file, "out.pdf", "--footnotes")) == 2


# The window


def test_the_window_exports_what_it_shows_with_footnotes(hands, tmp_path):
    out = tmp_path / "out.svg"
    hands.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    hands.click("picture_footnotes")
    with hands.answering(out):
        hands.click("picture_save")
    frame = hands.timeline.scene()
    shown = len(frame.items) + frame.shelf.shown
    assert numbers(out, MARK) == numbers(out, NOTE) == [*range(1, shown + 1)]
    assert "Shown: all events" in whole(out)


def test_the_window_sets_a_pdf_in_the_pages_chosen(hands, tmp_path):
    out = tmp_path / "out.pdf"
    hands.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    page = hands.find("picture_page")
    assert isinstance(page, QComboBox)
    assert not page.isEnabled()
    hands.click("picture_footnotes")
    assert page.isEnabled()
    page.setCurrentIndex(page.findData("letter"))
    with hands.answering(out):
        hands.click("picture_save")
    assert re.search(rb"/MediaBox \[0 0 612\S* 792", out.read_bytes())


# Columns


def runs_of(words):
    return [Paragraph((Run(text),), indent=10.0, above=6.0, keeps=keeps) for text, keeps in words]


WORDS = st.lists(
    st.tuples(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=300), st.booleans()),
    max_size=30,
)


@given(words=WORDS, height=st.floats(60, 600), count=st.integers(1, 4))
def test_columns_hold_all_lines_in_order_and_none_is_too_high(qapp, words, height, count):
    lines = lines_of(runs_of(words), 240.0, LIGHT)
    columns = columns_of(lines, height)
    assert [line for column in columns for line in column] == lines
    assert all(height_of(column) <= height + 0.01 for column in columns)
    evened = balanced(lines, count, height_of(lines))
    assert [line for column in evened for line in column] == lines
    assert len(evened) <= count


def test_what_stays_together_is_not_torn_between_columns(qapp):
    words = [("first " * 40, False), ("a title", True), ("its text", False)]
    lines = lines_of(runs_of(words), 240.0, LIGHT)
    height = height_of(lines) - lines[-1].height
    first, second = columns_of(lines, height)
    assert [line.text.paragraph.runs[0].text for line in second] == ["a title", "its text"]
    assert len(first) == len(lines) - 2
