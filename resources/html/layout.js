// What a frame shows, in pixels: bounded by the pixels of the canvas, never by how many events there are.
const SIZES = { row: 36, compact: 26, foot: 12, least: 62, mark: 15, coarse: 30, fine: 28, lines: 4 };
const SINGLES = 120, SINGLE_STEP = 24, SLIM_STEP = 6, SLIM_MOST = 4000, BAND_STEP = 4, LABELS = 160;
const GAP = 9, APART = 24, CUT_LEAST = 48, SLIM_LEAST = 64;

const widths = new Map();
function measureWith(context, fonts) {
  return (text, role) => {
    const key = `${role}\n${text}`;
    let width = widths.get(key);
    if (width === undefined) {
      if (widths.size > 20000) widths.clear();
      context.font = fonts[role];
      width = context.measureText(text).width;
      widths.set(key, width);
    }
    return width;
  };
}

// The longest beginning of a text that fits, with an ellipsis.
function elide(text, width, measure, role) {
  if (measure(text, role) <= width) return text;
  const letters = [...text];
  let first = 0, last = letters.length - 1;
  while (first < last) {
    const middle = (first + last + 1) >> 1;
    if (measure(`${letters.slice(0, middle).join("").trimEnd()}…`, role) <= width) first = middle; else last = middle - 1;
  }
  return first ? `${letters.slice(0, first).join("").trimEnd()}…` : "";
}

// Give each lane its place: rows apart where there is room, else closer, else a part of them that scrolls.
function planLanes(surface) {
  const lanes = LANES.filter((lane) => !filter.off.has(lane.kind));
  const narrow = surface.heading === 0, head = narrow ? 30 : 18, top = SIZES.coarse + SIZES.fine;
  const room = surface.height - top;
  const needs = (row) => lanes.map((lane) => Math.max(head + lane.rows * row + SIZES.foot, SIZES.least));
  const sum = (sizes) => sizes.reduce((all, size) => all + size, 0);
  let row = SIZES.row, sizes = needs(row);
  if (sum(sizes) > room) { row = SIZES.compact; sizes = needs(row); }
  if (sum(sizes) > room) {
    const whole = (size) => head + Math.max(Math.floor((size - head - SIZES.foot) / row), 1) * row + SIZES.foot;
    const least = lanes.map((lane) => Math.max(SIZES.least, head + Math.min(lane.rows, SIZES.lines) * row + SIZES.foot));
    sizes = shared(sizes, room, least).map(whole);
  } else if (lanes.length) {
    const spare = Math.min((room - sum(sizes)) / lanes.length, 72);
    sizes = sizes.map((size) => size + spare);
  }
  let y = top;
  return {
    top, row, head, bottom: surface.height,
    overflow: Math.max(sum(sizes) - room, 0),
    lanes: lanes.map((lane, at) => {
      const place = { lane, y, height: sizes[at], head, lines: Math.max(Math.floor((sizes[at] - head - SIZES.foot) / row), 1) };
      y += sizes[at];
      return place;
    }),
  };
}

// Share room among lanes that want more than there is: nobody gets less than the least, small ones what they want.
function shared(wanted, room, least) {
  const got = wanted.map((want, at) => Math.min(want, least[at]));
  let left = room - got.reduce((all, size) => all + size, 0);
  for (let open = wanted.map((_, at) => at); left > 1 && open.length;) {
    const each = left / open.length;
    for (const at of open) {
      const more = Math.min(each, wanted[at] - got[at]);
      got[at] += more;
      left -= more;
    }
    open = open.filter((at) => wanted[at] - got[at] > 0.5);
  }
  return got;
}

const overflowOf = (place, row) => Math.max(place.lane.rows * row + place.head + SIZES.foot - place.height, 0);

// Scroll a lane so that one of its rows is in sight.
function revealRow(lane, row) {
  const place = lastFrame && lastFrame.plan.lanes.find((each) => each.lane === lane), high = lastFrame && lastFrame.plan.row;
  if (!place) return;
  const room = place.height - place.head - SIZES.foot;
  if (row * high < lane.scroll) lane.scroll = row * high;
  if ((row + 1) * high > lane.scroll + room) lane.scroll = (row + 1) * high - room;
  const y = place.y + place.head + row * high - lane.scroll, { top, bottom } = lastFrame.plan;
  if (y - place.head < top) scrollAll(view.scroll + y - place.head - top);
  else if (y + high > bottom) scrollAll(view.scroll + y + high + SIZES.foot - bottom);
}

// How each lane is drawn: event by event, as slim rows, or as a band of how many there are.
function looksOf(surface, plan, at, t0, t1) {
  let singles = SINGLES, slim = SLIM_MOST;
  const width = surface.width - surface.heading;
  const counts = plan.lanes.map((place, index) => ({ place, index, count: countBetween(place.lane, t0, t1) }));
  const looks = new Array(counts.length);
  for (const { place, index, count } of [...counts].sort((a, b) => a.count - b.count)) {
    const rows = Math.min(place.lines, place.lane.rows), places = (width * rows);
    const hides = surface.print && overflowOf(place, plan.row) > 0;
    if (count <= singles && count <= places / SINGLE_STEP && !hides) {
      singles -= count;
      looks[index] = "single";
    } else if (count <= slim && count <= places / SLIM_STEP && !hides) {
      slim -= count;
      looks[index] = "slim";
    } else looks[index] = "band";
  }
  return looks;
}

// An item for each event that is seen: its extent and its mark in pixels, cut off at the edges of the canvas.
function itemOf(surface, at, event, y, look, place) {
  const left = surface.heading, right = surface.width;
  const x = (t) => Math.min(Math.max(left + (t - at.left) / at.perPixel, left - 20), right + 20);
  const middle = left + (mark[event] - at.left) / at.perPixel;
  return {
    event, y, place, look, lo: x(lo[event]), hi: x(hi[event]), coreLo: x(coreLo[event]), coreHi: x(coreHi[event]),
    certain: coreLo[event] < coreHi[event],
    mark: middle >= left && middle <= right ? middle : NaN,
    size: look === "single" ? SIZES.mark : 7,
  };
}

function layOut(surface, at, selected) {
  const plan = planLanes(surface), left = surface.heading, right = surface.width;
  const t0 = at.left, t1 = at.left + (right - left) * at.perPixel;
  const scrollAll = Math.min(at.scroll, plan.overflow);
  for (const place of plan.lanes) place.y -= scrollAll;
  const looks = looksOf(surface, plan, at, t0, t1), items = [], bands = [];
  plan.lanes.forEach((place, index) => {
    if (place.y > surface.height || place.y + place.height < plan.top) return;
    const { lane } = place, look = looks[index];
    place.items = [];
    place.overflow = look === "band" || surface.print ? 0 : overflowOf(place, plan.row);
    lane.scroll = Math.min(Math.max(lane.scroll, 0), overflowOf(place, plan.row));
    place.scroll = place.overflow ? lane.scroll : 0;
    const first = place.y + place.head + plan.row / 2;
    if (look === "band") {
      bands.push(bandOf(surface, at, place, t0, t1));
      if (selected >= 0 && kindOf[selected] === lane.kind && shown[selected] && isDated(selected) && lo[selected] < t1 && hi[selected] > t0) {
        place.items.push(itemOf(surface, at, selected, first, "single", place));
      }
      return;
    }
    const from = Math.max(Math.ceil((place.scroll - plan.row / 2) / plan.row), 0);
    const until = Math.min(Math.floor((place.scroll + place.lines * plan.row - 1) / plan.row), lane.rows - 1);
    for (let row = from; row <= until; row += 1) {
      const events = lane.inRow[row], y = first + row * plan.row - place.scroll;
      for (let next = firstAfter(events, t0); next < events.length && lo[events[next]] < t1; next += 1) {
        place.items.push(itemOf(surface, at, events[next], y, look, place));
      }
    }
  });
  for (const place of plan.lanes) items.push(...(place.items || []));
  heighten(bands);
  const labels = placeLabels(surface, items, selected);
  return { plan, items, bands, labels, ticks: calendarTicks(at, left, right, surface.measure), t0, t1 };
}

// How many events stand in each few pixels of a lane, and how many may lie there.
function bandOf(surface, at, place, t0, t1) {
  const step = BAND_STEP * at.perPixel, { los, his, marks } = place.lane;
  const start = Math.floor(t0 / step) * step, bars = [];
  let before = below(marks, start);
  for (let t = start; t < t1; t += step) {
    const until = below(marks, t + step);
    bars.push({ x: surface.heading + (t - at.left) / at.perPixel, count: until - before, possible: below(los, t + step) - below(his, t + 0.5) });
    before = until;
  }
  return { place, bars, foot: place.y + place.height - SIZES.foot, room: place.height - place.head - SIZES.foot };
}

// Heights by the square root, so that lanes can be compared.
function heighten(bands) {
  const most = Math.max(1, ...bands.flatMap((band) => band.bars.map((bar) => Math.max(bar.count, bar.possible))));
  const height = (count, room) => (count > 0 ? Math.max(1.5, room * Math.sqrt(count / most)) : 0);
  for (const band of bands) {
    for (const bar of band.bars) [bar.height, bar.haze] = [height(bar.count, band.room), height(bar.possible, band.room)];
  }
}

function signOf(event) {
  const flags = EVENTS.flags[event];
  return flags & DISPUTED ? "disputed" : flags & RIVAL ? "differ" : "";
}

// Titles right of their events, else left, else inside a wide extent, cut where none is enough; never over another.
function placeLabels(surface, items, selected) {
  const { measure, heading: left, width: right } = surface, count = items.length;
  const from = items.map((item) => Math.min(item.lo, item.mark === item.mark ? item.mark - item.size / 2 : item.lo));
  const to = items.map((item) => Math.max(item.hi, item.mark === item.mark ? item.mark + item.size / 2 : item.hi));
  const freeLo = new Float64Array(count).fill(left), freeHi = new Float64Array(count).fill(right);
  const sameRow = (a, b) => b >= 0 && b < count && items[a].y === items[b].y && items[a].place === items[b].place;
  for (let at = 1; at < count; at += 1) {
    if (sameRow(at, at - 1)) [freeLo[at], freeHi[at - 1]] = [to[at - 1], from[at]];
  }
  const room = (at) => Math.max(freeHi[at] - to[at], from[at] - freeLo[at], to[at] - from[at]);
  const rooms = items.map((_, at) => (items[at].event === selected ? 1e9 : room(at)));
  let order = items.map((_, at) => at).filter((at) => rooms[at] > (items[at].look === "slim" ? SLIM_LEAST + 2 * GAP : 30));
  if (order.length > 2 * LABELS) order = order.sort((a, b) => rooms[b] - rooms[a]).slice(0, 2 * LABELS);
  order.sort((a, b) => (rooms[b] === 1e9) - (rooms[a] === 1e9) || a - b);
  const labels = [];
  for (const at of order) {
    if (labels.length >= LABELS) break;
    const item = items[at], role = item.event === selected ? "strong" : "label";
    const text = surface.titleOf(item.event), sign = signOf(item.event), width = measure(text, role);
    const signWidth = sign ? measure(say(sign), "small") + 24 : 0, least = Math.min(width, item.look === "slim" ? SLIM_LEAST : CUT_LEAST);
    const inside = (item.mark === item.mark ? Math.max(item.mark + item.size / 2, left) : Math.max(item.lo, freeLo[at], left)) + GAP;
    const sides = {
      right: freeHi[at] - to[at] - signWidth - 2 * GAP,
      left: from[at] - freeLo[at] - signWidth - 2 * GAP,
      over: Math.min(item.hi, freeHi[at]) - inside - signWidth - GAP,
    };
    const side = Object.keys(sides).find((each) => width <= sides[each]) || Object.keys(sides).reduce((a, b) => (sides[b] > sides[a] ? b : a));
    if (!text || sides[side] < least) continue;
    const cut = elide(text, Math.floor(sides[side]), measure, role), taken = measure(cut, role);
    if (!cut) continue;
    let x = inside;
    if (side === "right") {
      x = to[at] + GAP;
      if (sameRow(at, at + 1)) freeLo[at + 1] = x + taken + signWidth + APART - GAP;
    } else if (side === "left") {
      x = from[at] - GAP - taken - signWidth;
      if (sameRow(at, at - 1)) freeHi[at - 1] = x - (APART - GAP);
    }
    labels.push({ item, x, width: taken, text: cut, role, sign, side, signWidth });
    item.label = labels[labels.length - 1];
  }
  return labels;
}
