// Calls begun each minute, and how many of them were answered.

import { h, show, svg } from '../lib/dom.js';
import { onWidth, scale } from '../lib/scale.js';

const HEIGHT = 140;

export function minutes() {
  const node = h('div', { class: 'card pad' });
  let width = 0;
  let data = [];
  let span = 60;
  const stop = onWidth(node, now => { width = now; draw(); });
  return { node, close: stop, update(list, over) { data = list; span = over; draw(); } };

  function draw() {
    if (!width) return;
    const group = Math.max(1, Math.round(span / 60));
    const now = Math.floor(Date.now() / 60_000);
    const bins = new Map();
    for (const one of data) {
      const at = Math.floor((now - Math.floor(Date.parse(one.name) / 60_000)) / group);
      const bin = bins.get(at) ?? { calls: 0, answered: 0 };
      bins.set(at, { calls: bin.calls + one.calls, answered: bin.answered + one.answered });
    }
    const most = Math.max(4, ...[...bins.values()].map(bin => bin.calls));
    const x = scale(60, 0, 34, width);
    const y = scale(0, most, HEIGHT - 22, 6);
    const wide = (width - 34) / 60;
    const marks = [0, most / 2, most].map(value => [svg('line', { class: 'grid', x1: 34, x2: width, y1: y(value), y2: y(value) }),
      svg('text', { x: 26, y: y(value) + 4, 'text-anchor': 'end' }, Math.round(value))]);
    const hours = (width < 480 ? [60, 30] : [60, 45, 30, 15]).map(at => svg('text', { x: x(at), y: HEIGHT - 4, 'text-anchor': at === 60 ? 'start' : 'middle' }, ago(at * group)));
    const bars = [...bins].filter(([at]) => at >= 0 && at < 60).map(([at, bin]) => [
      svg('rect', { class: 'bar-setup', x: x(at + 1) + 1, width: Math.max(1, wide - 2), y: y(bin.calls), height: y(0) - y(bin.calls), rx: 2 },
        svg('title', {}, `${bin.calls} calls, ${bin.answered} answered`)),
      svg('rect', { class: 'bar-full', x: x(at + 1) + 1, width: Math.max(1, wide - 2), y: y(bin.answered), height: y(0) - y(bin.answered), rx: 2 })]);
    show(node, svg('svg', { class: 'chart', viewBox: `0 0 ${width} ${HEIGHT}`, height: HEIGHT, role: 'img', 'aria-label': 'Calls begun over time' }, marks, hours, bars));
  }
}

const ago = minutes => minutes < 120 ? `${minutes} min ago` : `${Math.round(minutes / 60)} h ago`;
