// Two calendar strips that suit the scale: the finest whose widest labels never collide.
function clockLevel(length) {
  return { shortest: length, begin: (t) => Math.floor(t / length) * length, next: (t) => t + length, write: clock };
}

function weekdayOf(t) {
  return ((Math.floor(t / DAY) + 3) % 7 + 7) % 7;
}

function dayLevel(length, write) {
  const start = (t) => (Math.floor(t / DAY) - (length === 7 ? weekdayOf(t) : 0)) * DAY;
  const samples = [22, 23, 24, 25, 26, 27, 28].map((day) => secondsAt(2000, 9, day));
  return { shortest: length * DAY, begin: start, next: (t) => t + length * DAY, write, samples };
}

function monthLevel(length, write) {
  const samples = WORDS.months.map((_, at) => secondsAt(2000, at + 1));
  const first = (t) => { const [y, m] = civil(t); return [y, m - ((m - 1) % length)]; };
  return {
    shortest: length * 28 * DAY, samples, write,
    begin: (t) => secondsAt(...first(t)),
    next: (t) => { const [y, m] = civil(t); return m + length > 12 ? secondsAt(y + 1) : secondsAt(y, m + length); },
  };
}

// 200 BC, 100 BC, 1, 100, 200: there is no year 0 to begin with.
function roundYears(year, length) {
  if (year > 0) {
    const first = year - (year % length);
    return [Math.max(first, 1), first + length - 1];
  }
  const before = Math.ceil((1 - year) / length) * length;
  return [1 - before, length - before];
}

function yearLevel(length, write) {
  const around = (t) => roundYears(civil(t)[0], length);
  return {
    shortest: length * 365 * DAY,
    begin: (t) => secondsAt(around(t)[0]),
    next: (t) => secondsAt(around(t)[1] + 1),
    write: (t) => write(...around(t)),
  };
}

const monthName = (t) => WORDS.months[civil(t)[1] - 1];
const LEVELS = (() => {
  const date = dayLevel(1, (t) => { const [y, , d] = civil(t); return `${d} ${monthName(t)} ${yearName(y)}`; });
  const weekday = dayLevel(1, (t) => `${WORDS.weekdays[weekdayOf(t)]} ${civil(t)[2]}`);
  const day = dayLevel(1, (t) => String(civil(t)[2])), week = dayLevel(7, (t) => String(civil(t)[2]));
  const month = monthLevel(1, (t) => monthName(t).slice(0, 3)), quarter = monthLevel(3, month.write);
  const monthOfYear = monthLevel(1, (t) => `${monthName(t)} ${yearName(civil(t)[0])}`);
  const named = (length) => yearLevel(length, (first) => yearName(first));
  const run = (length) => yearLevel(length, (first, last) => yearRange(first, last));
  const decade = yearLevel(10, (first, last) => (first >= 10 ? `${first}s` : yearRange(first, last)));
  const clocks = [1, 5, 15, 60, 180, 360].map((minutes) => clockLevel(minutes * MINUTE));
  const suits = clocks.map((fine, at) => [fine, date, at && at < 5 ? clocks[at - 1] : at ? clocks[3] : null, 0]);
  suits.push([weekday, monthOfYear, clocks[5], 70], [day, monthOfYear, null, 0], [week, monthOfYear, day, 56]);
  suits.push([month, named(1), week, 0], [quarter, named(1), month, 0], [named(1), decade, quarter, 0]);
  suits.push([named(2), decade, named(1), 0], [named(5), decade, named(1), 0]);
  for (let ten = 10; ten <= 1e10; ten *= 10) {
    const above = run(ten * 10), below = named(ten / 10), own = named(ten);
    suits.push([own, above, below, 0], [named(2 * ten), above, own, 0], [named(5 * ten), above, own, 0]);
  }
  return suits;
})();

const TICK_FROM = 8, TICK_AFTER = 8;

function starts(level, t0, t1) {
  const found = [];
  for (let t = level.begin(t0); t < t1 && found.length < 2000; t = level.next(t)) found.push(t);
  return found;
}

function suitFor(view, width, measure) {
  const t0 = view.left, t1 = view.left + width * view.perPixel;
  const fits = (level, role, least) => {
    const pixels = level.shortest / view.perPixel;
    if (pixels < Math.max(least, TICK_FROM + TICK_AFTER)) return false;
    const widest = Math.max(...[...(level.samples || []), t0, t1].map((t) => measure(level.write(level.begin(t)), role)));
    return pixels >= TICK_FROM + TICK_AFTER + widest;
  };
  return LEVELS.find(([fine, coarse, , calm]) => fits(fine, "tick", calm) && fits(coarse, "heading", 0)) || LEVELS[LEVELS.length - 1];
}

// Return both strips and the finer lines between, as [{x, text}] and [x], from `from` to `to` pixels.
function calendarTicks(view, from, to, measure) {
  const [fine, coarse, minor] = suitFor(view, to - from, measure);
  const end = view.left + (to - from) * view.perPixel;
  const at = (t) => from + (t - view.left) / view.perPixel;
  const strip = (level, role, pinned) => {
    const xs = starts(level, view.left, end);
    return xs.map((t, i) => {
      const x = pinned ? Math.max(at(t), from) : at(t), until = i + 1 < xs.length ? at(xs[i + 1]) : to;
      const text = level.write(t);
      return { x, text: x + TICK_FROM + measure(text, role) + TICK_AFTER <= until ? text : "", line: at(t) >= from };
    }).filter((tick) => tick.x >= from && (tick.line || tick.text));
  };
  const below = strip(fine, "tick", false);
  let between = [];
  if (minor && minor.shortest / view.perPixel >= 9) {
    const apart = (0.5 * minor.shortest) / view.perPixel;
    let next = 0;
    between = starts(minor, view.left, end).map(at).filter((x) => {
      while (next < below.length && below[next].x < x - apart) next += 1;
      return x >= from && !(next < below.length && below[next].x <= x + apart);
    });
  }
  return { coarse: strip(coarse, "heading", true), fine: below, minor: between };
}
