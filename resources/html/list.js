// The same events as a list, for the keyboard and for screen readers; only the rows in sight are in the page.
const LIST_ROW = 52, OVERSCAN = 6;
let listAt = new Map();

function listPlaces() {
  listAt = new Map(listed.map((event, place) => [event, place]));
  $("list").style.height = `${Math.max(listed.length * LIST_ROW, 1)}px`;
  $("count").textContent = listed.length === COUNT ? counted("event", "events", COUNT)
    : say("someEvents", { shown: NUMBERS.format(listed.length), count: NUMBERS.format(COUNT) });
}

function listRow(event, place) {
  const row = make("li", event === chosen.event ? "row chosen" : "row", markPicture(kindOf[event]), words("span", "title", titleOf(event)), words("span", "when", whenOf(event)));
  const sign = signOf(event);
  if (sign) row.append(make("span", "sign", say(sign)));
  row.id = `row-${event}`;
  row.dataset.event = event;
  row.style.top = `${place * LIST_ROW}px`;
  for (const [key, value] of Object.entries({ role: "option", "aria-selected": event === chosen.event, "aria-setsize": listed.length, "aria-posinset": place + 1 })) row.setAttribute(key, value);
  return row;
}

function drawList() {
  const scroller = $("scroller"), first = Math.max(Math.floor(scroller.scrollTop / LIST_ROW) - OVERSCAN, 0);
  const last = Math.min(first + Math.ceil(scroller.clientHeight / LIST_ROW) + 2 * OVERSCAN, listed.length);
  const rows = [];
  for (let place = first; place < last; place += 1) rows.push(listRow(listed[place], place));
  if (!rows.length) rows.push(make("li", "none", say("none")));
  $("list").replaceChildren(...rows);
  const active = listAt.has(chosen.event) && $(`row-${chosen.event}`);
  if (active) $("list").setAttribute("aria-activedescendant", active.id); else $("list").removeAttribute("aria-activedescendant");
}

function showInList(event) {
  const scroller = $("scroller"), top = (listAt.get(event) ?? -1) * LIST_ROW;
  if (top < 0 || !scroller.clientHeight) return;
  if (top < scroller.scrollTop) scroller.scrollTop = top;
  else if (top + LIST_ROW > scroller.scrollTop + scroller.clientHeight) scroller.scrollTop = top + LIST_ROW - scroller.clientHeight;
}

function startList() {
  $("scroller").addEventListener("scroll", drawList, { passive: true });
  $("list").addEventListener("click", (event) => {
    const row = event.target.closest("li[data-event]");
    if (row) openEvent(Number(row.dataset.event), false);
  });
  $("list").addEventListener("keydown", (event) => {
    const page = Math.max(Math.floor($("scroller").clientHeight / LIST_ROW) - 1, 1), at = listAt.get(chosen.event) ?? -1;
    const to = { ArrowDown: at + 1, ArrowUp: Math.max(at - 1, 0), Home: 0, End: listed.length - 1, PageDown: at + page, PageUp: at - page }[event.key];
    if (event.key === "Enter" || event.key === " ") { if (at >= 0) openEvent(chosen.event, true); }
    else if (to === undefined || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
    else if (listed.length) choose(listed[Math.min(Math.max(to, 0), listed.length - 1)]);
    event.preventDefault();
    event.stopPropagation();
  });
}

// Events without a date stand below the lanes.
const SHELF = 40;
function drawShelf() {
  const undated = listed.filter((event) => !isDated(event)), shelf = $("shelf");
  shelf.hidden = !undated.length;
  const chips = undated.slice(0, SHELF).map((event) => {
    const chip = button("chip", "", () => openEvent(event, true));
    chip.append(markPicture(kindOf[event], 10), words("span", "", oneLine(EVENTS.title[event], 60)));
    chip.dataset.event = event;
    return chip;
  });
  const rest = undated.length - chips.length;
  shelf.replaceChildren(make("strong", "", say("undated"), make("span", "muted", ` ${NUMBERS.format(undated.length)}`)), make("div", "row", ...chips, rest > 0 ? make("span", "muted", say("more", { count: NUMBERS.format(rest) })) : ""));
  markShelf();
}

function markShelf() {
  for (const chip of $("shelf").querySelectorAll(".chip")) chip.setAttribute("aria-pressed", Number(chip.dataset.event) === chosen.event);
}
