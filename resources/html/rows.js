// Lanes by kind, and the row of each event in its lane: given once, so that nothing jumps while the view changes.
const rowOf = new Int32Array(COUNT);

// The lowest free row for each extent, such that no two in one row overlap.
function pack(events, end) {
  const byEnd = Float64Array.from(events, (event) => end[event]);
  const leaving = Array.from(events, (_, at) => at).sort((a, b) => byEnd[a] - byEnd[b]);
  const free = [];
  let released = 0, rows = 0;
  for (const event of events) {
    while (released < leaving.length && byEnd[leaving[released]] <= lo[event]) {
      push(free, rowOf[events[leaving[released]]]);
      released += 1;
    }
    rowOf[event] = free.length ? pop(free) : rows++;
  }
  return rows;
}

function push(heap, value) {
  let at = heap.length;
  heap.push(value);
  while (at && heap[(at - 1) >> 1] > value) { heap[at] = heap[(at - 1) >> 1]; at = (at - 1) >> 1; }
  heap[at] = value;
}

function pop(heap) {
  const least = heap[0], value = heap.pop();
  if (!heap.length) return least;
  let at = 0;
  for (let child = 1; child < heap.length; child = 2 * at + 1) {
    if (child + 1 < heap.length && heap[child + 1] < heap[child]) child += 1;
    if (heap[child] >= value) break;
    heap[at] = heap[child];
    at = child;
  }
  heap[at] = value;
  return least;
}

// Seconds kept free after each event, so that titles have room where events are few.
function paddingOf(count, bulk) {
  return count > 200 ? 0 : bulk * Math.min(0.8, 5 / count);
}

// Room for titles must not cost more than a few rows.
function packWithRoom(events, end, padding) {
  let rows = 0;
  for (const share of padding ? [1, 0.5, 0.25, 0.1, 0] : [0]) {
    for (const event of events) end[event] = hi[event] + share * padding;
    rows = pack(events, end);
    if (rows <= 7) break;
  }
  return rows;
}

const LANES = (() => {
  const dated = listed.filter(isDated), marks = Float64Array.from(dated, (event) => mark[event]).sort();
  const bulk = dated.length ? marks[Math.floor(0.95 * (dated.length - 1))] - marks[Math.floor(0.05 * (dated.length - 1))] : 0;
  const end = Float64Array.from(hi);
  return KINDS.map((kind, number) => {
    const all = listed.filter((event) => kindOf[event] === number), own = all.filter(isDated);
    own.sort((a, b) => lo[a] - lo[b] || hi[a] - hi[b] || a - b);
    return { kind: number, name: oneLine(kind.label, 60), events: own, all, rows: packWithRoom(own, end, paddingOf(own.length, bulk)), scroll: 0 };
  }).filter((lane) => lane.all.length);
})();

// What is looked up in a frame, of the events that are shown: sorted bounds of each lane, and each row in order.
function indexLanes() {
  for (const lane of LANES) {
    const events = lane.events.filter((event) => shown[event]);
    lane.count = events.length;
    lane.undated = lane.all.reduce((sum, event) => sum + shown[event], 0) - lane.count;
    lane.los = Float64Array.from(events, (event) => lo[event]);
    lane.his = Float64Array.from(events, (event) => hi[event]).sort();
    lane.marks = Float64Array.from(events, (event) => mark[event]).sort();
    lane.inRow = Array.from({ length: lane.rows }, () => []);
    for (const event of events) lane.inRow[rowOf[event]].push(event);
  }
}

// How many of some rising values lie below a limit.
function below(values, limit) {
  let first = 0, last = values.length;
  while (first < last) {
    const middle = (first + last) >> 1;
    if (values[middle] < limit) first = middle + 1; else last = middle;
  }
  return first;
}

function countBetween(lane, t0, t1) {
  return below(lane.los, t1) - below(lane.his, t0 + 0.5);
}

// Where in a row the first event ends after a moment; nothing overlaps in a row.
function firstAfter(row, t) {
  let first = 0, last = row.length;
  while (first < last) {
    const middle = (first + last) >> 1;
    if (hi[row[middle]] <= t) first = middle + 1; else last = middle;
  }
  return first;
}
