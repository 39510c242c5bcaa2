// The page is put together: what is chosen, what is open, how big things are, and one frame for all.
const chosen = { event: -1, open: false, from: null };
const surfaces = {};
let lastFrame = null;

function surfaceOf(canvas) {
  const context = canvas.getContext("2d");
  return { canvas, context, fonts: FONTS, measure: measureWith(context, FONTS), titleOf, width: 0, height: 0, ratio: 1, heading: 0 };
}

function canvasWidth() {
  return Math.max(surfaces.timeline.width - surfaces.timeline.heading, 1);
}

function resize() {
  for (const surface of Object.values(surfaces)) {
    const box = surface.canvas.parentElement.getBoundingClientRect();
    surface.ratio = Math.min(devicePixelRatio || 1, 3);
    surface.width = Math.max(Math.round(box.width), 1);
    surface.height = Math.max(Math.round(box.height), 1);
    [surface.canvas.width, surface.canvas.height] = [surface.width * surface.ratio, surface.height * surface.ratio];
  }
  const before = canvasWidth(), middle = view.left + (before / 2) * view.perPixel;
  surfaces.timeline.heading = surfaces.timeline.width >= 600 ? 124 : 0;
  view.left = middle - (canvasWidth() / 2) * view.perPixel;
  strip = null;
  askFrame();
}

function drawAll() {
  const surface = surfaces.timeline;
  lastFrame = layOut(surface, view, chosen.event);
  paint(surface, lastFrame, chosen.event, hovered);
  paintOverview(surfaces.overview, view);
  const end = lastFrame.t1, range = `${momentName(lastFrame.t0, view.perPixel * 60)} – ${momentName(end, view.perPixel * 60)}`;
  $("range").textContent = range;
  // For whoever looks at the page from outside, such as a test: what this frame shows, and how much it drew.
  const bars = lastFrame.bands.reduce((sum, band) => sum + band.bars.length, 0);
  const own = lastFrame.items.find((item) => item.event === chosen.event);
  Object.assign($("timeline").dataset, {
    drawn: lastFrame.items.length + lastFrame.labels.length + bars, from: lastFrame.t0, to: end,
    chosen: own ? `${own.mark} ${own.y}` : "",
  });
}

function announce(text) {
  $("live").textContent = text;
}

function choose(event) {
  if (event !== chosen.event && chosen.open && event >= 0) fillDetails(event);
  chosen.event = event;
  if (event < 0) { if (chosen.open) closeEvent(); }
  else {
    announce(say("selected", { title: titleOf(event), when: whenOf(event) }));
    reveal(event);
    showInList(event);
  }
  drawList();
  markShelf();
  askFrame();
}

function openEvent(event, byKey) {
  if (!chosen.open) chosen.from = document.activeElement;
  choose(event);
  const heading = fillDetails(event);
  chosen.open = true;
  $("details").hidden = false;
  $("listing").hidden = true;
  document.body.classList.add("opened");
  if (byKey) heading.focus({ preventScroll: true });
  try { history.replaceState(null, "", `#event-${encodeURIComponent(EVENTS.uid[event])}`); } catch { /* a page without an address of its own */ }
  announce(say("opened", { title: titleOf(event) }));
}

function closeEvent() {
  chosen.open = false;
  $("details").hidden = true;
  $("listing").hidden = false;
  document.body.classList.remove("opened");
  drawList();
  showInList(chosen.event);
  const back = chosen.from && chosen.from.isConnected && chosen.from !== document.body ? chosen.from : $("timeline");
  back.focus({ preventScroll: true });
  try { history.replaceState(null, "", " "); } catch { /* as above */ }
}

function search(text) {
  filter.words = text;
  refilter();
}

function refilter() {
  applyFilter();
  indexLanes();
  strip = null;
  if (chosen.event >= 0 && !shown[chosen.event]) choose(-1);
  listPlaces();
  drawList();
  drawShelf();
  status();
  askFrame();
}

function notes() {
  const found = [];
  if (DATA.knownBy !== null) found.push(say("knownBy", { day: momentName(DATA.knownBy, DAY) }));
  if (DATA.hidden) found.push(say("hidden", { count: NUMBERS.format(DATA.hidden) }));
  return found;
}

function status() {
  const undated = listed.reduce((sum, event) => sum + (isDated(event) ? 0 : 1), 0), all = listed.length === COUNT;
  const parts = [all ? say("allShown", { events: counted("event", "events", COUNT) }) : say("someShown", { shown: NUMBERS.format(listed.length), count: NUMBERS.format(COUNT) })];
  if (undated) parts.push(say("undatedCount", { count: NUMBERS.format(undated) }));
  $("shown").textContent = parts.join(" · ");
  $("gist").textContent = notes().join(" · ");
}

function drawChips() {
  $("chips").append(...LANES.map((lane) => {
    const chip = button("chip", "", () => {
      if (filter.off.has(lane.kind)) filter.off.delete(lane.kind); else filter.off.add(lane.kind);
      chip.setAttribute("aria-pressed", !filter.off.has(lane.kind));
      refilter();
    });
    chip.append(markPicture(lane.kind, 13), make("span", "", lane.name), make("span", "muted", NUMBERS.format(lane.all.length)));
    chip.setAttribute("aria-pressed", "true");
    return chip;
  }));
}

function dress() {
  const palette = paletteOf(document.documentElement);
  for (const surface of Object.values(surfaces)) surface.palette = palette;
  palette.inks.forEach((_, kind) => document.documentElement.style.setProperty(`--kind-${kind}`, ink(palette, kind)));
  askFrame();
}

function signPicture(sort) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 56 16");
  svg.setAttribute("class", `sample ${sort}`);
  for (const role of ["extent", "core", "stop a", "stop b", "dot"]) {
    const part = document.createElementNS(svg.namespaceURI, "rect");
    part.setAttribute("class", role);
    svg.append(part);
  }
  return svg;
}

function showKeys() {
  const dialog = $("keys"), keys = make("dl", "keylist"), signs = make("dl", "keylist");
  for (const [key, does] of WORDS.keys) keys.append(make("dt", "", ...key.split(" ").map((part) => make("kbd", "", part))), make("dd", "", does));
  for (const [sort, means] of WORDS.signs) signs.append(make("dt", "", signPicture(sort)), make("dd", "", means));
  const close = button("tool close", "×", () => dialog.close());
  close.setAttribute("aria-label", say("close"));
  dialog.replaceChildren(close, make("h2", "", say("help")), keys, signs);
  if (!dialog.open) dialog.showModal();
}

function label(id, key, values) {
  $(id).setAttribute("aria-label", say(key, values));
  if ($(id).matches("button")) $(id).title = say(key, values);
}

function startTools() {
  label("theme", "theme"); label("help", "help"); label("in", "zoomIn"); label("out", "zoomOut"); label("fit", "fitAll");
  label("zoom", "zoomGroup"); label("chips", "kinds"); label("search", "search"); label("keys", "help");
  label("timeline", "timeline", { events: counted("event", "events", COUNT) });
  $("fit").textContent = say("fit");
  $("search").placeholder = say("search");
  $("in").addEventListener("click", () => zoom(2));
  $("out").addEventListener("click", () => zoom(0.5));
  $("fit").addEventListener("click", () => fitAll({ smooth: true }));
  $("help").addEventListener("click", showKeys);
  $("theme").addEventListener("click", () => {
    document.documentElement.dataset.theme = surfaces.timeline.palette.dark ? "light" : "dark";
    dress();
  });
  let waiting = 0;
  $("search").addEventListener("input", (event) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => search(event.target.value), COUNT > 20000 ? 160 : 0);
  });
}

function openFromAddress() {
  const wanted = /^#event-(.+)$/.exec(location.hash);
  let uid = null;
  try { uid = wanted && decodeURIComponent(wanted[1]); } catch { return; }
  if (places.has(uid)) openEvent(places.get(uid), false);
}

function start() {
  $("title").textContent = oneLine(DATA.title, 200);
  $("title").title = oneLine(DATA.title, 1000);
  $("app").hidden = false;
  surfaces.timeline = surfaceOf($("timeline"));
  surfaces.overview = surfaceOf($("overview"));
  indexLanes();
  listPlaces();
  dress();
  startTools();
  drawChips();
  drawShelf();
  status();
  startList();
  startPointer($("timeline"));
  dragOverview($("overview"));
  startKeys();
  startPrint();
  resize();
  fitAll();
  drawList();
  new ResizeObserver(() => {
    resize();
    drawAll();
    drawList();
    if (chosen.event >= 0) reveal(chosen.event);
  }).observe($("stage"));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", dress);
  addEventListener("hashchange", openFromAddress);
  openFromAddress();
}

start();
