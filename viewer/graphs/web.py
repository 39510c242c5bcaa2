"""Who says an event, by way of whom, in which source: the nodes and lines of its provenance, not yet placed.

People are one node by their name, wherever they stand in a chain. What is anonymous is never taken for the same
twice: it is a node of its own for each that heard it. Of very many claims those are drawn first that found
another origin; the rest is gathered, and counted.
"""

from __future__ import annotations

from dataclasses import field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from viewer.domain.context import folded
from viewer.domain.date_words import describe_date
from viewer.domain.provenance import standing
from viewer.domain.records import Hop
from viewer.frozen import dataclass
from viewer.graphs.scene import Line, Node

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from viewer.domain.context import Context, SourceFacts
    from viewer.domain.provenance import Origin
    from viewer.domain.records import Claim, Event
    from viewer.graphs.words import GraphWords

MOST_NODES = 60
EVENT, REST = "event", "rest"

_MOST_WOVEN = 2_000
"""Of more claims than this the rest is counted only."""
_MOST_HOPS = 10
_MOST_COPIES = 20


@dataclass(frozen=True, slots=True)
class Web:
    """Nodes by key, lines between them, and the claims for which there was no room."""

    nodes: Mapping[str, Node]
    lines: tuple[Line, ...]
    gathered: tuple[str, ...] = ()


@dataclass(slots=True)
class _Strand:
    """What one claim adds: its nodes, and the lines between them with their verbs."""

    nodes: dict[str, Node] = field(default_factory=dict)
    lines: dict[tuple[str, str], str] = field(default_factory=dict)
    starts: list[str] = field(default_factory=list)


def provenance_web(event: Event, context: Context, words: GraphWords, *, note: str = "") -> Web:
    """Return the web of an event; `note` stands below its title."""
    origins = standing(event, context).origins
    weaver = _Weaver(event, context, words, origins)
    for claim in _most_telling_first(event, origins):
        weaver.add(claim)
    return weaver.web(note)


def _most_telling_first(event: Event, origins: Iterable[Origin]) -> list[Claim]:
    first = {origin.claims[0] for origin in origins if origin.claims}
    return sorted(
        event.claims,
        key=lambda claim: (claim.uid not in first, claim.retracted or claim.stance != "disputes"),
    )


class _Weaver:
    def __init__(
        self, event: Event, context: Context, words: GraphWords, origins: tuple[Origin, ...]
    ) -> None:
        self._event = event
        self._origins = origins
        self._context = context
        self._words = words
        self._cited = {claim.source for claim in event.claims}
        self._originals: dict[str, tuple[str, ...]] = {}
        self._claims = {claim.uid: claim for claim in event.claims}
        self._nodes: dict[str, Node] = {}
        self._lines: dict[tuple[str, str], list[str]] = {}
        self._holding: dict[str | tuple[str, str], list[str]] = {}
        self._starts: dict[str, list[str]] = {}
        self._gathered: list[str] = []

    def add(self, claim: Claim) -> None:
        """Weave a claim in, or gather it where it would take too much room."""
        if len(self._starts) + len(self._gathered) >= _MOST_WOVEN:
            self._gathered.append(claim.uid)
            return
        strand = self._strand(claim)
        if len(self._nodes.keys() | strand.nodes.keys()) > MOST_NODES - 2:
            self._gathered.append(claim.uid)
            return
        for key, node in strand.nodes.items():
            self._nodes.setdefault(key, node)
            self._holding.setdefault(key, []).append(claim.uid)
        for line, verb in strand.lines.items():
            verbs = self._lines.setdefault(line, [])
            if verb and verb not in verbs:
                verbs.append(verb)
            self._holding.setdefault(line, []).append(claim.uid)
        self._starts[claim.uid] = strand.starts

    def web(self, note: str) -> Web:
        """Return what was woven."""
        nodes = {key: self._finished(node) for key, node in self._nodes.items()}
        for origin in self._origins:
            nodes |= self._counted(origin, nodes)
        lines = [self._line(line, " · ".join(verbs)) for line, verbs in self._lines.items()]
        if self._gathered:
            nodes[REST] = self._rest()
            lines.append(Line(REST, EVENT, claims=tuple(self._gathered), manner=self._manner(self._gathered)))
        event = self._event
        nodes[EVENT] = Node(EVENT, "event", event.title, note, uid=event.uid, claims=tuple(self._claims))
        return Web(nodes, tuple(lines), tuple(self._gathered))

    def _counted(self, origin: Origin, nodes: Mapping[str, Node]) -> dict[str, Node]:
        """Return the nodes of an origin as such; several that count as one say so."""
        whys: dict[str, str] = {}
        for uid, why in zip(origin.claims, origin.why or ("",) * len(origin.claims), strict=False):
            for key in self._starts.get(uid, ()):
                whys.setdefault(key, why)
        together = ", ".join(nodes[key].text for key in whys)
        one = self._words.one_origin.format(names=together) if len(whys) > 1 else ""
        return {
            key: replace(nodes[key], counted=True, hint=_joined(nodes[key].hint, why, one))
            for key, why in whys.items()
        }

    def _finished(self, node: Node) -> Node:
        """Return a node with its claims, and those of one manner with their number."""
        claims = self._holding[node.key]
        struck = self._manner(claims) == "retracted"
        text = self._words.manner(node.manner, len(claims)) if node.role == "claim" else node.text
        return replace(node, claims=tuple(claims), struck=struck, text=text)

    def _line(self, line: tuple[str, str], verb: str) -> Line:
        claims = self._holding[line]
        derived = (
            all(self._nodes[key].role == "source" for key in line if key in self._nodes) and EVENT not in line
        )
        return Line(*line, verb, tuple(claims), derived, self._manner(claims))

    def _manner(self, claims: list[str]) -> str:
        """Return the stance that all claims share which are not retracted, "supports" where they differ."""
        stances = {claim.stance for claim in map(self._claims.__getitem__, claims) if not claim.retracted}
        if not stances:
            return "retracted"
        return stances.pop() if len(stances) == 1 else "supports"

    def _rest(self) -> Node:
        claims = [self._claims[uid] for uid in self._gathered]
        reports = all(claim.stance == "supports" and not claim.retracted for claim in claims)
        pattern = self._words.more_reports if reports else self._words.more_claims
        return Node(REST, "rest", pattern.format(count=f"{len(claims):,}"), claims=tuple(self._gathered))

    def _strand(self, claim: Claim) -> _Strand:
        """Return the way of a claim: who said it first, through whom, the source, the event."""
        strand, source = _Strand(), f"source\0{claim.source}"
        self._add_chain(strand, claim, source)
        self._add_originals(strand, claim.source)
        tag = f"claim\0{claim.source}\0{claim.stance}\0{claim.retracted}"
        hint = self._words.retracted if claim.retracted else ""
        strand.nodes[tag] = Node(tag, "claim", claim.stance, hint=hint, manner=claim.stance)
        strand.lines |= {(source, tag): "", (tag, EVENT): ""}
        return strand

    def _add_chain(self, strand: _Strand, claim: Claim, source: str) -> None:
        statement, speakers = self._statement(claim)
        said = {node.key for node in speakers}
        hops = [hop for hop in self._hops(claim) if self._actor(hop, source).key not in said]
        if not hops and statement is None and not self._follows_another(claim.source):
            hops = [Hop(name=self._words.unrecorded, anonymous=True)]
        way = [*([] if statement is None else [statement]), *self._actors(hops, source)]
        verbs = [*([] if statement is None else [""]), *(hop.verb or "" for hop in hops)]
        if verbs and not verbs[-1]:
            verbs[-1] = claim.verb or ""  # how whom the source quotes has said it
        strand.nodes |= {node.key: node for node in (*speakers, *way)}
        for (start, end), verb in zip(pairwise([*(node.key for node in way), source]), verbs, strict=True):
            if start != end:
                strand.lines[start, end] = verb
        strand.lines |= {(speaker.key, way[0].key): "" for speaker in speakers}
        strand.starts = [node.key for node in speakers or way[:1] if not node.anonymous]

    def _hops(self, claim: Claim) -> list[Hop]:
        """Return the chain of a claim up to its source; a very long one without its middle."""
        chain, facts = list(claim.chain), self._context.sources.get(claim.source)
        if len(chain) > 1 and facts is not None and folded(chain[-1].name) == folded(facts.publisher or ""):
            chain.pop()
        if len(chain) <= _MOST_HOPS:
            return chain
        half = _MOST_HOPS // 2
        skipped = self._words.skipped.format(count=f"{len(chain) - 2 * half:,}")
        return [*chain[:half], Hop(name=skipped, anonymous=True), *chain[-half:]]

    def _statement(self, claim: Claim) -> tuple[Node | None, list[Node]]:
        """Return the statement in which a claim was made, and who made it."""
        made = self._context.statements.get(claim.statement or "")
        if made is None or made.uid == self._event.uid:
            return None, []
        node = Node(f"statement\0{made.uid}", "statement", made.title, hint=made.title, uid=made.uid)
        unnamed = {
            folded(each.chain[0].name) for each in made.claims if each.chain and each.chain[0].anonymous
        }
        names = [part.name for part in made.actors if part.role == "speaker" and part.name.strip()]
        speakers = [
            self._actor(Hop(name=name, anonymous=folded(name) in unnamed), node.key) for name in names
        ]
        return node, list({speaker.key: speaker for speaker in speakers}.values())

    def _actors(self, hops: list[Hop], follower: str) -> list[Node]:
        nodes: list[Node] = []
        for hop in reversed(hops):
            nodes.insert(0, self._actor(hop, follower))
            follower = nodes[0].key
        return nodes

    def _actor(self, hop: Hop, follower: str) -> Node:
        """Return the node of a hop; what is anonymous belongs to who passed it on."""
        unnamed = bool(hop.anonymous) or not hop.name.strip()
        named = self._context.actor_key(hop.name)
        key = f"unnamed\0{folded(hop.name)}\0{follower}" if unnamed else f"actor\0{named}"
        name = hop.name if hop.name.strip() else self._words.unrecorded
        return Node(key, "actor", name, hint=name, anonymous=unnamed)

    def _add_originals(self, strand: _Strand, source: str) -> None:
        """Add a source, and what it copies from."""
        way = [source, *self._originals_of(source)]
        for uid in way:
            strand.nodes.setdefault(f"source\0{uid}", self._source(uid))
        for copy, original in pairwise(way):
            strand.lines[f"source\0{original}", f"source\0{copy}"] = self._words.copied

    def _originals_of(self, source: str) -> tuple[str, ...]:
        """Return what a source derives from, the nearest first; a circle is followed once."""
        if source not in self._originals:
            way = [source]
            while len(way) <= _MOST_COPIES:
                facts = self._context.sources.get(way[-1])
                original = None if facts is None else facts.derived_from
                if original is None or original in way or original not in self._context.sources:
                    break
                way.append(original)
            self._originals[source] = tuple(way[1:])
        return self._originals[source]

    def _follows_another(self, source: str) -> bool:
        """Tell whether a source copies from one that speaks of the event too, and so shares its origin."""
        return any(
            original in self._cited and source not in self._originals_of(original)
            for original in self._originals_of(source)
        )

    def _source(self, uid: str) -> Node:
        facts = self._context.sources.get(uid)
        if facts is None:
            return Node(f"source\0{uid}", "source", self._words.missing, anonymous=True)
        parts = [
            facts.publisher if facts.publisher != facts.title else "",
            _published(facts),
            facts.reliability,
        ]
        note = " · ".join(part for part in parts if part)
        return Node(f"source\0{uid}", "source", facts.title, note, _joined(facts.title, note), uid)


def _published(facts: SourceFacts) -> str:
    published = facts.published
    return describe_date(published).partition(",")[0] if published is not None and published.is_dated else ""


def _joined(*lines: str) -> str:
    return "\n".join(line for line in lines if line)
