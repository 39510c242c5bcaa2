"""Web pages: the article and nothing else, suggestions with their doubts, and hostile pages that end in time."""

from __future__ import annotations

import contextlib
import json
import random
import sys
import time
from importlib.util import find_spec

import pytest

from viewer.formats.incoming import UnreadableError
from viewer.formats.source_files import read_source
from viewer.formats.web_page import PAGE_LIMIT, MissingExtraError

pytestmark = pytest.mark.skipif(
    find_spec("trafilatura") is None, reason="the extra [web], which reads pages, is not installed"
)

PARAGRAPHS = [
    "Des soldats sont arrivés par le train de nuit, selon deux témoins qui attendaient à la gare de la ville.",
    "« Nous n’avons rien vu venir », raconte l’une d’elles – elle préfère ne pas donner son nom au journal.",
    "Le ministère n’a pas répondu aux questions ; il parle d’un exercice prévu depuis longtemps dans la région.",
    "Les habitants, eux, comptent les wagons : il en passe une trentaine chaque jour, écrit-on <b> au marché.",
]
DATA = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Le train de nuit",
    "datePublished": "2025-02-03T08:00:00+01:00",
    "dateModified": "2025-02-20T08:00:00+01:00",
    "author": {"@type": "Person", "name": "Anne Petit"},
    "publisher": {"@type": "Organization", "name": "La Gazette"},
}


def page(*, head="", above="", foot="", language="fr"):
    body = "".join(f"<p>{text.replace('<', '&lt;')}</p>" for text in PARAGRAPHS)
    return (
        f'<!doctype html><html lang="{language}-FR"><head><title>Le train de nuit | La Gazette</title>{head}'
        "<style>p { color: red }</style></head><body><nav><a href='/'>Accueil</a>"
        "<a href='/a'>Abonnez-vous</a></nav>"
        f"<script>var spy = 'tracked';</script><article><h1>Le train de nuit</h1>{above}{body}"
        "<script>document.write('injected')</script></article>"
        f"<footer>{foot}</footer></body></html>"
    )


def linked_data(**fields):
    return f'<script type="application/ld+json">{json.dumps({**DATA, **fields})}</script>'


def read(html, **where):
    return read_source(html if isinstance(html, bytes) else html.encode(), name="page.html", **where)


def test_the_article_comes_whole_and_alone():
    text = read(page(head=linked_data())).text
    for paragraph in PARAGRAPHS:
        assert paragraph in text
    for other in ("spy", "tracked", "injected", "color", "Abonnez", "datePublished"):
        assert other not in text


def test_what_a_page_states_is_suggested_without_doubts():
    found = read(page(head=linked_data()), url="https://gazette.example/train")
    assert (found.title, found.author, found.publisher) == ("Le train de nuit", "Anne Petit", "La Gazette")
    assert (found.published, found.language, found.url, found.notes) == (
        "2025-02-03",  # not the day when it was changed
        "fr",
        "https://gazette.example/train",
        (),
    )


def test_a_byline_is_a_name():
    assert read(page(head='<meta name="author" content="Par Anne Petit">')).author == "Anne Petit"


def test_a_date_among_the_words_is_doubted():
    found = read(page(above="<p>Par Anne Petit, publié le 7 mars 2025</p>"))
    assert found.published == "2025-03-07"
    assert "among the page's words" in found.notes[0]


def test_a_date_made_of_a_footer_year_is_doubted():
    found = read(page(foot="© 2019-2025 La Gazette"))
    assert found.published == "2025-01-01"
    assert "mere year" in found.notes[0]


def test_a_page_without_a_date_says_so():
    found = read(page())
    assert found.published is None
    assert "does not say when" in found.notes[0]


@pytest.mark.parametrize(
    ("encoding", "declared", "served"),
    [
        ("utf-8", "", None),
        ("cp1252", '<meta charset="windows-1252">', None),
        ("cp1252", '<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1">', None),
        ("cp1252", "", "text/html; charset=windows-1252"),
        ("utf-16", "", None),
    ],
)
def test_a_page_is_read_in_its_encoding(encoding, declared, served):
    assert PARAGRAPHS[1] in read(page(head=declared).encode(encoding), content_type=served).text


def test_a_page_is_known_by_its_type_or_its_beginning():
    assert PARAGRAPHS[0] in read_source(page().encode(), name="story", content_type="text/html").text
    assert PARAGRAPHS[0] in read_source(b"\n<!-- x -->" + page().encode()).text


NOTHING = "no article was found"
UNSURE = None
"""The page may give some text or be refused: it must only end."""
HOSTILE = {
    "open tags": ("<a " * 12_500, NOTHING),
    "open comments": ("<!--" * 25_000, NOTHING),
    "nested": ("<div>" * 20_000 + PARAGRAPHS[0] + "</div>" * 20_000, UNSURE),
    "sections": ("<![" * 30_000, NOTHING),
    "entities": ("&amp;" * 390_000, UNSURE),
    "one attribute": ("<p title='" + "x" * 1_900_000, NOTHING),
    "one word": (page(above=f"<p>{'x' * 1_500_000}</p>"), UNSURE),
    "many paragraphs": (page(above="<p>Une phrase de plus, et encore une.</p>" * 40_000), UNSURE),
    "many dates": (page(above="2019-2025 07.03.2025 " * 80_000), UNSURE),
    "garbage": (random.Random(5).randbytes(200_000), UNSURE),
    "zipped": (b"\x1f\x8b\x08\0\0\0\0\0" + b"\0" * 1000, NOTHING),
    "nothing": ("", NOTHING),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_ends_within_its_limits(name):
    html, reason = HOSTILE[name]
    start = time.monotonic()
    if reason is UNSURE:
        with contextlib.suppress(UnreadableError):
            assert read(html).text.strip()
    else:
        with pytest.raises(UnreadableError, match=reason):
            read(html)
    assert time.monotonic() - start < 45


def test_a_page_that_is_too_large_is_not_even_begun():
    with pytest.raises(UnreadableError, match=r"6\.0 MB; of a web page at most 2 MB"):
        read(b"<p>" + b"x" * 6_000_000)
    assert PAGE_LIMIT == 2_000_000


def test_reading_can_be_cancelled():
    with pytest.raises(UnreadableError, match="cancelled"):
        read(HOSTILE["many paragraphs"][0], cancelled=lambda: True)


def test_without_the_extra_the_message_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(MissingExtraError, match="trafilatura") as found:
        read(page())
    assert found.value.command == f'"{sys.executable}" -m pip install trafilatura lxml_html_clean'
