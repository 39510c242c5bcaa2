"""Ukrainian: dates in news style, with the cases that they stand in."""

from __future__ import annotations

from decimal import Decimal

from viewer.domain.lexicon import EARLY, END, LAST, LATE, LEADING, MIDDLE, Sign, build
from viewer.domain.lexicon.cldr import MONTHS, WEEKDAYS
from viewer.domain.lexicon.forms import forms
from viewer.domain.lexicon.numbers import Word
from viewer.domain.lexicon.numbers import build as build_numbers

_HARD = "ий|а|е|ого|ої|ому|ім|ій|у|им|ою|і|их|ими"
_SOFT = "ій|я|є|ього|ьої|ьому|ій|ю|ім|ьою|і|іх|іми"

_STEMS = {
    "січ": 1, "берез": 3, "квіт": 4, "трав": 5, "черв": 6, "лип": 7, "серп": 8, "верес": 9, "жовт": 10, "груд": 12,
}  # fmt: skip
_MONTHS = (
    {
        f"{stem}{ending}": month
        for stem, month in _STEMS.items()
        for ending in ("ень", "ня", "ні", "ню", "нем")
    }
    | {f"лют{ending}": 2 for ending in ("ий", "ого", "ому", "им", "ім")}
    | {f"листопад{ending}": 11 for ending in ("", "а", "і", "у", "ові", "ом")}
    | {"січн": 1, "верес": 9}
)
_WEEKDAYS = {
    phrase: weekday
    for weekday, phrases in enumerate(
        (
            "понеділок|понеділка|понеділку|понеділкові|понеділком",
            "вівторок|вівторка|вівторку|вівторкові|вівторком",
            "середа|середи|середі|середу|середою",
            "четвер|четверга|четвергу|четвергові|четвергом",
            "п'ятниця|п'ятниці|п'ятницю|п'ятницею",
            "субота|суботи|суботі|суботу|суботою",
            "неділя|неділі|неділю|неділею",
        )
    )
    for phrase in phrases.split("|")
}

_WORDS: tuple[tuple[Sign, object, str], ...] = (
    (Sign.NUMBER, 1, "один|одна|одне|одну|одного|однієї|одної"),
    (Sign.NUMBER, 2, "два|дві|двох"),
    (Sign.NUMBER, 3, "три|трьох"),
    (Sign.NUMBER, 4, "чотири|чотирьох"),
    (Sign.NUMBER, 5, "п'ять|п'яти"),
    (Sign.NUMBER, 6, "шість|шести"),
    (Sign.NUMBER, 7, "сім|семи"),
    (Sign.NUMBER, 8, "вісім|восьми"),
    (Sign.NUMBER, 9, "дев'ять|дев'яти"),
    (Sign.NUMBER, 10, "десять|десяти"),
    (Sign.NUMBER, 11, "одинадцять|одинадцяти"),
    (Sign.NUMBER, 12, "дванадцять|дванадцяти"),
    (Sign.DECADE, 20, "двадцяті|двадцятих"),
    (Sign.DECADE, 30, "тридцяті|тридцятих"),
    (Sign.DECADE, 40, "сорокові|сорокових"),
    (Sign.DECADE, 50, "п'ятдесяті|п'ятдесятих"),
    (Sign.DECADE, 60, "шістдесяті|шістдесятих"),
    (Sign.DECADE, 70, "сімдесяті|сімдесятих"),
    (Sign.DECADE, 80, "вісімдесяті|вісімдесятих"),
    (Sign.DECADE, 90, "дев'яності|дев'яностих"),
    (Sign.ORDINAL, 1, forms("перш", _HARD)),
    (Sign.ORDINAL, 2, forms("друг", _HARD)),
    (Sign.ORDINAL, 3, forms("трет", _SOFT)),
    (Sign.ORDINAL, 4, forms("четверт", _HARD)),
    (Sign.ORDINAL, 5, forms("п'ят", _HARD)),
    (Sign.ORDINAL, LAST, forms("останн", _SOFT)),
    (Sign.SEASON, 21, "весна|весни|весні|весну|весною|навесні|повесні"),
    (Sign.SEASON, 22, "літо|літа|літу|літі|літом|влітку|улітку"),
    (Sign.SEASON, 23, "осінь|осені|осінню|восени"),
    (Sign.SEASON, 24, "зима|зими|зимі|зиму|зимою|взимку|узимку"),
    (Sign.PART, EARLY, "початок|початку|початком|початкові"),
    # A "декада" of a month is ten days.
    (Sign.PART, EARLY, "перша декада|першої декади|першій декаді|першу декаду"),
    (Sign.PART, MIDDLE, "середина|середини|середині|середину|серединою|посередині"),
    (Sign.PART, MIDDLE, "друга декада|другої декади|другій декаді|другу декаду"),
    (Sign.PART, END, "кінець|кінця|кінці|кінцю|кінцем|наприкінці|під кінець|прикінці"),
    (Sign.PART, LATE, "третя декада|третьої декади|третій декаді|третю декаду"),
    (Sign.PART, LATE, "остання декада|останньої декади|останній декаді|останню декаду"),
    (Sign.HALF, None, "половина|половини|половині|половину|половиною|півріччя|півріччі|півріччю"),
    # units
    (Sign.DAY, 1, "день|дня|дню|дневі|добу"),
    (Sign.DAY, None, "дні|днів|днями|доби|діб"),
    (Sign.WEEK, 1, "тиждень|тижня|тижню|тижнем"),
    (Sign.WEEK, None, "тижні|тижнів|тижнями"),
    (Sign.WEEKEND, None, "вихідні|вихідних|вихідними|вікенд|вікенду"),
    (Sign.MONTHS, 1, "місяць|місяця|місяцю|місяцем"),
    (Sign.MONTHS, None, "місяці|місяців|місяцями|міс"),
    (Sign.QUARTER, 1, "квартал|кварталу|кварталі|кварталом|кв"),
    (Sign.QUARTER, None, "квартали|кварталів"),
    (Sign.YEARS, 1, "рік|року|році|роком|рокові|р"),
    (Sign.YEARS, None, "роки|років|роках|роками|рр"),
    (Sign.DECADES, None, "десятиліття|десятиліттю|десятилітті|десятиліть"),
    (Sign.CENTURY, None, "століття|століттю|столітті|століть|сторіччя|сторіччі|ст|вік|віку|віці"),
    (Sign.HOUR, None, "година|години|годині|годину|годин|год"),
    # from the reference date
    (Sign.MODIFIER, -1, forms("минул", _HARD)),
    (Sign.MODIFIER, 0, "цей|ця|це|цього|цієї|цьому|цій|цю|цим|ці|цих"),
    (Sign.MODIFIER, 0, "ц. р."),
    (Sign.MODIFIER, 0, forms("поточн", _HARD)),
    (Sign.MODIFIER, 0, forms("нинішн", _SOFT)),
    (Sign.MODIFIER, 1, forms("наступн", _HARD)),
    (Sign.EARLIER, None, "раніше цього|раніше цієї|раніше в цьому|раніше у цьому|раніше на цьому"),
    (Sign.DEICTIC, 0, "сьогодні"),
    (Sign.DEICTIC, -1, "вчора|учора"),
    (Sign.DEICTIC, -2, "позавчора"),
    (Sign.DEICTIC, 1, "завтра"),
    (Sign.DEICTIC, 2, "післязавтра|позавтра"),
    (Sign.AGO, None, "тому|тому назад"),
    (Sign.AHEAD, None, "через"),
    # time of day
    (Sign.CLOCK, (12, 0, None), "опівдні"),
    (Sign.CLOCK, (0, 0, None), "опівночі"),
    (Sign.MERIDIEM, 0, "ранку|ночі"),
    (Sign.MERIDIEM, 12, "вечора|пополудні"),
    (Sign.ZONE, "Z", "utc|gmt"),
    (Sign.ZONE, "+01:00", "cet"),
    (Sign.ZONE, "+02:00", "cest|eet"),
    (Sign.ZONE, "+03:00", "eest|msk|мск|за московським часом|за москвою"),
    (Sign.ERA, -1, "до н. е.|до нашої ери|до Р. Х.|до Різдва Христового"),
    (Sign.ERA, 1, "н. е.|нашої ери|від Різдва Христового"),
    # relations
    (Sign.BEFORE, None, "перед|раніше|раніше ніж|раніше за"),
    (Sign.AFTER, None, "після|пізніше|пізніше ніж|пізніше за"),
    (Sign.BY, None, "не пізніше|не пізніше ніж|не пізніш як|щонайпізніше|найпізніше"),
    (Sign.NOT_BEFORE, None, "не раніше|не раніше ніж|не раніш як|щонайраніше|найраніше"),
    (Sign.SINCE, None, "з|із|зі|від|відтоді як|починаючи з|починаючи із|починаючи від|ще з"),
    (Sign.UNTIL, None, "до|по|аж до"),
    (Sign.TO, None, "на"),
    (Sign.BETWEEN, None, "між|поміж"),
    (Sign.THROUGHOUT, None, "весь|увесь|всю|усю|усього|всього|все|усе|протягом усього|протягом всього"),
    (Sign.THROUGHOUT, None, "упродовж усього|впродовж усього|впродовж всього|протягом усієї|протягом всієї"),
    # "у ніч на 6 серпня" is the night that ends on the 6th: only both days are taken.
    (
        Sign.OVERNIGHT,
        None,
        "у ніч з|в ніч з|у ніч із|в ніч із|ніч з|ніч із|вночі з|уночі з|у ніч зі|в ніч зі",
    ),
    (Sign.AND, None, "і|й|та|а також"),
    # Cyrillic І is the first quarter's Roman number as well.
    (Sign.ORDINAL, 1, "і"),
    (Sign.OR, None, "або|чи"),
    # qualifiers
    (Sign.ABOUT, None, "близько|приблизно|орієнтовно|біля|коло|десь|десь у|десь в|бл"),
    (Sign.MAYBE, None, "можливо|мабуть|ймовірно|імовірно|напевно|певно|вірогідно|либонь"),
    # words that say nothing of their own
    (Sign.NIGHT_TO, None, "у ніч на|в ніч на|уночі на|вночі на"),
    (Sign.MODIFIER, (-1, Sign.YEARS), "торік"),
    (Sign.MODIFIER, (0, Sign.YEARS), "цьогоріч"),
    (
        Sign.DAYPART,
        None,
        "ранку|вечора|вранці|уранці|зранку|вдень|удень|увечері|ввечері|вночі|уночі|пополудні",
    ),
    (Sign.FILLER, LEADING, "у|в|на|о|об|за|під час|протягом|упродовж|впродовж|станом на|датою"),
    (Sign.FILLER, None, "рік|року|році|роки|років|роках|рр|р|місяць|місяця|місяці|включно|числа"),
)

DATES = build(
    "uk",
    _WORDS,
    months=MONTHS["uk"] | _MONTHS,
    weekdays=WEEKDAYS["uk"] | _WEEKDAYS,
    letters={"q": Sign.QUARTER_NAME, "h": Sign.HALF_NAME},
)

NUMBERS = build_numbers(
    "uk",
    "нуль один два три чотири п'ять шість сім вісім дев'ять десять одинадцять дванадцять тринадцять"
    " чотирнадцять п'ятнадцять шістнадцять сімнадцять вісімнадцять дев'ятнадцять двадцять",
    (
        (Word.SMALL, 1, "одна|одного|однієї"),
        (Word.SMALL, 2, "дві|двох"),
        (Word.SMALL, 3, "трьох"),
        (Word.SMALL, 4, "чотирьох"),
        (Word.SMALL, 5, "п'яти"),
        (Word.SMALL, 6, "шести"),
        (Word.SMALL, 7, "семи"),
        (Word.SMALL, 8, "восьми"),
        (Word.SMALL, 9, "дев'яти"),
        (Word.SMALL, 10, "десяти"),
        (Word.SMALL, 11, "одинадцяти"),
        (Word.SMALL, 12, "дванадцяти"),
        (Word.SMALL, 20, "двадцяти"),
        (Word.SMALL, 30, "тридцять|тридцяти"),
        (Word.SMALL, 40, "сорок|сорока"),
        (Word.SMALL, 50, "п'ятдесят|п'ятдесяти"),
        (Word.SMALL, 60, "шістдесят|шістдесяти"),
        (Word.SMALL, 70, "сімдесят|сімдесяти"),
        (Word.SMALL, 80, "вісімдесят|вісімдесяти"),
        (Word.SMALL, 90, "дев'яносто"),
        (Word.SMALL, 100, "сто|ста"),
        (Word.SMALL, 200, "двісті|двохсот"),
        (Word.SMALL, 300, "триста|трьохсот"),
        (Word.SMALL, 400, "чотириста|чотирьохсот"),
        (Word.SMALL, 500, "п'ятсот|п'ятисот"),
        (Word.SMALL, 600, "шістсот|шестисот"),
        (Word.SMALL, 700, "сімсот|семисот"),
        (Word.SMALL, 800, "вісімсот|восьмисот"),
        (Word.SMALL, 900, "дев'ятсот|дев'ятисот"),
        (Word.SCALE, 10**3, "тисяча|тисячі|тисяч|тисячу|тис"),
        (Word.SCALE, 10**6, "мільйон|мільйони|мільйонів|мільйона|млн"),
        (Word.SCALE, 10**9, "мільярд|мільярди|мільярдів|мільярда|млрд"),
        (Word.COLLECTIVE, 10, "десяток"),
        (Word.COLLECTIVE, 12, "дюжина"),
        (Word.COLLECTIVE, 100, "сотня|сотню|сотні"),
        (Word.PLURAL, 10, "десятки|десятків"),
        (Word.PLURAL, 100, "сотні|сотень"),
        (Word.PLURAL, 10**3, "тисячі"),
        (Word.PLURAL, 10**6, "мільйони"),
        (Word.SEVERAL, None, "кілька|декілька|кількох"),
        (Word.HALF, Decimal("0.5"), "пів"),
        (Word.HALF, Decimal("1.5"), "півтора|півтори"),
        (Word.BEFORE, "exact", "рівно|точно"),
        (Word.BEFORE, "approximate", "близько|приблизно|орієнтовно|десь"),
        (Word.BEFORE, "nearly", "майже|без малого"),
        (Word.BEFORE, "at_least", "щонайменше|принаймні|не менше|не менше ніж|не менш як|не менш ніж"),
        (Word.BEFORE, "at_least", "мінімум"),
        (Word.BEFORE, "more_than", "понад|більше|більше ніж|більш як|більш ніж|більше як|трохи більше"),
        (Word.BEFORE, "at_most", "до|щонайбільше|не більше|не більше ніж|не більш як|не більш ніж|максимум"),
        (Word.BEFORE, "less_than", "менше|менше ніж|менш як|менш ніж|трохи менше"),
        (Word.BEFORE, "order", "порядку"),
        (Word.LAST, "at_least", "щонайменше|принаймні"),
        (Word.LAST, "at_most", "щонайбільше|максимум"),
        (Word.LAST, "approximate", "приблизно"),
        (Word.AFTER, "at_least", "або більше|чи більше|і більше|та більше"),
        (Word.AFTER, "at_most", "або менше|чи менше"),
        (Word.BETWEEN, None, "між"),
        (Word.FROM, None, "від|з"),
        (Word.TO, None, "до"),
        (Word.AND, None, "і|та|й"),
        (Word.OR, None, "або|чи"),
        (Word.FILLER, None, "загалом|лише|тільки|усього|всього|ще"),
    ),
)
