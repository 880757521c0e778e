// A call drawn to scale: what it did, what was heard, what was said, what was kept.

import { h, show, svg } from '../lib/dom.js';
import { percent, seconds, words } from '../lib/format.js';
import { onWidth, scale, tickText, ticks } from '../lib/scale.js';
import { model } from './timeline-model.js';

const GUTTER = 92;
const RIGHT = 14;

/** @param seek told the time, in milliseconds of the call, that was clicked */
export function timeline(seek) {
  const readout = h('span', { class: 'muted small num' });
  const box = h('div', {});
  const node = h('div', { class: 'card pad' }, box);
  let last = null;
  let width = 0;
  const stop = onWidth(box, now => { width = now; draw(); });
  return { node, readout, close: stop, update(call, events) { last = [call, events]; draw(); } };

  function draw() {
    if (!last || !width) return;
    const found = model(...last, Date.now());
    const x = scale(0, found.end, GUTTER, width - RIGHT);
    const rows = lanes(found);
    let y = 8;
    const parts = rows.map(lane => {
      const drawn = lane.draw(x, y, lane.height);
      const label = svg('text', { x: 0, y: y + (lane.height === 76 ? 14 : lane.height / 2 + 4) }, lane.label);
      y += lane.height + 12;
      return [label, drawn];
    });
    const marks = ticks(0, found.end, Math.max(2, (width - GUTTER) / 84));
    const grid = marks.map(t => [svg('line', { class: 'grid', x1: x(t), x2: x(t), y1: 0, y2: y }),
      svg('text', { x: x(t), y: y + 16, 'text-anchor': t === 0 ? 'start' : 'middle' }, tickText(t))]);
    const cursor = svg('line', { class: 'hover-line', y1: 0, y2: y, visibility: 'hidden' });
    const chart = svg('svg', { class: 'chart', viewBox: `0 0 ${width} ${y + 22}`, height: y + 22, role: 'img', 'aria-label': spoken(found),
      onmousemove: event => {
        const t = Math.min(found.end, Math.max(0, x.invert(event.offsetX)));
        cursor.setAttribute('visibility', 'visible');
        cursor.setAttribute('x1', x(t));
        cursor.setAttribute('x2', x(t));
        readout.textContent = said(found, t);
      },
      onmouseleave: () => { cursor.setAttribute('visibility', 'hidden'); readout.textContent = ''; },
      onclick: event => seek(x.invert(event.offsetX)) }, grid, parts, cursor);
    show(box, chart);
  }
}

function lanes(found) {
  const far = found.marks.filter(mark => mark.lane === 'far');
  return [
    { label: 'Call', height: 26, draw: bars(found.phases, true) },
    (found.speech.length || far.length) && { label: 'Far side', height: 26, draw: (x, y, height) => [bars(found.speech)(x, y, height), points(far)(x, y, height)] },
    (found.amd.length || found.verdict) && { label: 'Who is it?', height: 76, draw: hypotheses(found) },
    found.plays.length && { label: 'We play', height: 18, draw: bars(found.plays) },
    found.records.length && { label: 'Recording', height: 18, draw: bars(found.records) },
  ].filter(Boolean);
}

const bars = (list, named) => (x, y, height) => list.map(bar => {
  const width = Math.max(2, x(bar.to) - x(bar.from));
  return [svg('rect', { class: 'bar-' + bar.kind, x: x(bar.from) + 0.5, y: y + 0.5, width: Math.max(1, width - 1), height: height - 1, rx: 4 },
    svg('title', {}, `${bar.label}, ${seconds(bar.to - bar.from)}`)),
  named && width > 74 && svg('text', { class: 'strong', x: x(bar.from) + 9, y: y + height / 2 + 4 }, bar.label)];
});

/** A mark's word stands after it, or before it where the next mark is too near. */
const points = list => (x, y, height) => list.toSorted((a, b) => a.at - b.at).map((mark, i, all) => {
  const before = i + 1 < all.length && x(all[i + 1].at) - x(mark.at) < mark.text.length * 7 + 10;
  return [svg('line', { class: 'mark', x1: x(mark.at), x2: x(mark.at), y1: y, y2: y + height }, svg('title', {}, mark.label)),
    svg('text', { class: 'strong', x: x(mark.at) + (before ? -5 : 5), y: y + height / 2 + 4, 'text-anchor': before ? 'end' : 'start' }, mark.text)];
});

function hypotheses(found) {
  return (x, y, height) => {
    const p = scale(0, 1, y + height - 4, y + 4);
    const line = pick => found.amd.map((point, i) => `${i ? 'L' : 'M'}${x(point.at).toFixed(1)} ${p(pick(point.p)).toFixed(1)}`).join('');
    const machine = q => q.machine + (q.screener ?? 0);
    const verdict = found.verdict;
    const left = verdict && x(verdict.at) > x(found.end) - 120;
    return [
      svg('line', { class: 'grid', x1: x(0), x2: x(found.end), y1: p(0), y2: p(0) }),
      svg('line', { class: 'grid', x1: x(0), x2: x(found.end), y1: p(1), y2: p(1) }),
      svg('path', { class: 'curve other', d: line(q => 1 - q.human - machine(q)) }),
      svg('path', { class: 'curve human', d: line(q => q.human) }),
      svg('path', { class: 'curve machine', d: line(machine) }),
      legend(found, y),
      verdict && svg('line', { class: 'mark', x1: x(verdict.at), x2: x(verdict.at), y1: y - 2, y2: y + height }),
      verdict && svg('text', { class: 'strong', x: x(verdict.at) + (left ? -6 : 6), y: y + 16, 'text-anchor': left ? 'end' : 'start' },
        `${words(verdict.verdict)} ${percent(verdict.confidence, 0)}`),
    ];
  };
}

function legend(found, y) {
  if (!found.amd.length) return [];
  return [svg('text', { class: 'human', x: 0, y: y + 34 }, 'human'), svg('text', { class: 'machine', x: 0, y: y + 50 }, 'machine'),
    svg('text', { x: 0, y: y + 66 }, 'other')];
}

function said(found, t) {
  const within = list => list.filter(bar => t >= bar.from && t <= bar.to).map(bar => bar.label.toLowerCase());
  return [seconds(t), ...within(found.phases), ...within(found.plays), ...within(found.speech)].join(' · ');
}

function spoken(found) {
  const parts = found.phases.map(bar => `${bar.label} ${seconds(bar.to - bar.from)}`);
  if (found.verdict) parts.push(`taken for ${words(found.verdict.verdict)} after ${seconds(found.verdict.at - (found.answer ?? 0))}`);
  return 'Timeline: ' + parts.join(', ');
}
