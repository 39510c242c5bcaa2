// Which part of time is seen: `left` is the second at the left edge of the canvas, `perPixel` seconds are a pixel.
const view = { left: 0, perPixel: DAY, scroll: 0 };
const COARSEST = (100000 * YEAR) / 600;
let whole = wholeTime();

function limited(perPixel, around) {
  // A double tells seconds apart up to 285 million years from 1970; farther away the view stays coarser.
  const finest = Math.max(1, Math.abs(around) * 2 ** -46);
  return Math.min(Math.max(perPixel, finest), Math.max(COARSEST, (whole[1] - whole[0]) / 100));
}

// Titles mostly stand at the right of their events: there is more room there.
function fitting(first, last, width) {
  const margin = Math.min(40, width * 0.05), after = Math.min(220, width * 0.2);
  const perPixel = limited((last - first) / Math.max(width - margin - after, 1), first);
  return { left: first - margin * perPixel, perPixel, scroll: 0 };
}

function zoomed(from, factor, x) {
  const t = from.left + x * from.perPixel, perPixel = limited(from.perPixel / factor, t);
  return { ...from, left: t - x * perPixel, perPixel };
}

// Keep something of the whole time in sight, however far one pans.
function kept(to, width) {
  const room = width * to.perPixel;
  return { ...to, left: Math.min(Math.max(to.left, whole[0] - 0.9 * room), whole[1] - 0.1 * room) };
}

const still = matchMedia("(prefers-reduced-motion: reduce)");
let frameAsked = 0, motion = null;

function askFrame() {
  if (!frameAsked) frameAsked = requestAnimationFrame(onFrame);
}

function onFrame(now) {
  frameAsked = 0;
  if (motion) {
    motion.begun ??= now;
    const share = Math.min((now - motion.begun) / 140, 1), eased = 1 - (1 - share) ** 3;
    const { from, to } = motion, width = motion.width;
    // The scale changes by equal factors; the middle goes along with it.
    const perPixel = from.perPixel * (to.perPixel / from.perPixel) ** eased;
    const across = Math.abs(to.perPixel - from.perPixel) > 1e-9 * from.perPixel ? (perPixel - from.perPixel) / (to.perPixel - from.perPixel) : eased;
    const middle = (at) => at.left + (width / 2) * at.perPixel;
    view.perPixel = perPixel;
    view.left = middle(from) + (middle(to) - middle(from)) * across - (width / 2) * perPixel;
    if (share < 1) askFrame(); else { Object.assign(view, to); motion = null; }
  }
  drawAll();
}

function goTo(target, { smooth = false } = {}) {
  const width = canvasWidth(), to = kept(target, width);
  if (smooth && !still.matches) motion = { from: { ...view }, to, width, begun: null };
  else { motion = null; Object.assign(view, to); }
  askFrame();
}

// All lanes up or down, where they are more than the window holds.
function scrollAll(to) {
  view.scroll = aim().scroll = Math.min(Math.max(to, 0), lastFrame.plan.overflow);
  askFrame();
}

// What is on its way counts as arrived when the next step is taken.
function aim() {
  return motion ? motion.to : view;
}

function fitAll(options) {
  whole = wholeTime();
  const width = canvasWidth();
  goTo(fitting(...whole, width), options);
}

function reveal(event) {
  if (!isDated(event)) return;
  const lane = LANES.find((each) => each.kind === kindOf[event]);
  if (lane) revealRow(lane, rowOf[event]);
  const from = aim(), width = canvasWidth(), x = (mark[event] - from.left) / from.perPixel;
  if (x < 24 || x > width - 120) goTo({ ...from, left: mark[event] - 0.4 * width * from.perPixel }, { smooth: true });
  askFrame();
}
