// Mouse, wheel, fingers and keys.
const canvasPoint = (event) => { const box = $("timeline").getBoundingClientRect(); return [event.clientX - box.left, event.clientY - box.top]; };

// What lies under a point: an item of the frame, or a bar of a band.
function hit(frame, x, y) {
  const within = (item) => {
    const mark = item.mark === item.mark ? item.mark : item.lo;
    let left = Math.min(item.lo, mark - 8), right = Math.max(item.hi, mark + 8);
    if (item.label) [left, right] = [Math.min(left, item.label.x), Math.max(right, item.label.x + item.label.width + item.label.signWidth)];
    return x >= left - 3 && x <= right + 3;
  };
  const place = frame.plan.lanes.find((each) => y >= Math.max(each.y, frame.plan.top) && y < each.y + each.height);
  if (!place || x < surfaces.timeline.heading) return { place };
  const near = (place.items || []).filter((item) => Math.abs(item.y - y) <= frame.plan.row / 2 && within(item));
  const away = (item) => Math.abs((item.mark === item.mark ? item.mark : item.lo) - x);
  if (near.length) return { place, item: near.reduce((a, b) => (away(b) < away(a) ? b : a)) };
  const band = frame.bands.find((each) => each.place === place);
  return { place, bar: band && band.bars.find((bar) => x >= bar.x && x < bar.x + BAND_STEP && (bar.count || bar.possible)) };
}

function scrollLane(place, pixels) {
  const within = place && place.overflow ? Math.min(Math.max(place.lane.scroll + pixels, 0), place.overflow) : 0;
  if (place && place.overflow && within !== place.lane.scroll) { place.lane.scroll = within; askFrame(); return true; }
  if (lastFrame.plan.overflow) { scrollAll(view.scroll + pixels); return true; }
  return Boolean(place && place.overflow);
}

function pan(pixels, options) {
  const at = aim();
  goTo({ ...at, left: at.left + pixels * at.perPixel }, options);
}

function zoom(factor, x = canvasWidth() / 2, options = { smooth: true }) {
  goTo(zoomed(aim(), factor, x), options);
}

function onWheel(event) {
  event.preventDefault();
  const [x, y] = canvasPoint(event), unit = event.deltaMode === 1 ? 32 : event.deltaMode === 2 ? 400 : 1;
  const dx = event.deltaX * unit, dy = event.deltaY * unit;
  if (event.ctrlKey || event.metaKey) zoom(Math.exp(-Math.max(Math.min(dy, 120), -120) * (Math.abs(dy) < 40 ? 0.01 : 0.0025)), x - surfaces.timeline.heading, {});
  else if (event.shiftKey || Math.abs(dx) > Math.abs(dy)) pan(dx || dy);
  else if (!scrollLane(hit(lastFrame, x, y).place, dy)) pan(dy);
}

function startPointer(canvas) {
  const down = new Map();
  let moved = 0, grabbed = null;
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    canvas.setPointerCapture(event.pointerId);
    const [x, y] = canvasPoint(event);
    if (!down.size) { moved = 0; grabbed = hit(lastFrame, x, y).place; }
    down.set(event.pointerId, [x, y]);
    hideHover();
  });
  canvas.addEventListener("pointermove", (event) => {
    const [x, y] = canvasPoint(event), before = down.get(event.pointerId);
    if (!before) { hover(event, x, y); return; }
    if (down.size === 1) {
      moved += Math.abs(x - before[0]) + Math.abs(y - before[1]);
      if (moved < 5) return;
      pan(before[0] - x);
      scrollLane(grabbed, before[1] - y);
    } else if (down.size === 2) {
      moved = 99;
      const [other] = [...down].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
      const apart = (at) => Math.max(Math.hypot(at[0] - other[0], at[1] - other[1]), 20), heading = surfaces.timeline.heading;
      goTo(zoomed(aim(), apart([x, y]) / apart(before), (before[0] + other[0]) / 2 - heading));
      pan((before[0] - x) / 2);
    }
    down.set(event.pointerId, [x, y]);
  });
  const up = (event) => {
    const was = down.get(event.pointerId);
    down.delete(event.pointerId);
    if (was && event.type === "pointerup" && moved < 5) click(...was);
  };
  canvas.addEventListener("pointerup", up);
  canvas.addEventListener("pointercancel", up);
  canvas.addEventListener("pointerleave", hideHover);
  canvas.addEventListener("dblclick", (event) => { if (!hit(lastFrame, ...canvasPoint(event)).item) zoom(2, canvasPoint(event)[0] - surfaces.timeline.heading); });
  canvas.addEventListener("wheel", onWheel, { passive: false });
}

function click(x, y) {
  const { item, bar } = hit(lastFrame, x, y);
  if (item) openEvent(item.event, false);
  else if (bar) zoom(4, x - surfaces.timeline.heading);
  else choose(-1);
}

let hovered = -1;
function hover(event, x, y) {
  const { item, bar } = hit(lastFrame, x, y), card = $("hover");
  $("timeline").style.cursor = item || bar ? "pointer" : "default";
  if ((item ? item.event : -1) !== hovered) { hovered = item ? item.event : -1; askFrame(); }
  if (event.pointerType === "touch" || !(item || bar)) { card.hidden = true; return; }
  if (item) card.replaceChildren(words("strong", "", titleOf(item.event)), words("span", "", whenOf(item.event)));
  else card.replaceChildren(make("span", "", counted("event", "events", bar.count || bar.possible)));
  card.hidden = false;
  const { width, height } = surfaces.timeline;
  card.style.left = `${Math.max(Math.min(x + 14, width - card.offsetWidth - 8), 4)}px`;
  card.style.top = `${y + 22 + card.offsetHeight > height ? y - card.offsetHeight - 12 : y + 22}px`;
}

function hideHover() {
  $("hover").hidden = true;
  if (hovered >= 0) { hovered = -1; askFrame(); }
}

// Step through events in order of time; undated ones come last.
function step(by) {
  if (!listed.length) return;
  const at = listAt.get(chosen.event);
  const to = at === undefined ? (by > 0 ? nearestToMiddle() : listed.length - 1) : at + by;
  if (to < 0 || to >= listed.length) announce(say("atEnd")); else choose(listed[to]);
}

function nearestToMiddle() {
  const t = view.left, at = listed.findIndex((event) => mark[event] >= t);
  return Math.max(at, 0);
}

function acrossLanes(by) {
  if (chosen.event < 0 || !isDated(chosen.event)) { step(by); return; }
  const lanes = LANES.filter((lane) => lane.marks.length && !filter.off.has(lane.kind)), at = lanes.findIndex((lane) => lane.kind === kindOf[chosen.event]);
  const lane = lanes[at + by], away = (event) => Math.abs(mark[event] - mark[chosen.event]);
  if (lane) choose(lane.events.filter((event) => shown[event]).reduce((a, b) => (away(b) < away(a) ? b : a)));
}

const KEYS = {
  "ArrowRight": () => step(1), "ArrowLeft": () => step(-1), ".": () => step(1), ",": () => step(-1),
  "ArrowDown": () => acrossLanes(1), "ArrowUp": () => acrossLanes(-1),
  "Shift+ArrowRight": () => pan(canvasWidth() / 4, { smooth: true }), "Shift+ArrowLeft": () => pan(-canvasWidth() / 4, { smooth: true }),
  "Home": () => listed.length && choose(listed[0]), "End": () => listed.length && choose(listed[listed.length - 1]),
  "Enter": () => chosen.event >= 0 && openEvent(chosen.event, true),
};
const KEYS_ANYWHERE = {
  "+": () => zoom(2), "=": () => zoom(2), "-": () => zoom(0.5), "0": () => fitAll({ smooth: true }),
  "/": () => $("search").focus(), "?": () => showKeys(), "Escape": () => escape(),
};

function startKeys() {
  $("timeline").addEventListener("keydown", (event) => pressed(event, KEYS));
  document.addEventListener("keydown", (event) => {
    if (event.target.closest("dialog") || (event.target.matches("input") && event.key !== "Escape")) return;
    pressed(event, KEYS_ANYWHERE);
  });
}

function pressed(event, keys) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const act = keys[event.shiftKey && event.key.startsWith("Arrow") ? `Shift+${event.key}` : event.key];
  if (!act) return;
  act();
  event.preventDefault();
}

function escape() {
  if (document.activeElement === $("search") && $("search").value) { $("search").value = ""; search(""); }
  else if (chosen.open) closeEvent();
  else choose(-1);
}
