"""Fault cases of strangers' formats: entities, depth, odd JSON, pages that stop a parser, archives."""

from __future__ import annotations

import io
import json
import zipfile
from importlib.util import find_spec

import pytest
from formats.foreign_reading import problems, read, sorted_out
from formats.test_timeline_project import event, timeline

from viewer.children import ChildError, stream_child
from viewer.formats import wire
from viewer.formats.foreign import Opened
from viewer.formats.incoming import UnreadableError
from viewer.formats.reading import read_out
from viewer.formats.references import csl_json, wacz
from viewer.formats.registry import readable_formats
from viewer.formats.source_files import read_source
from viewer.formats.timelines import timeline_project, timelinejs

needs_web = pytest.mark.skipif(find_spec("trafilatura") is None, reason="the extra [web] is not installed")

XML = timeline_project.FORMAT
BOMB = '<!DOCTYPE timeline [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + level)} "{f"&{chr(97 + level)};" * 10}">' for level in range(12)
)


class Counted(io.BytesIO):
    """A file that knows how much of it was read."""

    taken = 0

    def readline(self, size=-1, /):
        line = super().readline(size)
        self.taken += len(line)
        return line


@pytest.mark.parametrize(
    "declared",
    [
        BOMB + "]>",
        '<!DOCTYPE timeline [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE timeline SYSTEM "file:///etc/hostname">',
        '<!DOCTYPE timeline [<!ENTITY % a SYSTEM "http://127.0.0.1:1/x"> %a;]>',
        "<!DOCTYPE timeline>",
    ],
)
def test_fault_44_xml_that_declares_entities_is_refused_before_anything_of_it_is_read(declared, monkeypatch):
    opened = []
    monkeypatch.setattr("builtins.open", lambda *args, **_: opened.append(args))
    words = timeline(*[event(text="&m;", description="words " * 50)] * 2000)
    file = Counted(words.replace("<timeline>", f"{declared}\n<timeline>", 1).encode())
    found = []
    with pytest.raises(UnreadableError, match="document type") as told:
        found.extend(XML.read(Opened(file, "x.timeline")))
    assert found == []
    assert told.value.line is not None
    assert file.taken < 5000
    assert opened == []


def test_fault_44_an_entity_that_nobody_declared_is_refused():
    with pytest.raises(UnreadableError, match="not XML: undefined entity"):
        read(XML, timeline(event(text="&m;")))


@pytest.mark.parametrize("parting", ["", "\n"])
def test_fault_45_xml_of_a_million_levels_is_refused_at_the_first_that_are_too_many(parting):
    file = Counted(b"<timeline><events><event>" + f"<a>{parting}".encode() * 1_000_000)
    with pytest.raises(UnreadableError, match="too deep"):
        list(XML.read(Opened(file, "x.timeline")))
    assert file.taken < 200_000


def test_fault_45_what_is_as_deep_as_allowed_is_read():
    found, _, odd, _ = sorted_out(XML, timeline(event(odd="<a>" * 90 + "</a>" * 90)))
    assert (len(found), odd) == (1, [])


DEEP = "[" * 100_000
ODD = {
    "depth": '{"x": ' + "[" * 150 + "]" * 150 + "}",
    "NaN": '{"x": NaN}',
    "Infinity": '{"x": -Infinity}',
    "too large": '{"x": 1e999}',
    "digits": '{"x": ' + "9" * 10_000 + "}",
    "surrogate": '{"x": "\\ud800"}',
    "twice": '{"x": 1, "x": 2}',
}
SOUND = {
    "timelinejs": '{"start_date": {"year": 2024}, "text": {"headline": "H"}}',
    "csl-json": '{"type": "book", "title": "T"}',
}
FRAMES = {"timelinejs": ('{"events": [\n', "\n]}"), "csl-json": ("[\n", "\n]")}
JSON = {"timelinejs": timelinejs.FORMAT, "csl-json": csl_json.FORMAT}


@pytest.mark.parametrize("name", JSON)
@pytest.mark.parametrize("fault", ODD)
def test_fault_46_an_odd_value_is_named_by_its_line_and_the_others_are_read(name, fault):
    before, after = FRAMES[name]
    data = f"{before}{SOUND[name]},\n{ODD[fault]},\n{SOUND[name]}{after}"
    events, sources, _, _ = sorted_out(JSON[name], data)
    assert len(events) + len(sources) == 2
    assert [line for _, line in problems(JSON[name], data)] == [3]


@pytest.mark.parametrize("name", JSON)
def test_fault_46_json_that_is_too_deep_to_be_read_at_all_is_refused(name):
    before, after = FRAMES[name]
    for data in (DEEP, before + DEEP, f"{before}{SOUND[name]},\n{DEEP}{after}", '{"a":' * 100_000):
        with pytest.raises(UnreadableError):
            read(JSON[name], data)


@pytest.mark.parametrize("name", JSON)
def test_fault_46_what_a_list_is_called_twice_is_refused(name):
    data = '{"events": [], "events": []}' if name == "timelinejs" else '{"items": [], "items": []}'
    with pytest.raises(UnreadableError, match="given twice"):
        read(JSON[name], data)


PAGES = {
    "open tags": b"<a " * 12_500,
    "open comments": b"<!--" * 50_000,
    "many dates": b"<html><body>" + b"<p>2019-2025 07.03.2025 and more</p>" * 50_000,
}


@pytest.fixture
def apart(tmp_path):
    """Read a page in a process with limits, as an import does."""

    def reading(page, seconds):
        file = tmp_path / "page.html"
        file.write_bytes(page)
        arguments = {"format_name": "saved-page", "name": "page.html", "options": {}}
        limits = {"cpu_seconds": seconds, "memory_mb": 2048, "wall_seconds": 60}
        with file.open("rb") as opened:
            return list(stream_child(read_out, opened, arguments=arguments, **limits))

    return reading


@needs_web
@pytest.mark.parametrize("name", ["open tags", "open comments"])
def test_fault_48_a_page_that_stops_other_parsers_is_refused_in_words(name, apart):
    lines = apart(PAGES[name], 30)
    assert b"no article was found" in lines[0]
    assert wire.element_of(lines[-1])[0] == wire.END
    with pytest.raises(UnreadableError, match="no article was found"):
        read_source(PAGES[name], name="page.html")


@needs_web
def test_fault_48_a_page_that_takes_too_long_is_stopped_at_its_limit(apart):
    with pytest.raises(ChildError, match="longer than 1 seconds") as told:
        apart(PAGES["many dates"], 1)
    assert told.value.code == "time"


def test_fault_56_an_archive_that_is_none_of_ours_is_refused_and_not_unpacked(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("timeline.json", json.dumps({"events": []}))
        archive.writestr("../outside.json", bytes(10_000_000))
    data = packed.getvalue()
    with pytest.raises(UnreadableError, match="not unpacked"):
        read(wacz.FORMAT, data, "x.zip")
    for each in readable_formats():
        with pytest.raises(UnreadableError):
            read(each, data, "x.zip")
    assert list(tmp_path.iterdir()) == []
    assert not (tmp_path.parent / "outside.json").exists()
