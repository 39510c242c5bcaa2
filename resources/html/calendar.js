// The proleptic Gregorian calendar over seconds since 1970 (UTC), for any year: 0 is 1 BC.
const MINUTE = 60, HOUR = 3600, DAY = 86400, YEAR = 365.2425 * DAY;

function daysFromCivil(year, month, day) {
  const y = month > 2 ? year : year - 1;
  const era = Math.floor(y / 400), ofEra = y - era * 400;
  const ofYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return era * 146097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719468;
}

function civilFromDays(days) {
  const shifted = days + 719468, era = Math.floor(shifted / 146097), ofEra = shifted - era * 146097;
  const y = Math.floor((ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36524) - Math.floor(ofEra / 146096)) / 365);
  const ofYear = ofEra - (365 * y + Math.floor(y / 4) - Math.floor(y / 100));
  const m = Math.floor((5 * ofYear + 2) / 153);
  const month = m < 10 ? m + 3 : m - 9;
  return [y + era * 400 + (month <= 2 ? 1 : 0), month, ofYear - Math.floor((153 * m + 2) / 5) + 1];
}

function secondsAt(year, month = 1, day = 1) {
  return daysFromCivil(year, month, day) * DAY;
}

function civil(t) {
  const days = Math.floor(t / DAY), rest = Math.floor(t - days * DAY);
  return [...civilFromDays(days), Math.floor(rest / HOUR), Math.floor((rest % HOUR) / MINUTE)];
}

function yearNumber(count) {
  for (const [size, words] of WORDS.units) {
    if (count >= size) return words.replace("{number}", NUMBERS.format(Math.round((count / size) * 1000) / 1000));
  }
  return count >= 10000 ? NUMBERS.format(count) : String(count);
}

function yearName(year) {
  return year > 0 ? yearNumber(year) : say("before", { year: yearNumber(1 - year) });
}

function yearRange(first, last) {
  if (first > 0) return `${yearNumber(first)}–${yearNumber(last)}`;
  return say("before", { year: `${yearNumber(1 - first)}–${yearNumber(1 - last)}` });
}

function clock(t) {
  const [, , , hour, minute] = civil(t);
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

// Say a moment as finely as a scale of so many seconds shows it.
function momentName(t, step) {
  const [year, month, day] = civil(t);
  if (step >= YEAR) return yearName(year);
  if (step >= 28 * DAY) return `${WORDS.months[month - 1]} ${yearName(year)}`;
  const date = `${day} ${WORDS.months[month - 1].slice(0, 3)} ${yearName(year)}`;
  return step >= DAY ? date : `${date}, ${clock(t)}`;
}
