"""Figures for dates: `python -m tests.benchmarks.dates` prints microseconds a phrase and an EDTF string.

No phrase is read twice. What is remembered are forms, which are phrases with their numbers left open: where it
says "form met", each form was met before with another year, counted from another day; where it says "form never
met", everything is forgotten before each phrase.

edtf and dateparser, where they are installed (`pip install edtf dateparser`), read the same texts in the
same run: the ratios are what to compare between machines. A phrase is read to its bounds by all but
dateparser, which knows none. Times are process CPU, ours the best of several rounds. Nothing here fails a build.
"""

from __future__ import annotations

import importlib.util
import re
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from time import process_time

from viewer.domain.dates import DateError, forget, read_date
from viewer.domain.lexicon import LANGUAGES

TABLES = Path(__file__).parents[1] / "domain" / "phrases"
EDTF = (
    *(
        "2025-02-19",
        "2025-02",
        "1984?",
        "2004-06-11%",
        "20XX",
        "2004-02-XX",
        "1560-XX-25",
        "2024-21",
        "2001-29",
    ),
    *(
        "../1985",
        "1985/..",
        "2004-02-01/2005-02",
        "Y170000002",
        "Y-17E7",
        "1950S2",
        "2022-03-03T14:30:00+02:00",
    ),
    *(
        "[1667,1668,1670..1672]",
        "[..1760-12-03]",
        "{1960,1961-12}",
        "2004-06~-11",
        "-0043",
        "2023-11~/2023-12~",
    ),
)
ISO_DAYS = 200_000
CALENDAR = 400
"""After so many years the calendar repeats: weekdays and leap days stay what they are."""
ROUNDS = 8
ESCAPE = re.compile(r"\\u([0-9a-f]{4})")
YEAR = re.compile(r"(?<![0-9])[12][0-9]{3}(?![0-9])")

Text = tuple[str, str | None]
Reader = Callable[[str, str | None, int], object]
"""Reads a text in its language, in one of the rounds."""


def main() -> None:
    """Print the table."""
    phrases = [row for language in ("en", "fr") for row in _table(language)]
    unlabelled: list[Text] = [(text, None) for text, _ in phrases]
    expressions: list[Text] = [(text, None) for text in EDTF]
    days: list[Text] = [
        (f"{1000 + n % 8000:04d}-{n % 12 + 1:02d}-{n % 28 + 1:02d}", None) for n in range(ISO_DAYS)
    ]
    rows: list[tuple[str, str, float]] = []
    for name, texts, ours, others in (
        ("phrase, language unknown", unlabelled, _met, {**_edtf_phrases(), **_dateparser()}),
        ("phrase, one of 7 languages", unlabelled, _met, _dateparser(LANGUAGES)),
        ("phrase, one of 2 languages", unlabelled, _met, _dateparser(("en", "fr"))),
        ("phrase, language given", phrases, _met, _dateparser(given=True)),
        ("phrase, form never met", phrases, _never_met, {}),
        ("phrase, once more", phrases, _once_more, {}),
        ("EDTF string, levels 0 to 2", expressions, _never_met, {**_edtf(), **_dateparser()}),
        ("ISO day", days, _once, {}),
    ):
        rows.append((name, "dateline", ours(texts)))
        rows.extend((name, library, _microseconds(reader, texts)) for library, reader in others.items())
    _print(rows)


def _print(rows: Sequence[tuple[str, str, float]]) -> None:
    ours = {name: figure for name, library, figure in rows if library == "dateline"}
    print(f"{'what is read':<30}{'by':<14}{'µs each':>10}{'times ours':>12}")
    for name, library, figure in rows:
        print(f"{name:<30}{library:<14}{figure:>10.1f}{figure / ours[name]:>12.1f}")


def _table(language: str) -> list[Text]:
    lines = (TABLES / f"{language}.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines[1:] if line and not line.startswith("#")]
    wordings = (row[0] for row in rows if row[3] != "INVALID")
    return [(ESCAPE.sub(lambda found: chr(int(found[1], 16)), text), language) for text in wordings]


REFERENCES = [read_date(f"{2025 + CALENDAR * number}-03-10") for number in range(ROUNDS + 1)]


def _in_round(texts: Sequence[Text], number: int) -> list[Text]:
    """Return the same phrases with other years: the forms stay, and so do the dates within the year."""
    later = CALENDAR * number
    return [(YEAR.sub(lambda found: str(int(found[0]) + later), text), language) for text, language in texts]


def _ours(text: str, language: str | None, number: int) -> object:
    try:
        return read_date(text, reference=REFERENCES[number], language=language)
    except DateError:
        return None


def _met(texts: Sequence[Text]) -> float:
    """Read new phrases in forms that were met before."""
    forget()
    _microseconds(_ours, texts)
    return min(_microseconds(_ours, _in_round(texts, number), number) for number in range(1, ROUNDS + 1))


def _once_more(texts: Sequence[Text]) -> float:
    """Read the very same phrases again, from the same day."""
    _microseconds(_ours, texts)
    return min(_microseconds(_ours, texts) for _ in range(ROUNDS))


def _never_met(texts: Sequence[Text]) -> float:
    """Read with nothing remembered but the words of the languages."""
    best = float("inf")
    for _ in range(ROUNDS // 2):
        taken = 0.0
        for text, language in texts:
            forget()
            start = process_time()
            _ours(text, language, 0)
            taken += process_time() - start
        best = min(best, taken / len(texts) * 1_000_000)
    return best


def _once(texts: Sequence[Text]) -> float:
    return _microseconds(_ours, texts)


def _microseconds(reader: Reader, texts: Sequence[Text], number: int = 0) -> float:
    for language in ("en", "fr"):  # what is read lazily is read before
        reader("1 January 1000", language, number)
    start = process_time()
    for text, language in texts:
        reader(text, language, number)
    return (process_time() - start) / len(texts) * 1_000_000


def _dateparser(languages: Sequence[str] | None = None, *, given: bool = False) -> dict[str, Reader]:
    """Read in any language, in one of some, or in that of each text."""
    if importlib.util.find_spec("dateparser") is None:
        return {}
    warnings.simplefilter("ignore")
    from dateparser.date import DateDataParser  # type: ignore[import-untyped,unused-ignore]

    any_language = DateDataParser(languages=languages and list(languages))
    parsers = {name: DateDataParser(languages=[name]) for name in ("en", "fr")}

    def read(text: str, language: str | None, _: int) -> object:
        parser = parsers[language] if given and language else any_language
        return parser.get_date_data(text)

    return {"dateparser": read}


def _edtf() -> dict[str, Reader]:
    if importlib.util.find_spec("edtf") is None:
        return {}
    import edtf  # type: ignore[import-untyped,unused-ignore]

    def read(text: str, _: str | None, _number: int) -> object:
        try:
            parsed = edtf.parse_edtf(text)
            return parsed.lower_strict(), parsed.upper_strict()
        except Exception:  # whatever it raises, it was at work
            return None

    return {"edtf": read}


def _edtf_phrases() -> dict[str, Reader]:
    if importlib.util.find_spec("edtf") is None:
        return {}
    import edtf

    bounds = _edtf()["edtf"]

    def read(text: str, language: str | None, number: int) -> object:
        try:
            found = edtf.text_to_edtf(text)
        except Exception:
            return None
        return bounds(found, language, number) if found else None

    return {"edtf": read}


if __name__ == "__main__":
    main()
