// On paper: the picture, then every event with a number, then the sources that the numbers in brackets name.
function printedSources(events) {
  const numbers = new Map();
  for (const event of events) {
    for (let claim = firstClaim[event]; claim < firstClaim[event + 1]; claim += 1) {
      const source = CLAIMS.source[claim];
      if (source >= 0 && !numbers.has(source)) numbers.set(source, numbers.size + 1);
    }
  }
  return numbers;
}

function printedClaim(claim, numbers) {
  const stance = CLAIMS.stance[claim], own = CLAIMS.more[claim] || {}, source = CLAIMS.source[claim];
  const hops = (CLAIMS.chain[claim] || []).map(([hop]) => name(hop));
  const manner = [own.retracted && say("retracted"), stance && WORDS.stances[stance], own.when && say("says", { words: own.when }), own.quantity && say("says", { words: own.quantity[0] || "" })].filter(Boolean).join(" · ");
  return make("li", "", CLAIMS.quote[claim] ? words("q", "", CLAIMS.quote[claim].slice(0, LONG)) : null, manner ? ` ${manner}` : "",
    hops.length ? words("span", "muted", ` — ${hops.join(" › ")}`) : null, source < 0 ? null : ` [${numbers.get(source)}]`);
}

function printedEvent(event, numbers) {
  const own = more(event), claims = make("ul", "");
  for (let claim = firstClaim[event]; claim < firstClaim[event + 1]; claim += 1) claims.append(printedClaim(claim, numbers));
  const said = [whenOf(event), own.place, own.quantity && own.quantity[0], ...(own.actors || []).map(([actor]) => name(actor)), signOf(event) && say(signOf(event))];
  return make("li", "", make("span", "number", `${listAt.get(event) + 1}.`), words("strong", "", oneLine(EVENTS.title[event], LONG)), words("p", "muted", said.filter(Boolean).join(" · ")), own.summary ? words("p", "", own.summary.slice(0, LONG)) : null, claims.firstChild ? claims : null);
}

function printedSource(source, number) {
  const links = [source.url, source.archived].filter(Boolean).map((text) => make("span", "line", text));
  const said = [source.publisher, source.author, source.published].filter(Boolean).join(" · ");
  return make("li", "", make("span", "number", `[${number}]`), words("strong", "", source.title), said ? words("span", "muted", ` ${said}`) : null, ...links, source.sha256 ? make("span", "line hash", `${say("hash")}: ${source.sha256}`) : null);
}

function printedPicture(order) {
  const canvas = document.createElement("canvas"), box = $("print");
  const dated = listed.filter(isDated);
  if (!dated.length) return null;
  const surface = { canvas, context: canvas.getContext("2d"), ratio: 3, width: 1000, height: 640, heading: 112, fonts: FONTS, palette: paletteOf(box), print: true };
  surface.measure = measureWith(surface.context, FONTS);
  surface.titleOf = (event) => `${order.get(event) + 1}  ${titleOf(event)}`;
  const lanes = planLanes(surface), used = lanes.lanes.reduce((sum, place) => sum + Math.min(place.height, place.head + place.lane.rows * lanes.row + 24), lanes.top);
  surface.height = Math.max(Math.min(used, 640), 160);
  [canvas.width, canvas.height] = [surface.width * surface.ratio, surface.height * surface.ratio];
  paint(surface, layOut(surface, fitting(...whole, surface.width - surface.heading), -1), -1, -1);
  return canvas;
}

function beforePrint() {
  const numbers = printedSources(listed), events = make("ol", "events"), sources = make("ol", "sources");
  for (const event of listed) events.append(printedEvent(event, numbers));
  for (const [source, number] of numbers) sources.append(printedSource(SOURCES[source], number));
  const parts = [words("h1", "", oneLine(DATA.title, 200)), make("p", "muted", [say("printed", { events: counted("event", "events", listed.length) }), ...notes()].join(" · "))];
  parts.push(printedPicture(listAt), events);
  if (numbers.size) parts.push(make("h2", "", say("sources")), sources);
  $("print").replaceChildren(...parts.filter(Boolean));
}

function startPrint() {
  addEventListener("beforeprint", beforePrint);
  addEventListener("afterprint", () => $("print").replaceChildren());
}
