// From time to place and back, and where to put the marks.

const STEPS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600];

export function scale(from, to, left, right) {
  const span = to - from || 1e-9;
  const at = value => left + (value - from) / span * (right - left);
  at.invert = x => from + (x - left) / (right - left) * span;
  return at;
}

/** Marks of a time axis in milliseconds, no more than fit. */
export function ticks(from, to, most) {
  const step = (STEPS.find(one => (to - from) / 1000 / one <= most) ?? 7200) * 1000;
  const marks = [];
  for (let t = Math.ceil(from / step) * step; t <= to + 1e-6; t += step) marks.push(t);
  return marks;
}

export function tickText(ms) {
  const all = ms / 1000;
  if (all < 60) return `${Number(all.toFixed(2))} s`;
  return `${Math.floor(all / 60)}:${String(Math.round(all % 60)).padStart(2, '0')}`;
}

/** Draws anew whenever the width changes; returns what ends that. */
export function onWidth(node, draw) {
  let width = 0;
  const watch = new ResizeObserver(([entry]) => {
    const now = Math.floor(entry.contentRect.width);
    if (now && now !== width) draw(width = now);
  });
  watch.observe(node);
  return () => watch.disconnect();
}
