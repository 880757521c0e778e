// How the line sounded over time: one small chart a measure, each with its worst and its latest.

import { h, show, svg } from '../lib/dom.js';
import { milliseconds, percent } from '../lib/format.js';
import { onWidth, scale } from '../lib/scale.js';

const HEIGHT = 52;
const MEASURES = [
  { name: 'Quality (MOS)', of: q => q.mos, floor: 1, ceiling: 4.5, text: v => v.toFixed(2), worst: Math.min },
  { name: 'Lost coming in', of: q => q.loss_in, floor: 0, ceiling: 0.02, text: v => percent(v), worst: Math.max },
  { name: 'Lost going out', of: q => q.loss_out, floor: 0, ceiling: 0.02, text: v => percent(v), worst: Math.max },
  { name: 'Jitter', of: q => q.jitter_ms, floor: 0, ceiling: 20, text: milliseconds, worst: Math.max },
  { name: 'Late packets', of: q => q.late, floor: 0, ceiling: 0.02, text: v => percent(v), worst: Math.max },
  { name: 'Round trip', of: q => q.rtt_ms, floor: 0, ceiling: 100, text: milliseconds, worst: Math.max },
];

export function quality() {
  const node = h('dl', { class: 'stats' });
  const charts = MEASURES.map(measure => {
    const value = h('div', {}, '–');
    const box = h('div', {});
    node.append(h('div', {}, h('dt', {}, measure.name), h('dd', {}, value, box)));
    return { ...measure, value, box };
  });
  let samples = [];
  const stops = charts.map(chart => onWidth(chart.box, width => { chart.width = width; draw(chart); }));
  return { node, close: () => stops.forEach(stop => stop()), update(next) { samples = next; charts.forEach(draw); } };

  function draw(chart) {
    const points = samples.map(sample => [Date.parse(sample.at), chart.of(sample)]).filter(([, value]) => value !== null && value !== undefined);
    if (!points.length) return;
    const values = points.map(([, value]) => value);
    const worst = chart.worst(...values);
    show(chart.value, chart.text(values.at(-1)), ' ', h('small', {}, values.length > 1 ? `worst ${chart.text(worst)}` : 'one sample'));
    if (chart.width && points.length > 1) show(chart.box, spark(chart, points, values));
  }
}

function spark({ name, floor, ceiling, width }, points, values) {
  const x = scale(points[0][0], points.at(-1)[0], 1, width - 1);
  const y = scale(floor, Math.max(ceiling, ...values), HEIGHT - 2, 4);
  const line = points.map(([at, value], i) => `${i ? 'L' : 'M'}${x(at).toFixed(1)} ${y(value).toFixed(1)}`).join('');
  return svg('svg', { class: 'chart', viewBox: `0 0 ${width} ${HEIGHT}`, height: HEIGHT, role: 'img', 'aria-label': `${name} over time` },
    svg('path', { class: 'area', d: `${line}L${width - 1} ${HEIGHT - 1}L1 ${HEIGHT - 1}Z` }),
    svg('line', { class: 'baseline', x1: 0, x2: width, y1: HEIGHT - 1, y2: HEIGHT - 1 }),
    svg('path', { class: 'curve mos', d: line }));
}
