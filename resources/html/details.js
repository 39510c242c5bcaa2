// One event with all that is claimed of it. Words of documents only ever become text, never markup.
const $ = (id) => document.getElementById(id);
const LONG = 2000;

function make(tag, role, ...children) {
  const element = document.createElement(tag);
  if (role) element.className = role;
  element.append(...children.filter((child) => child !== null && child !== ""));
  return element;
}

// A text of the document, kept apart from the direction of what stands around it.
function words(tag, role, text) {
  const element = make(tag, role, text.length > LONG ? `${text.slice(0, LONG)}…` : text);
  element.dir = "auto";
  if (text.length <= LONG) return element;
  const rest = button("link", say("showAll", { count: NUMBERS.format(text.length) }), () => { element.textContent = text; });
  element.append(" ", rest);
  return element;
}

function button(role, text, press) {
  const element = make("button", role, text);
  element.type = "button";
  element.addEventListener("click", press);
  return element;
}

function markPicture(kind, size = 14) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg"), path = document.createElementNS(svg.namespaceURI, "path");
  for (const [key, value] of Object.entries({ viewBox: "-7 -7 14 14", width: size, height: size, "aria-hidden": "true" })) svg.setAttribute(key, value);
  svg.setAttribute("class", "mark");
  path.setAttribute("d", outline(KINDS[kind].shape));
  path.style.fill = `var(--kind-${kind})`;
  svg.append(path);
  return svg;
}

// Only http and https with a plain host are ever a link; all else is text.
function checkedUrl(text) {
  if (!text || text.length > 2048 || /[\s\\\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(text)) return null;
  let url;
  try { url = new URL(text); } catch { return null; }
  return /^https?:$/.test(url.protocol) && url.hostname && !url.username && !url.password ? url : null;
}

function address(text, pattern = "{host}") {
  const url = checkedUrl(text);
  if (!url) return words("span", "address", text);
  const link = make("a", "link", `${pattern.replace("{host}", url.host)} ↗`);
  link.href = url.href;
  link.rel = "noopener noreferrer nofollow";
  link.target = "_blank";
  link.referrerPolicy = "no-referrer";
  link.title = url.href;
  return link;
}

function linksOf(event) {
  return (more(event).links || []).map(([other, relation]) => [other, oneLine(name(relation), 40)]);
}

function dateParts(understood, wording) {
  return [words("span", "", understood), wording ? words("span", "wording", say("wording", { text: wording })) : null];
}

function quantityParts([said, wording, measure]) {
  return [words("span", "", [said, measure].filter(Boolean).join(" · ")), wording ? words("span", "wording", say("wording", { text: wording })) : null];
}

function facts(event) {
  const own = more(event), rows = make("dl", "facts");
  const row = (key, ...parts) => rows.append(make("dt", "", say(key)), make("dd", "", ...parts));
  row("when", ...dateParts(whenOf(event), name(EVENTS.wording[event])));
  if (own.place) row("where", words("span", "", own.place));
  if (own.origin) row("from", words("span", "", own.origin));
  const actors = (own.actors || []).map(([actor, role]) => make("span", "line", words("bdi", "", name(actor)), make("span", "muted", ` ${name(role)}`)));
  if (actors.length) row("who", ...actors);
  if (own.quantity) row("howMany", ...quantityParts(own.quantity));
  if (own.tags) row("tags", words("span", "", own.tags.join(", ")));
  if (own.links) row("links", ...linksOf(event).map(([other, relation]) => make("span", "line", make("span", "muted", `${relation} `), button("link", titleOf(other), () => openEvent(other, true)))));
  return rows;
}

function standingBar(event) {
  const { standing, origins = [], conflicts = [] } = more(event);
  if (!standing) return EVENTS.claims[event] ? null : make("p", "standing", say("noClaims"));
  const [reports, count, unestablished, disputes] = standing;
  const parts = [reports ? counted("report", "reports", reports) : say("noReport")];
  if (reports) parts.push(counted("origin", "origins", count));
  if (unestablished) parts.push(say("unestablished", { count: unestablished }));
  if (disputes) parts.push(counted("dispute", "disputes", disputes));
  const bar = make("div", unestablished || disputes || conflicts.length ? "standing doubted" : "standing", make("strong", "", parts.join(" · ")));
  if (origins.length) bar.append(words("span", "line", say("independent", { names: origins.map(name).join(", ") })));
  for (const clash of conflicts) bar.append(words("span", "line", clash));
  return bar;
}

function chainPills(claim) {
  const source = SOURCES[CLAIMS.source[claim]], row = make("p", "chain");
  const hops = (CLAIMS.chain[claim] || []).map(([hop, anonymous, verb]) => {
    const pill = words("span", anonymous ? "pill anonymous" : "pill", name(hop));
    if (anonymous) pill.title = say("anonymous");
    return [pill, verb < 0 ? null : words("span", "muted", name(verb))];
  });
  if (source) hops.push([words("span", "pill", oneLine(source.publisher || source.title, 60)), null]);
  hops.forEach(([pill, verb], at) => row.append(...(at ? [make("span", "muted", " › ")] : []), pill, ...(verb ? [" ", verb] : [])));
  return row;
}

function gradeCap(source, credibility) {
  const letter = (source && source.reliability) || "", grade = `${letter}${credibility || ""}`;
  if (!grade) return null;
  const said = [letter && say("reliability", { letter, words: WORDS.grades[letter] || "" }), credibility && say("credibility", { number: credibility, words: WORDS.credits[credibility] || "" })];
  const cap = make("span", "grade", grade);
  cap.title = said.filter(Boolean).join("\n");
  return cap;
}

function sourceLines(source) {
  if (!source) return [make("p", "warning", say("noSource"))];
  const facts = [source.publisher, source.author, source.medium, source.published && say("published", { day: source.published }), source.accessed && say("accessed", { day: source.accessed })];
  const lines = [make("p", "source", words("bdi", "name", source.title), words("span", "muted", facts.filter(Boolean).map((fact) => ` · ${fact}`).join("")))];
  if (source.url || source.archived) {
    lines.push(make("p", "links", source.url ? address(source.url) : null, source.archived ? address(source.archived, say("archived", { host: "{host}" })) : null));
  }
  if (source.original !== undefined) lines.push(words("p", "muted", say("copied", { title: SOURCES[source.original].title })));
  if (source.sha256) lines.push(make("p", "hash", make("span", "", say("hash")), make("code", "", source.sha256)));
  return lines;
}

function claimCard(claim, number) {
  const source = SOURCES[CLAIMS.source[claim]], stance = CLAIMS.stance[claim], own = CLAIMS.more[claim] || {};
  const card = make("li", `card${stance === 1 ? " against" : ""}${own.retracted ? " retracted" : ""}`);
  const quote = CLAIMS.quote[claim];
  if (quote) {
    const block = words("blockquote", "", say("wording", { text: quote }));
    if (source && /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(source.language || "")) block.lang = source.language;
    card.append(block);
  }
  card.append(chainPills(claim));
  const manner = [say("claim", { number }), own.retracted && say("retracted"), stance && WORDS.stances[stance], own.verb].filter(Boolean).join(" · ");
  card.append(make("p", "manner", words("span", stance === 1 || own.retracted ? "warning" : "muted", manner), gradeCap(source, own.credibility)));
  if (own.when) card.append(make("p", "says", ...dateParts(say("says", { words: own.when }), own.wording)));
  if (own.quantity) card.append(make("p", "says", ...quantityParts([say("says", { words: own.quantity[0] || "" }), own.quantity[1], own.quantity[2]])));
  if (own.statement !== undefined) card.append(make("p", "manner", make("span", "muted", say("saidIn")), button("link", titleOf(own.statement), () => openEvent(own.statement, true))));
  if (own.note) card.append(words("p", "note", own.note));
  card.append(...sourceLines(source));
  return card;
}

function fillDetails(event) {
  const kind = kindOf[event], heading = words("h2", "", EVENTS.title[event]);
  heading.tabIndex = -1;
  const close = button("tool close", "×", () => closeEvent());
  close.setAttribute("aria-label", say("close"));
  const over = make("p", "over", markPicture(kind), words("span", "", oneLine(KINDS[kind].label, 60)));
  over.style.color = `var(--kind-${kind})`;
  const content = [make("div", "bar", button("link back", `‹ ${say("back")}`, () => closeEvent()), close), over, heading, facts(event)];
  if (more(event).summary) content.push(words("p", "summary", more(event).summary));
  content.push(standingBar(event));
  const first = firstClaim[event], count = EVENTS.claims[event];
  if (count) {
    content.push(make("h3", "", say("claims"), make("span", "muted", ` ${NUMBERS.format(count)}`)));
    const list = make("ol", "claims");
    list.style.setProperty("--own", `var(--kind-${kind})`);
    const add = (from) => {
      for (let at = from; at < Math.min(count, from + 100); at += 1) list.append(claimCard(first + at, at + 1));
      if (from + 100 < count) {
        const next = button("link", say("more", { count: NUMBERS.format(count - from - 100) }), () => { next.remove(); add(from + 100); });
        list.append(next);
      }
    };
    add(0);
    content.push(list);
  }
  $("details").replaceChildren(...content.filter(Boolean));
  $("details").setAttribute("aria-label", titleOf(event));
  $("details").scrollTop = 0;
  return heading;
}
