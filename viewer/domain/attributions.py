"""Who a passage says it from: "selon X", "X, citing Y", "a déclaré X", in English and French.

A likely chain to be confirmed, never more: what is not plainly one of the forms known here is left alone.
"""

from __future__ import annotations

import re

from viewer.domain.records import Hop

LONGEST_NAME = 100
"""Characters; what is longer is a clause rather than a name."""

_MOST_WORDS = 20
_REACH = 300

_SAID = {
    "said": "said|says|a dit|ont dit|disent|dit",
    "stated": r"stated|states|(?:a|ont) déclaré|déclare(?:nt)?|(?:a|ont) affirmé|affirme(?:nt)?",
    "reported": r"reported|reports|(?:a|ont) rapporté|rapporte(?:nt)?|(?:a|ont) fait état",
    "announced": r"announced|announces|(?:a|ont) annoncé|annonce(?:nt)?",
    "estimated": r"estimated|estimates?|(?:a|ont) estimé|estime(?:nt)?|évalue(?:nt)?",
    "indicated": r"indicated|indicates|(?:a|ont) indiqué|indique(?:nt)?|(?:a|ont) précisé|précise(?:nt)?",
    "claimed": r"claimed|claims|(?:a|ont) prétendu|prétend(?:ent)?|(?:a|ont) assuré|assure(?:nt)?",
    "told": "told",
    "added": r"added|adds|(?:a|ont) ajouté|ajoute(?:nt)?",
    "confirmed": r"confirmed|confirms|(?:a|ont) confirmé|confirme(?:nt)?",
    "warned": r"warned|warns|(?:a|ont) averti|avertit|avertissent",
}
_VERB = "|".join(f"(?P<{word}>{forms})" for word, forms in _SAID.items())
_ADVERB = r"(?:\w{2,20}(?:ment|ly)\s)?"
_NAME = r"(?:[^\W\d_]\.(?=\s?[^\W\d_])|[^,;:.()«»“”\"\n?!])"
_LIST = r"(?:,\s+(?:de\s|du\s|des\s|d['’])[^,;:.()\n]{2,60})*"

_ACCORDING = re.compile(
    r"\b(?:selon|d['’]après|à en croire|according to|(?P<reported>reported by|rapportée?s?\s+par)|as told by)"
    rf"\s+(?P<name>{_NAME}{{2,{LONGEST_NAME}}}{_LIST})",
    re.IGNORECASE,
)
_CITED_BY = re.compile(
    rf"\b(?:cited by|quoted by|citée?s?\s+par)\s+(?P<name>{_NAME}{{2,{LONGEST_NAME}}})", re.IGNORECASE
)
_CITING = re.compile(
    rf",?\s(?:citant|citing|quoting|en citant)\s+(?P<name>{_NAME}{{2,{LONGEST_NAME}}})(?:,\s*(?:{_VERB})\b)?",
    re.IGNORECASE,
)
_SAID_BY = re.compile(
    rf"[,»”\"]\s*{_ADVERB}(?:{_VERB})\s+(?!that\b|que\b|qu['’]|on\b|in\b|à\b|en\b)"
    rf"(?P<name>{_NAME}{{2,{LONGEST_NAME}}})",
    re.IGNORECASE,
)
_SAYS = re.compile(
    rf"(?P<comma>,)?\s{_ADVERB}(?:{_VERB})\b"
    r"(?=\s(?:que|qu['’]|that|having|avoir|the|les?|la|in|en|à|on)\b|\squ['’]|\s(?-i:[A-ZÀ-Þ«“\"])|\s?[:«“\"]|\sso\b)",
    re.IGNORECASE,
)

_DETERMINER = re.compile(
    r"\A(?:(?:le|la|les|un|une|des|de|du|ce|cette|ces|the|an?|that|this|mais|et|but|and|enfin|also)\s+|[ldc]['’])+",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"(?:lui|elles?|ils?|eux|celui-ci|celle-ci|qui|he|she|they|it|him|her|them|who"
    r"|which|what|we|nous|i|je|also|ceux-ci)(?:[- ]mêmes?)?",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"(?<=\w)\s(?:que|dans|lors|hier|qui|dont|a|ont|avait|est|sont|après|avant|lundi|mardi|mercredi|jeudi|vendredi|samedi"
    r"|dimanche|that|in|on|at|who|whose|said|has|have|had|was|were|which|yesterday|monday|tuesday|wednesday|thursday"
    r"|friday|saturday|sunday|au cours|le \d|ce|cette|et que|and that|to)\b.*|\squ['’].*",
    re.IGNORECASE | re.DOTALL,
)
_CLAUSE = re.compile(
    r"\b(?:que|qu['’]|while|whereas|alors que|tandis que|when|lorsque|lorsqu['’])\s*", re.IGNORECASE
)
_OF = (
    "de",
    "du",
    "des",
    "of",
    "la",
    "le",
    "les",
    "d'",
    "d’",
    "the",
    "in",
    "en",
    "at",
    "à",
    "au",
    "aux",
    "for",
    "pour",
)
_UNNAMED = re.compile(
    r"\b(?:sources?|anonym\w*|unnamed|officials?|officiels?|responsables?|fonctionnaires?|witness(?:es)?|témoins?"
    r"|observers|observateurs|insiders|diplomates?|diplomats?|(?:people|persons?) familiar|proches?)\b",
    re.IGNORECASE,
)
_BREAK = re.compile(r"[;:\n]")
_COMMA = re.compile(r",(?![^()]*\))")


def likely_chain(sentence: str) -> tuple[Hop, ...]:
    """Return the hops that a sentence names, the origin first; nothing when it names none."""
    cited = _CITING.search(sentence)
    if cited is not None:
        origin, relay = _hop(cited["name"], "told"), _hop(_subject(sentence, cited), _verb(cited))
        if origin is not None:
            return tuple(hop for hop in (origin, relay) if hop is not None)
    said, given, quoting = _said(sentence), _ACCORDING.search(sentence), _CITED_BY.search(sentence)
    name = None if given is None else _hop(given["name"], "reported" if given["reported"] else None)
    relay = None if quoting is None else _hop(quoting["name"], None)
    if said is not None and given is not None and said.name.casefold() in given[0].casefold():
        said = None
    return tuple(hop for hop in (said, name, relay) if hop is not None)


def _said(sentence: str) -> Hop | None:
    """Return who says something, the verb behind the name or before it."""
    before = _SAID_BY.search(sentence)
    if (
        before is not None
        and (hop := _hop(before["name"], _verb(before))) is not None
        and _is_name(before["name"])
    ):
        return hop
    found = _SAYS.search(sentence)
    if found is None:
        return None
    return _hop(_subject(sentence, found), _verb(found))


def _subject(sentence: str, verb: re.Match[str]) -> str:
    """Return the words before a verb that can be its subject."""
    before = _BREAK.split(sentence[max(0, verb.start() - _REACH) : verb.start()])[-1]
    parts = [part.strip() for part in _COMMA.split(before)]
    # "X, the head of Y, said": what stands between the commas says more of X.
    says_more = len(parts) > 1 and "comma" in verb.re.groupindex and verb["comma"] is not None
    return _CLAUSE.split(parts[-2] if says_more else parts[-1])[-1]


def _verb(match: re.Match[str]) -> str | None:
    return next((word for word in _SAID if match[word] is not None), None)


def _is_name(words: str) -> bool:
    """Whether what follows a verb can be who says it, rather than what is said."""
    first = words.lstrip()
    return first[:1].isupper() or _DETERMINER.match(first) is not None or _UNNAMED.search(first) is not None


def _hop(words: str, verb: str | None) -> Hop | None:
    """Make a hop of the words that stand where a name is expected; None when they are no name."""
    name = _DETERMINER.sub("", _CUT.sub("", words.strip(" \u00a0\u202f'’\"«»“”-")), count=1)
    name = " ".join(_without_description(name.split())).strip(" ,-–—")
    if (
        not name
        or _PRONOUN.fullmatch(name.split()[0])
        or len(name) > LONGEST_NAME
        or len(name.split()) > _MOST_WORDS
    ):
        return None
    is_unnamed = _UNNAMED.search(name) is not None
    if not (is_unnamed or any(letter.isalpha() for letter in name)):
        return None
    return Hop(name=name, anonymous=is_unnamed, verb=verb)


def _without_description(words: list[str]) -> list[str]:
    """Leave off what is said of a name before it: "ministre danois Troels Poulsen"."""
    for place, word in enumerate(words):
        if not word[:1].isupper():
            continue
        before = words[place - 1].casefold() if place else ""
        rest = [later for later in words[place:] if later[:1].islower() and later.casefold() not in _OF]
        if before in _OF or "'" in word or "’" in word or rest:
            return words
        return words[place:]
    return words
