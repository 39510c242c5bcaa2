// The whole time in a strip below, with the part in sight as a window that can be dragged.
let strip = null;

function overviewBars(surface) {
  const [first, last] = whole, bars = new Float64Array(Math.max(Math.ceil(surface.width / 4), 1));
  for (const lane of LANES) {
    for (const t of lane.marks) {
      const at = Math.floor(((t - first) / (last - first)) * bars.length);
      if (at >= 0) bars[Math.min(at, bars.length - 1)] += 1;
    }
  }
  return { bars, most: Math.max(...bars, 1) };
}

function overviewWindow(surface, at) {
  const [first, last] = whole, x = (t) => ((t - first) / (last - first)) * surface.width;
  const left = Math.min(Math.max(x(at.left), 0), surface.width - 6);
  const right = Math.max(Math.min(x(at.left + canvasWidth() * at.perPixel), surface.width), left + 6);
  return [left, right];
}

function paintOverview(surface, at) {
  const { context, palette, ratio, width, height } = surface;
  strip ??= overviewBars(surface);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  const [left, right] = overviewWindow(surface, at);
  context.fillStyle = palette["accent-ground"];
  context.beginPath();
  context.roundRect(left + 0.5, 4.5, right - left - 1, height - 9, 4);
  context.fill();
  context.fillStyle = palette.muted;
  context.globalAlpha = 0.6;
  strip.bars.forEach((count, bar) => {
    const high = count ? Math.max(2, (height - 14) * Math.sqrt(count / strip.most)) : 0;
    if (high) context.fillRect(bar * 4, height - 6 - high, 3, high);
  });
  context.globalAlpha = 1;
  context.strokeStyle = palette.accent;
  context.lineWidth = 1;
  context.stroke();
}

function dragOverview(canvas) {
  let grabbed = null;
  canvas.addEventListener("pointerdown", (event) => {
    const surface = surfaces.overview, [left, right] = overviewWindow(surface, aim());
    grabbed = event.offsetX >= left && event.offsetX <= right ? event.offsetX - (left + right) / 2 : 0;
    canvas.setPointerCapture(event.pointerId);
    follow(event);
  });
  const follow = (event) => {
    if (grabbed === null) return;
    const at = aim(), middle = whole[0] + ((event.offsetX - grabbed) / surfaces.overview.width) * (whole[1] - whole[0]);
    goTo({ ...at, left: middle - (canvasWidth() / 2) * at.perPixel });
  };
  canvas.addEventListener("pointermove", follow);
  for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => { grabbed = null; });
}
