// How a frame is painted: what is certain is solid, what is possible is pale, what is open dissolves.
const SANS = 'Inter, "Segoe UI", "SF Pro Text", system-ui, -apple-system, "Noto Sans", "DejaVu Sans", sans-serif';
const FONTS = {
  label: `400 13px ${SANS}`, strong: `600 13px ${SANS}`, heading: `600 13px ${SANS}`, tick: `400 12px ${SANS}`,
  small: `400 12px ${SANS}`,
};
const TOKENS = ["canvas", "panel", "raised", "line", "fine", "coarse", "text", "muted", "accent", "accent-ground",
  "warning", "warning-ground", "deployment", "withdrawal", "statement"];
const EXTENT = 10;

// The outline of a shape within 12 pixels around (0, 0).
function outline(shape) {
  const half = 6;
  if (shape === "disc") return "M5.5 0A5.5 5.5 0 1 1-5.5 0A5.5 5.5 0 1 1 5.5 0Z";
  if (shape === "plus") return "M-2.3-6H2.3V-2.3H6V2.3H2.3V6H-2.3V2.3H-6V-2.3H-2.3Z";
  const corners = {
    right: [[-half + 1, -half], [half, 0], [-half + 1, half]],
    left: [[half - 1, -half], [-half, 0], [half - 1, half]],
    diamond: [[0, -half], [half, 0], [0, half], [-half, 0]],
    hexagon: [0, 1, 2, 3, 4, 5].map((at) => [half * Math.cos((at * Math.PI) / 3), half * Math.sin((at * Math.PI) / 3)]),
    bar: [[-2, -half], [2, -half], [2, half], [-2, half]],
  }[shape] || [[-5.3, -5.3], [5.3, -5.3], [5.3, 5.3], [-5.3, 5.3]];
  return `M${corners.map(([x, y]) => `${x.toFixed(2)} ${y.toFixed(2)}`).join("L")}Z`;
}

const SHAPES = KINDS.map((kind) => new Path2D(outline(kind.shape)));

// Colours as [red, green, blue] of the theme in force; a kind's own colour is moved until it shows on the canvas.
function paletteOf(element) {
  const style = getComputedStyle(element), tokens = {};
  for (const token of TOKENS) tokens[token] = style.getPropertyValue(`--${token}`).trim();
  const rgb = (text) => [1, 3, 5].map((at) => parseInt(text.slice(at, at + 2), 16));
  const canvas = rgb(tokens.canvas);
  const inks = KINDS.map((kind) => {
    const known = tokens[kind.colour] || (/^#[0-9a-f]{6}$/i.test(kind.colour) ? kind.colour : tokens.statement);
    return readable(rgb(known), canvas);
  });
  return { ...tokens, inks, shades: inks.map(() => ({})), dark: luminance(canvas) < 0.5 };
}

function luminance(colour) {
  const [r, g, b] = colour.map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function readable(colour, ground) {
  const contrast = (one, other) => (Math.max(luminance(one), luminance(other)) + 0.05) / (Math.min(luminance(one), luminance(other)) + 0.05);
  const toward = luminance(ground) > 0.5 ? 0 : 255;
  let seen = colour;
  for (let step = 1; step < 20 && contrast(seen, ground) < 3; step += 1) {
    seen = colour.map((part) => Math.round(part + ((toward - part) * step) / 20));
  }
  return seen;
}

function ink(palette, kind, alpha = 1) {
  return (palette.shades[kind][alpha] ??= `rgba(${palette.inks[kind].join(",")},${alpha})`);
}

function write(surface, text, x, y, role, colour) {
  const { context } = surface;
  context.font = surface.fonts[role];
  context.fillStyle = colour;
  context.fillText(text, x, Math.round(y * surface.ratio) / surface.ratio);
}

function paint(surface, frame, selected, hovered) {
  const { context, palette, ratio, width, height, heading } = surface, { plan } = frame;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.textBaseline = "middle";
  context.textAlign = "left";
  context.direction = "ltr";
  context.fillStyle = palette.canvas;
  context.fillRect(0, 0, width, height);
  context.save();
  context.beginPath();
  context.rect(heading, plan.top, width - heading, height - plan.top);
  context.clip();
  paintGrid(surface, frame);
  for (const band of frame.bands) paintBand(surface, band);
  for (const place of plan.lanes) paintLane(surface, place, selected, hovered);
  paintArcs(surface, frame, selected);
  context.restore();
  paintHeadings(surface, plan);
  paintStrips(surface, frame);
}

function paintGrid(surface, frame) {
  const { context, palette, height, heading, width } = surface, { plan, ticks } = frame;
  const upright = (xs, colour) => {
    context.fillStyle = colour;
    for (const x of xs) context.fillRect(snap(surface, x), plan.top, 1, height - plan.top);
  };
  upright(ticks.minor, palette.fine);
  upright(ticks.fine.map((tick) => tick.x), palette.coarse);
  context.fillStyle = palette.line;
  for (const { y, height: high } of plan.lanes.slice(0, -1)) context.fillRect(heading, snap(surface, y + high), width, 1);
}

const snap = (surface, value) => Math.round(value * surface.ratio) / surface.ratio;

function paintBand(surface, band) {
  const { context, palette } = surface, kind = band.place.lane.kind;
  context.fillStyle = ink(palette, kind, palette.dark ? 0.32 : 0.26);
  for (const bar of band.bars) if (bar.haze) context.fillRect(bar.x, band.foot - bar.haze, BAND_STEP, bar.haze);
  context.fillStyle = ink(palette, kind, 0.8);
  for (const bar of band.bars) if (bar.height) context.fillRect(bar.x, band.foot - bar.height, BAND_STEP - 1, bar.height);
}

function paintGround(surface, item, isSelected) {
  const { context, palette } = surface, { label } = item, high = Math.min(17, item.place.lines > 1 ? 15 : 17);
  let left = Math.min(item.lo, item.mark - item.size / 2 || item.lo), right = Math.max(item.hi, item.mark + item.size / 2 || item.hi);
  if (label) [left, right] = [Math.min(left, label.x), Math.max(right, label.x + label.width + label.signWidth)];
  context.beginPath();
  context.roundRect(snap(surface, left - 8) + 0.5, snap(surface, item.y - high) + 0.5, right - left + 16, 2 * high - 1, 6);
  context.fillStyle = isSelected ? palette["accent-ground"] : palette.raised;
  context.fill();
  if (!isSelected) return;
  context.strokeStyle = palette.accent;
  context.lineWidth = 1;
  context.stroke();
}

function paintLane(surface, place, selected, hovered) {
  const { context, palette } = surface, own = place.items;
  if (!own || !own.length) return;
  context.save();
  context.beginPath();
  context.rect(surface.heading, place.y, surface.width - surface.heading, place.height);
  context.clip();
  for (const item of own) if (item.event === selected || item.event === hovered) paintGround(surface, item, item.event === selected);
  for (const item of own) if (item.hi - item.lo > item.size || item.mark !== item.mark) paintExtent(surface, item);
  for (const item of own) {
    if (item.mark !== item.mark) continue;
    if (item.look === "slim" && item.event !== selected && item.event !== hovered) paintSlim(surface, item);
    else paintMark(surface, item, item.event === selected ? palette["accent-ground"] : palette.canvas, item.event === hovered ? 1.2 : 1);
  }
  paintLabels(surface, own.flatMap((item) => item.label || []));
  context.restore();
  if (place.overflow) paintScrollBar(surface, place);
}

function paintScrollBar(surface, place) {
  const { context, palette } = surface, room = place.height - 12, part = place.height / (place.height + place.overflow);
  context.fillStyle = palette.muted;
  context.globalAlpha = 0.45;
  context.beginPath();
  context.roundRect(surface.width - 8, place.y + 6 + (room - room * part) * (place.scroll / place.overflow), 4, room * part, 2);
  context.fill();
  context.globalAlpha = 1;
}

function paintExtent(surface, item) {
  const { context, palette } = surface, kind = kindOf[item.event], flags = EVENTS.flags[item.event];
  const pale = palette.dark ? 0.24 : 0.17, high = item.look === "slim" ? 6 : EXTENT, width = Math.max(item.hi - item.lo, 1);
  const soft = Math.min(0.3, 14 / width), blurred = flags & BLURRED;
  const fadeLo = flags & OPEN_LO ? 0.45 : blurred ? soft : 0, fadeHi = flags & OPEN_HI ? 0.45 : blurred ? soft : 0;
  if (item.certain) {
    const share = (x) => Math.min(Math.max((x - item.lo) / width, 0), 1);
    const from = Math.max(share(item.coreLo), fadeLo), to = Math.min(share(item.coreHi), 1 - fadeHi);
    context.fillStyle = fading(surface, item, [flags & OPEN_LO ? 0 : 0.12, 0.8, flags & OPEN_HI ? 0 : 0.12], from, to);
  } else context.fillStyle = fading(surface, item, [0, pale, 0], fadeLo, 1 - fadeHi);
  if (width < 12) context.fillRect(item.lo, item.y - high / 2, width, high);
  else {
    context.beginPath();
    context.roundRect(item.lo, item.y - high / 2, width, high, Math.min(4, high / 2));
    context.fill();
  }
  if (flags & SPAN || blurred || item.look === "slim") return;
  context.fillStyle = ink(palette, kind, 0.6);
  if (!(flags & OPEN_LO)) context.fillRect(snap(surface, item.lo), item.y - 7, 1.5, 14);
  if (!(flags & OPEN_HI)) context.fillRect(snap(surface, item.hi - 1.5), item.y - 7, 1.5, 14);
}

function fading(surface, item, [first, solid, last], from, to) {
  const kind = kindOf[item.event], { context, palette } = surface;
  if (from > to) from = to = (from + to) / 2;
  if (from <= 0 && to >= 1) return ink(palette, kind, solid);
  const gradient = context.createLinearGradient(item.lo, 0, Math.max(item.hi, item.lo + 1), 0);
  gradient.addColorStop(0, ink(palette, kind, from > 0 ? first : solid));
  gradient.addColorStop(from, ink(palette, kind, solid));
  gradient.addColorStop(to, ink(palette, kind, solid));
  gradient.addColorStop(1, ink(palette, kind, to < 1 ? last : solid));
  return gradient;
}

function paintSlim(surface, item) {
  surface.context.fillStyle = ink(surface.palette, kindOf[item.event], 0.9);
  surface.context.fillRect(item.mark - 1.5, item.y - 5, 3, 10);
}

function paintMark(surface, item, rim, lift) {
  const { context, palette } = surface, shape = SHAPES[kindOf[item.event]], scale = lift;
  context.save();
  context.translate(item.mark, item.y);
  context.scale(scale, scale);
  context.lineJoin = "round";
  context.lineWidth = 3;
  context.strokeStyle = rim;
  context.stroke(shape);
  context.fillStyle = ink(palette, kindOf[item.event]);
  context.fill(shape);
  context.restore();
  if (signOf(item.event) && !item.label) {
    context.beginPath();
    context.arc(item.mark + 7, item.y - 7, 3, 0, 7);
    context.fillStyle = palette.warning;
    context.fill();
  }
}

function paintLabels(surface, labels) {
  const { context, palette } = surface;
  for (const { item, x, width, text, role, sign, side } of labels) {
    if (side === "over") {
      context.fillStyle = role === "strong" ? palette["accent-ground"] : palette.canvas;
      context.fillRect(x - 4, item.y - 8, width + 8, 16);
    }
    write(surface, text, x, item.y + 0.5, role, palette.text);
    if (!sign) continue;
    const word = say(sign), left = x + width + 10;
    context.fillStyle = palette["warning-ground"];
    context.beginPath();
    context.roundRect(left, item.y - 9, surface.measure(word, "small") + 14, 18, 9);
    context.fill();
    write(surface, word, left + 7, item.y + 0.5, "small", palette.warning);
  }
}

// The links of the selected event as dashed arcs with their word.
function paintArcs(surface, frame, selected) {
  if (selected < 0 || surface.print) return;
  const { context, palette } = surface, from = frame.items.find((item) => item.event === selected);
  for (const [other, relation] of linksOf(selected)) {
    const to = frame.items.find((item) => item.event === other);
    if (!from || !to || from.mark !== from.mark || to.mark !== to.mark || from.y === to.y) continue;
    const sign = to.y > from.y ? 1 : -1, x = Math.min(from.lo, to.lo, from.mark, to.mark) - Math.min(64, 24 + Math.abs(to.y - from.y) / 4);
    context.strokeStyle = palette.accent;
    context.lineWidth = 1.25;
    context.setLineDash([4, 3]);
    context.beginPath();
    context.moveTo(from.mark, from.y + sign * 15);
    context.bezierCurveTo(x, from.y + sign * 24, x, to.y - sign * 20, Math.min(to.lo, to.mark - 9) - 2, to.y);
    context.stroke();
    context.setLineDash([]);
    const wide = surface.measure(relation, "small"), y = (from.y + to.y) / 2, left = Math.max(x + (from.mark - x) * 0.22 - wide / 2, surface.heading + 6);
    context.fillStyle = palette.canvas;
    context.fillRect(left - 3, y - 9, wide + 6, 18);
    write(surface, relation, left, y, "small", palette.accent);
  }
}

function paintStrips(surface, frame) {
  const { context, palette, width, heading } = surface, { ticks, plan } = frame;
  context.fillStyle = palette.panel;
  context.fillRect(0, 0, width, plan.top);
  const rule = (x, y, high) => context.fillRect(snap(surface, x), y, 1, high);
  context.fillStyle = palette.line;
  for (const tick of ticks.coarse) if (tick.line && tick.x > heading + 1) rule(tick.x, 4, SIZES.coarse - 4);
  for (const tick of ticks.fine) if (tick.x > heading + 1) rule(tick.x, SIZES.coarse, SIZES.fine);
  for (const x of ticks.minor) if (x > heading + 1) rule(x, plan.top - 6, 6);
  context.fillRect(0, plan.top - 1, width, 1);
  for (const tick of ticks.coarse) if (tick.text) write(surface, tick.text, tick.x + TICK_FROM, SIZES.coarse / 2 + 1, "heading", palette.muted);
  for (const tick of ticks.fine) if (tick.text) write(surface, tick.text, tick.x + TICK_FROM, SIZES.coarse + SIZES.fine / 2, "tick", palette.text);
}

function paintHeadings(surface, plan) {
  const { context, palette, heading } = surface, narrow = !heading;
  if (!narrow) {
    context.fillStyle = palette.canvas;
    context.fillRect(0, plan.top, heading, surface.height - plan.top);
  }
  for (const place of plan.lanes) {
    const { lane, y, height } = place;
    context.fillStyle = ink(palette, lane.kind);
    context.beginPath();
    if (narrow) context.roundRect(0, y + 9, 3, 14, 1.5); else context.roundRect(-3, y + 10, 6, Math.max(height - 20, 0), 3);
    context.fill();
    const events = lane.count === lane.events.length ? counted("event", "events", lane.count)
      : say("someEvents", { shown: NUMBERS.format(lane.count), count: NUMBERS.format(lane.events.length) });
    if (narrow) {
      write(surface, lane.name, 12, y + 16, "heading", palette.text);
      write(surface, events, 20 + surface.measure(lane.name, "heading"), y + 16, "small", palette.muted);
      continue;
    }
    write(surface, elide(lane.name, heading - 24, surface.measure, "heading"), 16, y + 24, "heading", palette.text);
    write(surface, elide(events, heading - 20, surface.measure, "small"), 16, y + 42, "small", palette.muted);
    if (lane.undated && height > 66) write(surface, `+${say("undatedCount", { count: NUMBERS.format(lane.undated) })}`, 16, y + 58, "small", palette.muted);
  }
}
