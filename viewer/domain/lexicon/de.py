"""German: dates in news style."""

from __future__ import annotations

from decimal import Decimal

from viewer.domain.lexicon import EARLY, END, LAST, LATE, LEADING, MIDDLE, OF_DATES, Sign, build
from viewer.domain.lexicon.cldr import MONTHS, WEEKDAYS
from viewer.domain.lexicon.forms import forms
from viewer.domain.lexicon.numbers import Word
from viewer.domain.lexicon.numbers import build as build_numbers

_ADJECTIVE = "e|er|es|en|em"

_MONTHS = {"jänner": 1, "jänners": 1, "feber": 2, "märzes": 3, "mrz": 3} | {
    f"{month}s": number
    for month, number in MONTHS["de"].items()
    if month == "mai" or (len(month) > 3 and month not in ("märz", "sept"))
}
_PARTS_OF_DAY = ("früh", "morgen", "vormittag", "mittag", "nachmittag", "abend", "nacht")
_FULL_WEEKDAYS = {day: number for day, number in WEEKDAYS["de"].items() if len(day) > 2} | {"sonnabend": 5}
_WEEKDAYS = _FULL_WEEKDAYS | {
    f"{day}{ending}": number for day, number in _FULL_WEEKDAYS.items() for ending in ("s", *_PARTS_OF_DAY)
}

_WORDS: tuple[tuple[Sign, object, str], ...] = (
    (Sign.NUMBER, 1, "ein|eins|eine|einem|einen|einer|eines"),
    (Sign.NUMBER, 2, "zwei|zweien"),
    (Sign.NUMBER, 3, "drei|dreien"),
    (Sign.NUMBER, 4, "vier"),
    (Sign.NUMBER, 5, "fünf"),
    (Sign.NUMBER, 6, "sechs"),
    (Sign.NUMBER, 7, "sieben"),
    (Sign.NUMBER, 8, "acht"),
    (Sign.NUMBER, 9, "neun"),
    (Sign.NUMBER, 10, "zehn"),
    (Sign.NUMBER, 11, "elf"),
    (Sign.NUMBER, 12, "zwölf"),
    (Sign.DECADE, 20, "zwanziger|zwanzigerjahre|zwanzigerjahren"),
    (Sign.DECADE, 30, "dreißiger|dreißigerjahre|dreißigerjahren"),
    (Sign.DECADE, 40, "vierziger|vierzigerjahre|vierzigerjahren"),
    (Sign.DECADE, 50, "fünfziger|fünfzigerjahre|fünfzigerjahren"),
    (Sign.DECADE, 60, "sechziger|sechzigerjahre|sechzigerjahren"),
    (Sign.DECADE, 70, "siebziger|siebzigerjahre|siebzigerjahren"),
    (Sign.DECADE, 80, "achtziger|achtzigerjahre|achtzigerjahren"),
    (Sign.DECADE, 90, "neunziger|neunzigerjahre|neunzigerjahren"),
    (Sign.ORDINAL, 1, forms("erst", _ADJECTIVE)),
    (Sign.ORDINAL, 2, forms("zweit", _ADJECTIVE)),
    (Sign.ORDINAL, 3, forms("dritt", _ADJECTIVE)),
    (Sign.ORDINAL, 4, forms("viert", _ADJECTIVE)),
    (Sign.ORDINAL, 5, forms("fünft", _ADJECTIVE)),
    # "letzte Woche" counts from the reference, where nothing says what it is the last week of.
    (Sign.MODIFIER, -1, forms("letzt", _ADJECTIVE)),
    (Sign.ORDINAL, LAST, forms("letzt", _ADJECTIVE)),
    (Sign.SEASON, 21, "frühling|frühlings|frühjahr|frühjahrs|frühjahres"),
    (Sign.SEASON, 22, "sommer|sommers"),
    (Sign.SEASON, 23, "herbst|herbsts|herbstes"),
    (Sign.SEASON, 24, "winter|winters"),
    (Sign.PART, EARLY, "anfang|anfangs|beginn|jahresanfang|jahresbeginn|frühe|frühen"),
    (Sign.PART, MIDDLE, "mitte|jahresmitte"),
    (Sign.PART, LATE, "späte|späten"),
    (Sign.PART, END, "ende|jahresende"),
    (Sign.HALF, None, "hälfte|jahreshälfte|monatshälfte|halbjahr|halbjahrs|halbjahres"),
    # units
    (Sign.DAY, 1, "tag|tags|tages"),
    (Sign.DAY, None, "tage|tagen"),
    (Sign.WEEK, 1, "woche"),
    (Sign.WEEK, None, "wochen"),
    (Sign.WEEKEND, 1, "wochenende|wochenendes"),
    (Sign.WEEKEND, None, "wochenenden"),
    (Sign.MONTHS, 1, "monat|monats|monates"),
    (Sign.MONTHS, None, "monate|monaten"),
    (Sign.QUARTER, 1, "quartal|quartals|vierteljahr|vierteljahrs|vierteljahres"),
    (Sign.QUARTER, None, "quartale|quartalen"),
    (Sign.YEARS, 1, "jahr|jahrs|jahres"),
    (Sign.YEARS, None, "jahre|jahren"),
    (Sign.DECADES, 1, "jahrzehnt|jahrzehnts|dekade"),
    (Sign.DECADES, None, "jahrzehnte|jahrzehnten|dekaden"),
    (Sign.CENTURY, 1, "jahrhundert|jahrhunderts|jh|jhd|jhdt|jhs"),
    (Sign.CENTURY, None, "jahrhunderte|jahrhunderten"),
    # from the reference date
    (Sign.MODIFIER, -1, forms("vergangen", _ADJECTIVE)),
    (Sign.MODIFIER, -1, forms("vorig", _ADJECTIVE)),
    (Sign.MODIFIER, 0, "diese|dieser|dieses|diesen|diesem|an diesem|d. J."),
    (Sign.MODIFIER, 0, forms("laufend", _ADJECTIVE)),
    (Sign.MODIFIER, 1, forms("nächst", _ADJECTIVE)),
    (Sign.MODIFIER, 1, forms("kommend", _ADJECTIVE)),
    (Sign.EARLIER, None, "früher in diesem|früher in dieser|früher diese|früher diesen|früher dieses"),
    (Sign.DEICTIC, 0, "heute"),
    (Sign.DEICTIC, -1, "gestern"),
    (Sign.DEICTIC, -2, "vorgestern"),
    (Sign.DEICTIC, 1, "morgen"),
    (Sign.DEICTIC, 2, "übermorgen"),
    (Sign.AGO, None, "vor"),
    (Sign.AHEAD, None, "in"),
    # time of day
    (Sign.OCLOCK, None, "uhr"),
    (Sign.MERIDIEM, 0, "morgens|frühmorgens|vormittags|früh"),
    (Sign.MERIDIEM, 12, "nachmittags|abends"),
    (Sign.ZONE, "Z", "utc|gmt"),
    (Sign.ZONE, "+01:00", "mez|cet"),
    (Sign.ZONE, "+02:00", "mesz|cest|eet|osteuropäischer zeit"),
    (Sign.ZONE, "+03:00", "eest|msk|moskauer zeit"),
    (Sign.ZONE, "+09:00", "kst"),
    (Sign.ERA, -1, "v chr|vor chr|vor christus|vor christi geburt|v u z|vor unserer zeitrechnung"),
    (Sign.ERA, 1, "n chr|nach chr|nach christus|nach christi geburt|u z|unserer zeitrechnung"),
    # relations
    (Sign.BEFORE, None, "vor|früher als|eher als"),
    (Sign.AFTER, None, "nach|später als"),
    (Sign.BY, None, "spätestens|bis spätestens|nicht später als|nicht nach"),
    (Sign.BY, None, "spätestens bis|spätestens bis zum|bis spätestens zum"),
    (Sign.NOT_BEFORE, None, "nicht vor|frühestens|nicht früher als|nicht eher als|frühestens ab"),
    (Sign.SINCE, None, "seit|ab|beginnend mit|beginnend ab"),
    (Sign.ONWARD, None, "an"),
    (Sign.FROM, None, "von|vom"),
    (Sign.TO, None, "zum|zur|auf"),
    (Sign.UNTIL, None, "bis|bis zum|bis zur|bis in|bis ins|bis in den|bis in die|bis einschließlich"),
    (Sign.BETWEEN, None, "zwischen"),
    (Sign.THROUGHOUT, None, "den ganzen|die ganze|das ganze|im ganzen|in der ganzen|während des ganzen"),
    (Sign.THROUGHOUT, None, "den gesamten|die gesamte|das gesamte|im gesamten|während des gesamten"),
    (Sign.THROUGHOUT, None, "über den ganzen|über die ganze|über das ganze|während der gesamten"),
    (Sign.OVERNIGHT, None, "nacht vom|nacht von|nacht des|nacht zwischen dem"),
    (Sign.AND, None, "und|sowie"),
    (Sign.OR, None, "oder|bzw|beziehungsweise|respektive"),
    # qualifiers
    (Sign.ABOUT, None, "circa|zirka|ca|etwa|in etwa|ungefähr|rund|annähernd|schätzungsweise|gegen"),
    (Sign.ABOUT, OF_DATES, "um"),
    (Sign.ABOUT, None, "um den|um die|um das|rund um|rund um den|rund um die|rund um das"),
    (Sign.MAYBE, None, "vielleicht|möglicherweise|womöglich|eventuell|evtl|vermutlich|wohl"),
    (Sign.MAYBE, None, "wahrscheinlich|mutmaßlich"),
    # words that say nothing of their own
    (Sign.ARTICLE, None, "am|der|dem|den|des"),
    (Sign.NIGHT_TO, None, "in der Nacht zum|in der Nacht auf|in der Nacht auf den|in der Nacht zu|nacht zum"),
    (Sign.MODIFIER, (0, Sign.YEARS), "heuer"),
    (Sign.DAYPART, None, "morgen|vormittag|mittag|mittags|nachmittag|abend|früh|am morgen|am abend"),
    (Sign.DAYPART, None, "morgens|frühmorgens|vormittags|nachmittags|abends"),
    (
        Sign.FILLER,
        LEADING,
        "im|in|ins|die|das|um|vom|von|zu|zum|zur|während|im laufe|im verlauf|stand|mit stand",
    ),
    (Sign.FILLER, None, "jahr|jahre|jahren|einschließlich|ortszeit"),
)

DATES = build(
    "de",
    _WORDS,
    months=MONTHS["de"] | _MONTHS,
    weekdays=WEEKDAYS["de"] | _WEEKDAYS,
    letters={"q": Sign.QUARTER_NAME, "h": Sign.HALF_NAME},
)

_COUNTED = (
    "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn"
)
_SMALLS = f"{_COUNTED} siebzehn achtzehn neunzehn"
_TENS = {20: "zwanzig", 30: "dreißig", 40: "vierzig", 50: "fünfzig"} | {
    60: "sechzig",
    70: "siebzig",
    80: "achtzig",
    90: "neunzig",
}
_TWO_DIGITS = {
    tens + ones: f"{one}und{ten}"
    for tens, ten in _TENS.items()
    for ones, one in enumerate(_SMALLS.split()[1:10], start=1)
}

NUMBERS = build_numbers(
    "de",
    _SMALLS,
    (
        (Word.SMALL, 1, "eins|eine|einen|einem|einer"),
        *((Word.SMALL, value, word) for value, word in (_TENS | _TWO_DIGITS).items()),
        (Word.HUNDRED, 100, "hundert"),
        (Word.SCALE, 10**3, "tausend|tsd"),
        (Word.SCALE, 10**6, "million|millionen|mio|mill"),
        (Word.SCALE, 10**9, "milliarde|milliarden|mrd|mia"),
        (Word.SCALE, 10**12, "billion|billionen"),
        (Word.SCALE, 10**15, "billiarde|billiarden"),
        (Word.SCALE, 10**18, "trillion|trillionen"),
        (Word.COLLECTIVE, 12, "dutzend"),
        (Word.PLURAL, 12, "dutzende|dutzenden"),
        (Word.PLURAL, 100, "hunderte|hunderten"),
        (Word.PLURAL, 10**3, "tausende|tausenden"),
        (Word.PLURAL, 10**4, "zehntausende|zehntausenden"),
        (Word.PLURAL, 10**5, "hunderttausende|hunderttausenden"),
        (Word.PLURAL, 10**6, "millionen"),
        (Word.PLURAL, 10**9, "milliarden"),
        (Word.SEVERAL, None, "mehrere|einige|ein paar|mehreren|einigen"),
        (Word.HALF, Decimal("0.5"), "eine halbe|ein halbes|halbe"),
        (Word.HALF, Decimal("1.5"), "eineinhalb|anderthalb|einundeinhalb"),
        (Word.ARTICLE, None, "die|der|den|das"),
        (Word.BEFORE, "exact", "genau|exakt"),
        (Word.BEFORE, "approximate", "etwa|rund|ungefähr|ca|circa|zirka|um die|schätzungsweise|in etwa"),
        (Word.BEFORE, "approximate", "gegen"),
        (Word.BEFORE, "nearly", "fast|beinahe|nahezu|annähernd|knapp"),
        (Word.BEFORE, "at_least", "mindestens|wenigstens|zumindest|nicht weniger als|minimal"),
        (Word.BEFORE, "more_than", "mehr als|über|gut|etwas mehr als|deutlich mehr als|weit über|knapp über"),
        (Word.BEFORE, "at_most", "bis zu|höchstens|maximal|nicht mehr als|bis|allenfalls"),
        (Word.BEFORE, "less_than", "weniger als|unter|etwas weniger als|knapp unter"),
        (Word.BEFORE, "order", "in der Größenordnung von|von der Größenordnung"),
        (Word.LAST, "at_least", "mindestens|wenigstens"),
        (Word.LAST, "at_most", "höchstens|maximal"),
        (Word.LAST, "approximate", "etwa|ungefähr|circa"),
        (Word.AFTER, "at_least", "oder mehr|und mehr|wenn nicht mehr"),
        (Word.AFTER, "at_most", "oder weniger"),
        (Word.BETWEEN, None, "zwischen"),
        (Word.FROM, None, "von"),
        (Word.TO, None, "bis|wenn nicht"),
        (Word.FAR_TO, None, "bis zu"),
        (Word.AND, None, "und"),
        (Word.OR, None, "oder|oder sogar"),
        (Word.OF, None, "von"),
        (Word.FILLER, None, "insgesamt|nur|die|den|weitere|weiteren"),
    ),
    group=".",
    letters={"k": 10**3, "K": 10**3},
    compounds=(*_SMALLS.split(), *_TENS.values(), *_TWO_DIGITS.values(), "hundert", "tausend", "und"),
)
