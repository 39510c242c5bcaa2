"""Russian: dates in news style, with the cases that they stand in."""

from __future__ import annotations

from decimal import Decimal

from viewer.domain.lexicon import EARLY, END, LAST, LATE, LEADING, MIDDLE, Sign, build
from viewer.domain.lexicon.cldr import MONTHS, WEEKDAYS
from viewer.domain.lexicon.forms import forms
from viewer.domain.lexicon.numbers import Word
from viewer.domain.lexicon.numbers import build as build_numbers

_HARD = "ый|ая|ое|ого|ой|ом|ому|ую|ым|ые|ых|ыми"
_STRESSED = "ой|ая|ое|ого|ом|ому|ую|ым|ые|ых|ыми"
_SOFT = "ий|яя|ее|его|ей|ем|ему|юю|им|ие|их|ими"
_HUSHED = "ий|ая|ее|его|ей|ем|ему|ую|им|ие|их|ими"

_STEMS = {
    "январ": 1, "феврал": 2, "апрел": 4, "июн": 6, "июл": 7, "сентябр": 9, "октябр": 10, "ноябр": 11, "декабр": 12,
}  # fmt: skip
_MONTHS = (
    {f"{stem}{ending}": month for stem, month in _STEMS.items() for ending in ("ь", "я", "е", "ю", "ем")}
    | {
        f"{stem}{ending}": month
        for stem, month in (("март", 3), ("август", 8))
        for ending in ("", "а", "е", "у", "ом")
    }
    | {f"ма{ending}": 5 for ending in ("й", "я", "е", "ю", "ем")}
    | {"фев": 2, "мар": 3, "сен": 9, "ноя": 11}
)
_WEEKDAYS = {
    phrase: weekday
    for weekday, phrases in enumerate(
        (
            "понедельник|понедельника|понедельнику|понедельником|понедельнике",
            "вторник|вторника|вторнику|вторником|вторнике",
            "среда|среды|среде|среду|средой",
            "четверг|четверга|четвергу|четвергом|четверге",
            "пятница|пятницы|пятнице|пятницу|пятницей",
            "суббота|субботы|субботе|субботу|субботой",
            "воскресенье|воскресенья|воскресенью|воскресеньем",
        )
    )
    for phrase in phrases.split("|")
}

_WORDS: tuple[tuple[Sign, object, str], ...] = (
    (Sign.NUMBER, 1, "один|одна|одно|одну|одного|одной"),
    (Sign.NUMBER, 2, "два|две|двух"),
    (Sign.NUMBER, 3, "три|трех"),
    (Sign.NUMBER, 4, "четыре|четырех"),
    (Sign.NUMBER, 5, "пять|пяти"),
    (Sign.NUMBER, 6, "шесть|шести"),
    (Sign.NUMBER, 7, "семь|семи"),
    (Sign.NUMBER, 8, "восемь|восьми"),
    (Sign.NUMBER, 9, "девять|девяти"),
    (Sign.NUMBER, 10, "десять|десяти"),
    (Sign.NUMBER, 11, "одиннадцать|одиннадцати"),
    (Sign.NUMBER, 12, "двенадцать|двенадцати"),
    (Sign.DECADE, 20, "двадцатые|двадцатых"),
    (Sign.DECADE, 30, "тридцатые|тридцатых"),
    (Sign.DECADE, 40, "сороковые|сороковых"),
    (Sign.DECADE, 50, "пятидесятые|пятидесятых"),
    (Sign.DECADE, 60, "шестидесятые|шестидесятых"),
    (Sign.DECADE, 70, "семидесятые|семидесятых"),
    (Sign.DECADE, 80, "восьмидесятые|восьмидесятых"),
    (Sign.DECADE, 90, "девяностые|девяностых"),
    (Sign.ORDINAL, 1, forms("перв", _HARD)),
    (Sign.ORDINAL, 2, forms("втор", _STRESSED)),
    (Sign.ORDINAL, 3, "третий|третья|третье|третьего|третьей|третьем|третьему|третью|третьим|третьи|третьих"),
    (Sign.ORDINAL, 4, forms("четверт", _HARD)),
    (Sign.ORDINAL, 5, forms("пят", _HARD)),
    (Sign.ORDINAL, LAST, forms("последн", _SOFT)),
    (Sign.SEASON, 21, "весна|весны|весне|весну|весной|весною"),
    (Sign.SEASON, 22, "лето|лета|лету|лете|летом"),
    (Sign.SEASON, 23, "осень|осени|осенью"),
    (Sign.SEASON, 24, "зима|зимы|зиме|зиму|зимой|зимою"),
    (Sign.PART, EARLY, "начало|начала|начале|началу|началом"),
    # A "декада" of a month is ten days.
    (Sign.PART, EARLY, "первая декада|первой декады|первой декаде|первую декаду"),
    (Sign.PART, MIDDLE, "середина|середины|середине|середину|серединой"),
    (Sign.PART, MIDDLE, "вторая декада|второй декады|второй декаде|вторую декаду"),
    (Sign.PART, END, "конец|конца|конце|концу|концом|под конец"),
    (Sign.PART, LATE, "третья декада|третьей декады|третьей декаде|третью декаду"),
    (Sign.PART, LATE, "последняя декада|последней декады|последней декаде|последнюю декаду"),
    (
        Sign.HALF,
        None,
        "половина|половины|половине|половину|половиной|полугодие|полугодия|полугодии|полугодию",
    ),
    # units
    (Sign.DAY, 1, "день|дню|днем|сутки"),
    (Sign.DAY, None, "дня|дни|дней|днями|суток"),
    (Sign.WEEK, 1, "неделя|неделе|неделю|неделей"),
    (Sign.WEEK, None, "недели|недель|неделями"),
    (Sign.WEEKEND, None, "выходные|выходных|выходными|уик-энд|уикенд|викенд"),
    (Sign.MONTHS, 1, "месяц|месяцу|месяце|месяцем"),
    (Sign.MONTHS, None, "месяца|месяцы|месяцев|месяцами|мес"),
    (Sign.QUARTER, 1, "квартал|квартала|кварталу|квартале|кварталом|кв"),
    (Sign.QUARTER, None, "кварталы|кварталов"),
    (Sign.YEARS, 1, "год|году|годе|годом|г"),
    (Sign.YEARS, None, "года|годы|годов|годах|годам|годами|лет|гг"),
    (Sign.DECADES, None, "десятилетие|десятилетия|десятилетии|десятилетию|десятилетий"),
    (Sign.CENTURY, None, "век|века|веке|веку|веком|веков|столетие|столетия|столетии|столетию|вв"),
    (Sign.HOUR, None, "час|часа|часов|ч"),
    # from the reference date
    (Sign.MODIFIER, -1, forms("прошл", _HARD)),
    (Sign.MODIFIER, -1, forms("минувш", _HUSHED)),
    (Sign.MODIFIER, 0, "этот|эта|это|этого|этой|этом|этому|эту|эти|этих|этими|с. г.|т. г.|сего года"),
    (Sign.MODIFIER, 0, forms("текущ", _HUSHED)),
    (Sign.MODIFIER, 0, forms("нынешн", _SOFT)),
    (Sign.MODIFIER, 1, forms("следующ", _HUSHED)),
    (Sign.MODIFIER, 1, forms("будущ", _HUSHED)),
    (Sign.EARLIER, None, "ранее в этом|раньше в этом|ранее на этой|раньше на этой"),
    (Sign.DEICTIC, 0, "сегодня"),
    (Sign.DEICTIC, -1, "вчера"),
    (Sign.DEICTIC, -2, "позавчера"),
    (Sign.DEICTIC, 1, "завтра"),
    (Sign.DEICTIC, 2, "послезавтра"),
    (Sign.AGO, None, "назад|тому назад"),
    (Sign.AHEAD, None, "через"),
    # time of day
    (Sign.CLOCK, (12, 0, None), "полдень"),
    (Sign.CLOCK, (0, 0, None), "полночь"),
    (Sign.MERIDIEM, 0, "утра|ночи"),
    (Sign.MERIDIEM, 12, "дня|вечера|пополудни"),
    (Sign.ZONE, "Z", "utc|gmt"),
    (Sign.ZONE, "+01:00", "cet"),
    (Sign.ZONE, "+02:00", "cest|eet"),
    (Sign.ZONE, "+03:00", "eest|msk|мск|по московскому времени|по москве|московского времени"),
    (Sign.ERA, -1, "до н. э.|до нашей эры|до Р. Х.|до Рождества Христова"),
    (Sign.ERA, 1, "н. э.|нашей эры|от Рождества Христова"),
    # relations
    (Sign.BEFORE, None, "перед|ранее|раньше|ранее чем|раньше чем"),
    (Sign.AFTER, None, "после|позже|позднее|позже чем|позднее чем"),
    (Sign.BY, None, "к|ко|не позднее|не позже|не позднее чем|не позже чем|самое позднее"),
    (Sign.NOT_BEFORE, None, "не ранее|не раньше|не ранее чем|не раньше чем|самое раннее"),
    (Sign.SINCE, None, "с|со|от|начиная с|начиная со|еще с"),
    (Sign.UNTIL, None, "до|по|вплоть до"),
    (Sign.TO, None, "на"),
    (Sign.BETWEEN, None, "между"),
    (Sign.THROUGHOUT, None, "весь|всю|все|в течение всего|в течение всей|на протяжении"),
    (Sign.THROUGHOUT, None, "на протяжении всего|на протяжении всей"),
    # "в ночь на 6 августа" is the night that ends on the 6th: only both days are taken.
    (Sign.OVERNIGHT, None, "в ночь с|в ночь со|ночь с|ночь со|ночью с|ночью со"),
    (Sign.AND, None, "и|а также"),
    (Sign.OR, None, "или|либо"),
    # qualifiers
    (Sign.ABOUT, None, "около|примерно|приблизительно|ориентировочно|где-то|порядка|ок"),
    (Sign.MAYBE, None, "возможно|может быть|вероятно|предположительно|наверное|видимо|по-видимому"),
    # words that say nothing of their own
    (Sign.NIGHT_TO, None, "в ночь на|ночью на"),
    (Sign.DAYPART, None, "утра|вечера|утром|днем|вечером|ночью"),
    (Sign.FILLER, LEADING, "в|во|на|за|в течение|во время|по состоянию на|датой"),
    (Sign.FILLER, None, "год|года|году|годы|годов|годах|г|гг|месяц|месяца|месяце|числа|включительно"),
)

DATES = build(
    "ru",
    _WORDS,
    months=MONTHS["ru"] | _MONTHS,
    weekdays=WEEKDAYS["ru"] | _WEEKDAYS,
    letters={"q": Sign.QUARTER_NAME, "h": Sign.HALF_NAME},
)

NUMBERS = build_numbers(
    "ru",
    "ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать"
    " четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать двадцать",
    (
        (Word.SMALL, 1, "одна|одного|одной"),
        (Word.SMALL, 2, "две|двух"),
        (Word.SMALL, 3, "трёх"),
        (Word.SMALL, 4, "четырёх"),
        (Word.SMALL, 5, "пяти"),
        (Word.SMALL, 6, "шести"),
        (Word.SMALL, 7, "семи"),
        (Word.SMALL, 8, "восьми"),
        (Word.SMALL, 9, "девяти"),
        (Word.SMALL, 10, "десяти"),
        (Word.SMALL, 11, "одиннадцати"),
        (Word.SMALL, 12, "двенадцати"),
        (Word.SMALL, 20, "двадцати"),
        (Word.SMALL, 30, "тридцать|тридцати"),
        (Word.SMALL, 40, "сорок|сорока"),
        (Word.SMALL, 50, "пятьдесят|пятидесяти"),
        (Word.SMALL, 60, "шестьдесят|шестидесяти"),
        (Word.SMALL, 70, "семьдесят|семидесяти"),
        (Word.SMALL, 80, "восемьдесят|восьмидесяти"),
        (Word.SMALL, 90, "девяносто"),
        (Word.SMALL, 100, "сто|ста"),
        (Word.SMALL, 200, "двести|двухсот"),
        (Word.SMALL, 300, "триста|трёхсот"),
        (Word.SMALL, 400, "четыреста|четырёхсот"),
        (Word.SMALL, 500, "пятьсот|пятисот"),
        (Word.SMALL, 600, "шестьсот|шестисот"),
        (Word.SMALL, 700, "семьсот|семисот"),
        (Word.SMALL, 800, "восемьсот|восьмисот"),
        (Word.SMALL, 900, "девятьсот|девятисот"),
        (Word.SCALE, 10**3, "тысяча|тысячи|тысяч|тысячу|тыс"),
        (Word.SCALE, 10**6, "миллион|миллиона|миллионов|миллионы|млн"),
        (Word.SCALE, 10**9, "миллиард|миллиарда|миллиардов|миллиарды|млрд"),
        (Word.COLLECTIVE, 10, "десяток|десятка"),
        (Word.COLLECTIVE, 12, "дюжина"),
        (Word.COLLECTIVE, 100, "сотня|сотню|сотни"),
        (Word.PLURAL, 10, "десятки|десятков"),
        (Word.PLURAL, 100, "сотни|сотен"),
        (Word.PLURAL, 10**3, "тысячи"),
        (Word.PLURAL, 10**6, "миллионы"),
        (Word.SEVERAL, None, "несколько|нескольких"),
        (Word.HALF, Decimal("1.5"), "полтора|полторы|полутора"),
        (Word.BEFORE, "exact", "ровно|точно"),
        (Word.BEFORE, "approximate", "около|примерно|приблизительно|порядка|ориентировочно"),
        (Word.BEFORE, "nearly", "почти|без малого"),
        (Word.BEFORE, "at_least", "не менее|не менее чем|не меньше|не меньше чем|как минимум|минимум"),
        (Word.BEFORE, "at_least", "по меньшей мере|по крайней мере|самое меньшее"),
        (Word.BEFORE, "more_than", "более|более чем|больше|больше чем|свыше|чуть более|чуть больше"),
        (Word.BEFORE, "more_than", "немногим более"),
        (Word.BEFORE, "at_most", "до|не более|не более чем|не больше|не больше чем|максимум|самое большее"),
        (Word.BEFORE, "less_than", "менее|менее чем|меньше|меньше чем|чуть менее|чуть меньше"),
        (Word.LAST, "at_least", "как минимум|минимум|по меньшей мере"),
        (Word.LAST, "at_most", "максимум|самое большее"),
        (Word.LAST, "approximate", "примерно|приблизительно"),
        (Word.AFTER, "at_least", "или более|и более|или больше|и больше"),
        (Word.AFTER, "at_most", "или менее|или меньше"),
        (Word.BETWEEN, None, "между"),
        (Word.FROM, None, "от|с"),
        (Word.TO, None, "до"),
        (Word.AND, None, "и"),
        (Word.OR, None, "или"),
        (Word.FILLER, None, "всего|только|лишь|ещё|в общей сложности"),
    ),
)
