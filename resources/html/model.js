// What the document says, as columns in order of time; and which events the search and the chips let through.
const DATA = JSON.parse(document.getElementById("data").textContent);
const EVENTS = DATA.events, CLAIMS = DATA.claims, SOURCES = DATA.sources, NAMES = DATA.names;
const KINDS = [...DATA.kinds, { label: say("other"), shape: "square", colour: "muted" }];
const COUNT = EVENTS.uid.length;
const SPAN = 1, OPEN_LO = 2, OPEN_HI = 4, BLURRED = 8, DISPUTED = 16, RIVAL = 32;
const FAR = 1e30;

const kindOf = Uint16Array.from(EVENTS.kind, (kind) => (kind < 0 ? KINDS.length - 1 : kind));
const firstClaim = new Int32Array(COUNT + 1);
EVENTS.claims.forEach((count, event) => { firstClaim[event + 1] = firstClaim[event] + count; });

// The outer extent [lo, hi) of each event, its certain core (none where coreLo > coreHi), and where its mark stands.
const lo = new Float64Array(COUNT).fill(NaN), hi = new Float64Array(COUNT), mark = new Float64Array(COUNT);
const coreLo = new Float64Array(COUNT).fill(FAR), coreHi = new Float64Array(COUNT).fill(-FAR);
const knownLo = new Float64Array(COUNT).fill(NaN), knownHi = new Float64Array(COUNT).fill(NaN);
for (let event = 0; event < COUNT; event += 1) {
  const startLo = EVENTS.startLo[event], startHi = EVENTS.startHi[event];
  const endLo = EVENTS.endLo[event], endHi = EVENTS.endHi[event], flags = EVENTS.flags[event];
  if (startLo === null && endHi === null) continue;
  const known = [startLo, startHi, endLo, endHi].filter((bound) => bound !== null);
  let first = Math.min(...known), last = Math.max(...known);
  knownLo[event] = first;
  knownHi[event] = last;
  lo[event] = flags & OPEN_LO ? -FAR : first;
  hi[event] = flags & OPEN_HI ? FAR : Math.max(last + 1, first + 1);
  if (flags & SPAN) {
    const start = startHi ?? (flags & OPEN_LO ? -FAR : FAR), end = endLo ?? (flags & OPEN_HI ? FAR : -FAR);
    if (start < end) [coreLo[event], coreHi[event]] = [start, end];
  }
  const oneOpen = flags & (OPEN_LO | OPEN_HI);
  const pair = (oneOpen === OPEN_HI ? [startLo, startHi] : oneOpen === OPEN_LO ? [endLo, endHi] : []).filter((bound) => bound !== null);
  if (pair.length) [first, last] = [Math.min(...pair), Math.max(...pair)];
  mark[event] = first + Math.floor((last - first + 1) / 2);
}

const isDated = (event) => lo[event] === lo[event];
const name = (number) => (number < 0 ? "" : NAMES[number]);
const more = (event) => EVENTS.more[event] || {};
const places = new Map(EVENTS.uid.map((uid, event) => [uid, event]));

// A title on one line, without what could turn its letters around or hide them.
function oneLine(text, most = 240) {
  const cut = text.length > most ? `${text.slice(0, most - 1)}…` : text;
  return cut.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c]/g, "").replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " ").trim();
}

const titleOf = (event) => oneLine(EVENTS.title[event]);
const whenOf = (event) => name(EVENTS.understood[event]) || say("undated").toLowerCase();

const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

// What a search looks through, worked out for all events when the first letter is typed.
let haystacks = null;
function haystack() {
  const ofSource = SOURCES.map((source) => `${source.title} ${source.publisher || ""} ${source.author || ""}`);
  return EVENTS.title.map((title, event) => {
    const { summary = "", place = "", origin = "", tags = [], actors = [] } = more(event);
    const words = [title, summary, place, origin, ...tags, ...actors.map(([actor]) => name(actor)), name(EVENTS.wording[event])];
    for (let claim = firstClaim[event]; claim < firstClaim[event + 1]; claim += 1) {
      words.push(CLAIMS.quote[claim] || "", CLAIMS.source[claim] < 0 ? "" : ofSource[CLAIMS.source[claim]]);
      for (const [hop] of CLAIMS.chain[claim] || []) words.push(name(hop));
    }
    return folded(words.join("\n"));
  });
}

const filter = { words: "", off: new Set() };
const shown = new Uint8Array(COUNT).fill(1);
let listed = Array.from({ length: COUNT }, (_, event) => event);

function applyFilter() {
  const words = folded(filter.words).split(/\s+/).filter(Boolean);
  if (words.length && !haystacks) haystacks = haystack();
  listed = [];
  for (let event = 0; event < COUNT; event += 1) {
    const holds = !filter.off.has(kindOf[event]) && words.every((word) => haystacks[event].includes(word));
    shown[event] = holds ? 1 : 0;
    if (holds) listed.push(event);
  }
}

// The first and the last known second of all dated events that are shown, else of all.
function wholeTime() {
  for (const among of [listed, places.values()]) {
    let first = Infinity, last = -Infinity;
    for (const event of among) {
      if (knownLo[event] < first) first = knownLo[event];
      if (knownHi[event] > last) last = knownHi[event];
    }
    if (first <= last) return [first, last + 1];
  }
  const now = Math.floor(Date.now() / 1000);
  return [now - 183 * DAY, now + 183 * DAY];
}
