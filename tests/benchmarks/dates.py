"""Figures for dates: `python -m tests.benchmarks.dates` prints microseconds a phrase and an EDTF string.

edtf and dateparser, where they are installed (`pip install edtf dateparser`), read the same texts in the
same run: the ratios are what to compare between machines. A phrase is read to its bounds by all but
dateparser, which knows none. Times are process CPU. Nothing here fails a build.
"""

from __future__ import annotations

import importlib.util
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from time import process_time

from viewer.domain.dates import DateError, read_date
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

Text = tuple[str, str | None]
Reader = Callable[[str, str | None], object]


def main() -> None:
    """Print the table."""
    phrases = [row for language in ("en", "fr") for row in _table(language)]
    unlabelled: list[Text] = [(text, None) for text, _ in phrases]
    expressions: list[Text] = [(text, None) for text in EDTF]
    days: list[Text] = [
        (f"{1000 + n % 8000:04d}-{n % 12 + 1:02d}-{n % 28 + 1:02d}", None) for n in range(ISO_DAYS)
    ]
    rows: list[tuple[str, str, float]] = []
    for name, texts, readers in (
        ("phrase, language unknown", unlabelled, {"dateline": _ours, **_edtf_phrases(), **_dateparser()}),
        ("phrase, one of 7 languages", unlabelled, {"dateline": _ours_anew, **_dateparser(LANGUAGES)}),
        ("phrase, language given", phrases, {"dateline": _ours, **_dateparser(given=True)}),
        ("phrase, once more", phrases, {"dateline": _ours}),
        ("EDTF string, levels 0 to 2", expressions * 20, {"dateline": _ours}),
        ("EDTF string, levels 0 to 2", expressions, {**_edtf(), **_dateparser()}),
        ("ISO day", days, {"dateline": _ours}),
    ):
        rows.extend((name, library, _microseconds(reader, texts)) for library, reader in readers.items())
    ours = {name: figure for name, library, figure in rows if library == "dateline"}
    print(f"{'what is read':<30}{'by':<14}{'µs each':>10}{'times ours':>12}")
    for name, library, figure in rows:
        print(f"{name:<30}{library:<14}{figure:>10.1f}{figure / ours[name]:>12.1f}")


REFERENCE = read_date("2025-03-10")
OTHER_REFERENCE = read_date("2025-03-11")


def _table(language: str) -> list[Text]:
    lines = (TABLES / f"{language}.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines[1:] if line and not line.startswith("#")]
    return [(row[0], language) for row in rows if row[3] != "INVALID"]


def _ours(text: str, language: str | None) -> object:
    try:
        return read_date(text, reference=REFERENCE, language=language)
    except DateError:
        return None


def _ours_anew(text: str, language: str | None) -> object:
    """Read with another reference, so that nothing is remembered."""
    try:
        return read_date(text, reference=OTHER_REFERENCE, language=language)
    except DateError:
        return None


def _microseconds(reader: Reader, texts: Sequence[Text]) -> float:
    for language in ("en", "fr"):  # what is read lazily is read before
        reader("1 January 1000", language)
    start = process_time()
    for text, language in texts:
        reader(text, language)
    return (process_time() - start) / len(texts) * 1_000_000


def _dateparser(languages: Sequence[str] | None = None, *, given: bool = False) -> dict[str, Reader]:
    """Read in any language, in one of some, or in that of each text."""
    if importlib.util.find_spec("dateparser") is None:
        return {}
    warnings.simplefilter("ignore")
    from dateparser.date import DateDataParser  # type: ignore[import-untyped,unused-ignore]

    any_language = DateDataParser(languages=languages and list(languages))
    parsers = {name: DateDataParser(languages=[name]) for name in ("en", "fr")}

    def read(text: str, language: str | None) -> object:
        parser = parsers[language] if given and language else any_language
        return parser.get_date_data(text)

    return {"dateparser": read}


def _edtf() -> dict[str, Reader]:
    if importlib.util.find_spec("edtf") is None:
        return {}
    import edtf  # type: ignore[import-untyped,unused-ignore]

    def read(text: str, _: str | None) -> object:
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

    def read(text: str, language: str | None) -> object:
        try:
            found = edtf.text_to_edtf(text)
        except Exception:
            return None
        return bounds(found, language) if found else None

    return {"edtf": read}


if __name__ == "__main__":
    main()
