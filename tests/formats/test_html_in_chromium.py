"""The page in a real browser: hands on it, what it shows and prints, and that it never asks for anything."""

from __future__ import annotations

import json

import pytest
from builders import a_claim, a_source, an_event
from chromium import Browser, chromium_path, words_of_pdf
from pages import page_of, sample_outgoing

from viewer.domain.calendar import seconds
from viewer.domain.dates import from_edtf
from viewer.domain.records import Hop, Kind, Link, Part

CANVAS = "document.querySelector('#timeline')"
NASTY = '<img src=x onerror="window.pwned=1"></script><script>window.pwned=2</script> \u202eevil\u202c & {{script}}'
TITLE, LISTED = "#details h2", "#list li[aria-selected='true'] .title"


@pytest.fixture(scope="module")
def browser():
    running = Browser(chromium_path())
    yield running
    running.close()


@pytest.fixture
def shown(browser, tmp_path):
    """Open the page of some records; afterwards nothing may have been fetched, and nothing have gone wrong."""
    pages = []

    def show(events, sources=(), *, look=None, **more):
        path = tmp_path / f"page{len(pages)}.html"
        path.write_text(page_of(events, sources, **more), encoding="utf-8")
        pages.append((browser.page(path, **(look or {})), path.as_uri()))
        return pages[-1][0]

    yield show
    for page, address in pages:
        assert page.requests() in ([address], [address, "data:,"])
        assert page.complaints() == []
        page.close()


@pytest.fixture
def sample_page(shown):
    return shown(*sample_outgoing(), title="Kursk")


def three_days():
    return [an_event(title=f"Day {day}", when=from_edtf(f"2024-01-{day:02}")) for day in (3, 10, 20)]


def seen(page):
    """The first and the last second in sight."""
    return page.ask(f"[Number({CANVAS}.dataset.from), Number({CANVAS}.dataset.to)]")


def length(page):
    first, last = seen(page)
    return last - first


def focus(page, selector="#timeline"):
    page.ask(f"document.querySelector({json.dumps(selector)}).focus()")


def mark_of_chosen(page):
    """Where the mark of the chosen event stands in the window."""
    return page.ask(
        f"(() => {{ const at = {CANVAS}.dataset.chosen.split(' ').map(Number);"
        f" const box = {CANVAS}.getBoundingClientRect(); return [box.x + at[0], box.y + at[1]]; }})()"
    )


def is_open(page):
    return not page.ask("document.querySelector('#details').hidden")


def test_a_click_on_a_mark_opens_its_provenance(sample_page):
    page = sample_page
    focus(page)
    page.press("Home")
    place = mark_of_chosen(page)
    page.press("Escape")
    assert not is_open(page)
    page.click(*place)
    assert page.text(TITLE) == "Ukraine crosses into Kursk region"
    told = page.text("#details")
    for words in ("Aug 2024, some day within", "en août 2024, l’armée ukrainienne", "Dateline sample",
                  "Chronology note written for Dateline", "2 reports", "SHA-256"):  # fmt: skip
        assert words in told
    page.click_on("#details .close")
    assert not is_open(page)


def test_an_event_is_shown_with_all_that_is_recorded_of_it(shown):
    original = a_source(title="The wire")
    source = a_source(
        title="A daily paper", publisher="The press", url="https://www.paper.example/a?b=1",
        archived_url="https://archive.example/1", reliability="B", published=from_edtf("2025-02"),
        derived_from=original.uid,
    )  # fmt: skip
    statement = an_event(title="The general speaks", kind="statement")
    claim = a_claim(
        source, quote="some came", verb="reported", credibility=2, when=from_edtf("2025-01"),
        chain=(Hop(name="two officers", anonymous=True, verb="said"), Hop(name="The agency")),
        statement=statement.uid, note="Mind the date",
    )  # fmt: skip
    against = a_claim(source, stance="disputes", quote="none came", retracted=False)
    event = an_event(
        title="They come", summary="By train.", when=from_edtf("2025-02"), place="Kursk", origin="The east",
        actors=(Part(name="Alpha", role="force"),), tags=("rail",), claims=(claim, against),
        links=(Link(to=statement.uid, relation="about"),),
    )  # fmt: skip
    page = shown([event, statement], [source, original])
    page.click_on("#list li")
    told = page.text("#details")
    for words in ("They come", "By train.", "Kursk", "The east", "Alpha force", "rail", "about", "“some came”",
                  "two officers", "The agency", "reported", "B2", "says Jan 2025", "Mind the date", "said in",
                  "disputes this", "1 dispute", "A daily paper", "The press", "published Feb 2025",
                  "copied from The wire", "www.paper.example ↗", "archived: archive.example ↗"):  # fmt: skip
        assert words in told
    link = "document.querySelector('#details a')"
    assert page.ask(f"[{link}.href, {link}.rel, {link}.target]") == [
        "https://www.paper.example/a?b=1", "noopener noreferrer nofollow", "_blank",
    ]  # fmt: skip
    page.click_on("#details .facts .link")
    assert page.text(TITLE) == "The general speaks"


def test_the_keyboard_walks_from_event_to_event(sample_page):
    page = sample_page
    focus(page)
    page.press("Home")
    walked = [page.text(LISTED)]
    for _ in range(3):
        page.press("ArrowRight")
        walked.append(page.text(LISTED))
    assert walked == [
        "Ukraine crosses into Kursk region", "10,000–12,000 troops reach Russia", "Pulled out of the fighting",
        "A second wave of up to 3,000 men",
    ]  # fmt: skip
    page.press("ArrowLeft")
    assert "Pulled out of the fighting" in page.text("#live")
    page.press("ArrowDown")
    assert page.text(LISTED).startswith("Zelensky")
    page.press("Enter")
    assert page.ask("document.activeElement.textContent").startswith("Zelensky")
    page.press("Escape")
    assert not is_open(page)
    assert page.ask("document.activeElement.id") == "timeline"


def test_the_list_is_walked_by_keys_and_keeps_in_step(sample_page):
    page = sample_page
    focus(page, "#list")
    page.press("End")
    assert page.ask("document.querySelector('#list').getAttribute('aria-activedescendant')") == "row-15"
    page.press("ArrowUp")
    page.press("Enter")
    assert page.text(TITLE) == page.ask(
        "JSON.parse(document.querySelector('#data').textContent).events.title[14]"
    )
    page.press("Escape")
    assert page.ask("document.activeElement.id") == "list"


def test_buttons_wheel_and_keys_change_what_is_in_sight(shown):
    page = shown(three_days())
    whole = length(page)
    page.click_on("#in")
    assert length(page) == pytest.approx(whole / 2)
    page.click_on("#out")
    assert length(page) == pytest.approx(whole)
    x, y = page.ask(
        f"(() => {{ const b = {CANVAS}.getBoundingClientRect(); return [b.x + b.width * 0.7, b.y + 200]; }})()"
    )
    left, width = page.ask(
        f"[{CANVAS}.getBoundingClientRect().x + 124, {CANVAS}.getBoundingClientRect().width - 124]"
    )
    first, last = seen(page)
    under = first + (x - left) / width * (last - first)
    page.wheel(x, y, -120, control=True)
    first, last = seen(page)
    assert last - first < whole
    assert first + (x - left) / width * (last - first) == pytest.approx(under, abs=(last - first) / width)
    before = seen(page)
    page.wheel(x, y, 100)
    assert length(page) == pytest.approx(before[1] - before[0])
    assert seen(page)[0] > before[0]
    page.press("0")
    assert length(page) == pytest.approx(whole)
    focus(page)
    page.press("ArrowRight", shift=True)
    assert seen(page)[0] > first - whole
    page.click_on("#fit")
    assert length(page) == pytest.approx(whole)


def test_dragging_moves_through_time_and_selects_nothing(shown):
    page = shown(three_days())
    before = seen(page)
    page.drag((700, 500), (500, 500))
    after = seen(page)
    assert after[0] > before[0]
    assert after[1] - after[0] == pytest.approx(before[1] - before[0])
    assert not is_open(page)


def test_two_fingers_zoom(shown):
    page = shown(three_days(), look={"touch": True, "width": 390, "height": 800})
    before = length(page)

    def touch(kind, *points):
        page.call(
            "Input.dispatchTouchEvent",
            type=kind,
            touchPoints=[{"x": x, "y": 240, "id": at} for at, x in enumerate(points)],
        )

    touch("touchStart", 180, 210)
    for spread in (20, 40, 60, 80):
        touch("touchMove", 180 - spread, 210 + spread)
    touch("touchEnd")
    page.frame()
    assert length(page) < before / 2


def test_a_search_and_the_chips_choose_what_is_shown(sample_page):
    page = sample_page
    focus(page, "#search")
    page.type("RÉTABLISSEMENT")
    page.wait("document.querySelector('#shown').textContent.startsWith('0 of 16')")
    assert page.text("#list") == "No event matches."
    page.press("Escape")
    page.type("joongang")
    page.wait("!document.querySelector('#list').textContent.includes('Ukraine crosses')")
    listed = page.text("#list")
    assert "A second wave of up to 3,000 men" in listed
    assert "Ukraine crosses" not in listed
    page.press("Escape")
    assert page.text("#count") == "16 events"
    page.click_on("#chips .chip:nth-child(3)")
    assert page.text("#count") == "8 of 16 events"
    assert (
        page.ask("document.querySelector('#chips .chip:nth-child(3)').getAttribute('aria-pressed')")
        == "false"
    )


def test_on_paper_there_are_the_picture_all_events_and_their_sources(sample_page, tmp_path):
    path = tmp_path / "page.pdf"
    path.write_bytes(sample_page.pdf())
    words = words_of_pdf(path)
    sheets = words.count("\f")
    flowing = " ".join(words.split())
    assert sheets >= 3
    titles = sample_page.ask("JSON.parse(document.querySelector('#data').textContent).events.title")
    for number, title in enumerate(titles, 1):
        assert f"{number}. {title}" in flowing
    assert "1 Ukraine crosses into Kursk region" in flowing  # in the picture, with its number
    assert "Sources" in flowing
    assert "[2]" in flowing
    assert "Chronology note written for Dateline" in flowing


def test_words_of_a_document_are_shown_literally_and_do_nothing(shown):
    source = a_source(
        title=NASTY, publisher=NASTY, url="javascript:window.pwned=3", archived_url="https://me@evil.example/"
    )
    kind = Kind(name="raid", label=NASTY, shape=NASTY, colour="red;background:url(https://evil.example)")
    event = an_event(
        kind="raid", title=NASTY, summary=NASTY, when=from_edtf("2025-02"), place=NASTY, tags=(NASTY,),
        actors=(Part(name=NASTY, role=NASTY),),
        claims=[a_claim(source, quote=NASTY, note=NASTY, chain=(Hop(name=NASTY),))],
    )  # fmt: skip
    page = shown([event], [source], kinds=[kind], title=NASTY)
    page.click_on("#list li")
    assert page.ask("document.querySelector('#details h2').textContent") == NASTY
    assert page.ask("document.querySelectorAll('img, #details a, #details script').length") == 0
    assert page.ask("document.querySelector('#details blockquote').textContent") == f"“{NASTY}”"
    assert "javascript:window.pwned=3" in page.text("#details")
    page.pdf()
    page.press("?")
    assert page.ask("window.pwned") is None


def test_a_title_of_a_megabyte_is_cut_until_it_is_asked_for(shown):
    page = shown([an_event(title="long " * 200_000, when=from_edtf("2025-02")), *three_days()])
    page.click_on("#list li:nth-child(4)")
    assert page.ask("document.querySelector('#details h2').textContent.length") < 3_000
    page.click_on("#details h2 .link")
    assert page.ask("document.querySelector('#details h2').textContent.length") == 1_000_000
    assert page.ask("document.querySelector('#list').textContent.length") < 2_000


def test_ten_thousand_events_cost_a_frame_no_more_than_its_pixels(shown):
    days = [
        from_edtf(f"20{year:02}-{month:02}-{day:02}")
        for year in range(25)
        for month in range(1, 13)
        for day in (3, 9, 28)
    ]
    months = [from_edtf(f"20{year:02}-{month:02}") for year in range(25) for month in range(1, 13)]
    kinds = ("deployment", "withdrawal", "statement")
    events = [
        an_event(
            title=f"Event {at}", kind=kinds[at % 3], when=(months if at % 5 == 0 else days)[at * 7 % 300]
        )
        for at in range(10_000)
    ]
    page = shown(events)
    assert int(page.ask(f"{CANVAS}.dataset.drawn")) > 0
    for _ in range(14):
        assert int(page.ask(f"{CANVAS}.dataset.drawn")) < 6_000
        assert page.ask("document.querySelectorAll('*').length") < 600
        page.press("+")
    page.press("0")
    focus(page, "#list")
    page.press("End")
    last = "document.querySelector('#list li[aria-selected=true]')"
    assert page.ask(f"[{last}.getAttribute('aria-posinset'), {last}.getAttribute('aria-setsize')]") == [
        "10000",
        "10000",
    ]
    page.press("Enter")
    assert page.text(TITLE).startswith("Event ")


@pytest.mark.parametrize(
    ("edtf", "words"),
    [("Y-13800000000", "billion BC"), ("-0043-03-15", "BC"), ("Y170000002", "million"), ("9998-12", "12,")],
)
def test_far_years_are_drawn_and_named(shown, edtf, words):
    page = shown([an_event(title="Far away", when=from_edtf(edtf)), *three_days()])
    assert words in page.text("#range")
    focus(page)
    for _ in range(30):
        page.press("+")
    assert length(page) > 0


def test_open_ends_and_missing_dates_are_shown(shown):
    open_ended = [an_event(title=edtf, when=from_edtf(edtf)) for edtf in ("../2024", "2023/..", "2023/")]
    page = shown([*open_ended, an_event(title="Never dated")])
    assert page.text("#shelf").split("\n")[0].startswith("Undated")
    assert "Never dated" in page.text("#shelf")
    page.click_on("#shelf .chip")
    assert is_open(page)


def test_a_selection_says_what_it_is_one_of(shown):
    page = shown(three_days(), known_by=seconds(2024, 6, 1), hidden=1234)
    assert page.text("#gist") == "As known on 1 Jun 2024 · 1,234 events were left out of this page"


def test_a_retracted_claim_says_so(shown):
    source = a_source()
    page = shown([an_event(claims=[a_claim(source, retracted=True), a_claim(source)])], [source])
    page.click_on("#list li")
    assert "retracted" in page.text("#details .card:nth-child(1)")
    assert "retracted" not in page.text("#details .card:nth-child(2)")
    assert "1 report · 0 origins · 1 not established" in page.text("#details .standing")


def test_no_event_at_all_is_a_calm_page(shown):
    page = shown([])
    assert page.text("#count") == "0 events"
    assert page.text("#list") == "No event matches."
    for key in ("ArrowRight", "Enter", "End", "+", "0"):
        focus(page)
        page.press(key)
    page.pdf()


def test_a_link_to_the_page_can_name_an_event(shown, browser, tmp_path):
    events = three_days()
    page = shown(events)
    page.click_on("#list li:nth-child(2)")
    assert page.ask("decodeURIComponent(location.hash)") == f"#event-{events[1].uid}"
    page.press("Escape")
    page.ask(f"location.hash = '#event-{events[2].uid}'")
    page.wait("!document.querySelector('#details').hidden")
    assert page.text(TITLE) == "Day 20"


def test_light_and_dark_follow_the_system_until_one_chooses(shown):
    corner = f"[...{CANVAS}.getContext('2d').getImageData(2, {CANVAS}.height - 2, 1, 1).data].slice(0, 3)"
    assert max(shown(three_days(), look={"dark": True}).ask(corner)) < 60
    assert min(shown(three_days()).ask(corner)) > 200
    chosen = shown(three_days(), look={"dark": True})
    chosen.click_on("#theme")
    assert min(chosen.ask(corner)) > 200


def test_a_screen_reader_finds_a_named_timeline_and_a_list(sample_page):
    nodes = sample_page.call("Accessibility.getFullAXTree")["nodes"]
    found = {
        (node["role"]["value"], node.get("name", {}).get("value", ""))
        for node in nodes
        if not node.get("ignored")
    }
    assert ("listbox", "16 events") in found
    assert any(role == "option" and name.startswith("Ukraine crosses") for role, name in found)
    assert any(role == "application" and name.startswith("Timeline of 16 events") for role, name in found)
    for name in ("Zoom in", "Zoom out", "Show the whole time", "Light or dark", "Keys and signs"):
        assert ("button", name) in found
    assert any(role == "searchbox" and name.startswith("Search") for role, name in found)


def test_the_help_shows_the_keys_and_closes(sample_page):
    sample_page.press("?")
    assert "zoom" in sample_page.text("#keys")
    sample_page.press("Escape")
    assert not sample_page.ask("document.querySelector('#keys').open")


def test_without_scripts_the_events_can_be_read(browser, tmp_path):
    path = tmp_path / "plain.html"
    path.write_text(page_of(*sample_outgoing()), encoding="utf-8")
    page = browser.page(path, scripts=False)
    nodes = page.call("Accessibility.getFullAXTree")["nodes"]
    told = " ".join(node.get("name", {}).get("value", "") for node in nodes if not node.get("ignored"))
    assert "Ukraine crosses into Kursk region" in told
    assert "Pyongyang does not acknowledge its support" in told
    page.close()


@pytest.mark.parametrize("width", [320, 390, 768, 1024, 2560])
def test_nothing_is_wider_than_the_window(shown, width):
    page = shown(*sample_outgoing(), look={"width": width, "height": 800})
    assert page.ask("document.documentElement.scrollWidth") <= width
    page.click_on("#list li")
    assert page.ask("document.documentElement.scrollWidth") <= width
    assert page.ask(
        "document.querySelector('#details').scrollWidth <= document.querySelector('#details').clientWidth"
    )


def test_what_is_chosen_comes_into_sight_among_many_lanes(shown):
    kinds = [Kind(name=f"k{at}", label=f"Kind {at}", shape="disc", colour="#2F8F6B") for at in range(40)]
    events = [
        an_event(kind=f"k{at % 40}", title=f"{at}", when=from_edtf(f"2024-{at % 12 + 1:02}-{at % 28 + 1:02}"))
        for at in range(400)
    ]
    page = shown(events, kinds=kinds)
    focus(page)
    for key in ("Home", "End", "Home", *["ArrowRight"] * 12):
        page.press(key)
        assert page.ask(f"{CANVAS}.dataset.chosen") != ""
        x, y = mark_of_chosen(page)
        box = f"{CANVAS}.getBoundingClientRect()"
        assert page.ask(
            f"{box}.top + 58 < {y} && {y} < {box}.bottom && {box}.left < {x} && {x} < {box}.right"
        )
