// The SIP ladder: who said what to whom, and the message itself for the one that is picked.

import { h, show, svg } from '../lib/dom.js';
import { offset } from '../lib/format.js';
import { onWidth } from '../lib/scale.js';

const ROW = 32;
const TOP = 44;

export function ladder() {
  const message = h('pre', { class: 'code', tabindex: '0', 'aria-label': 'The message' });
  const box = h('div', {});
  const details = h('div', { class: 'hidden' }, message);
  const node = h('div', { class: 'card pad' }, box, details);
  let items = [];
  let width = 0;
  let picked = -1;
  const stop = onWidth(box, now => { width = now; draw(); });
  return { node, close: stop, update(next) { if (next.length !== items.length) { items = next; draw(); } } };

  function draw() {
    if (!width) return;
    if (!items.length) return void show(box, h('p', { class: 'muted' }, 'Nothing was signalled yet, or the trace is no longer kept.'));
    const remotes = [...new Set(items.map(item => item.remote))];
    const phone = width < 520;
    const us = phone ? 66 : 110;
    const lane = remote => width - (phone ? 40 : 90) - (remotes.length - 1 - remotes.indexOf(remote)) * 120;
    const zero = Date.parse(items[0].at);
    const height = TOP + items.length * ROW + 6;
    const heads = [pole(us, 'Trunkline', items[0].local, height), ...remotes.map(remote => pole(lane(remote), remote === items[0].remote ? 'Trunk' : '', remote, height))];
    show(box, svg('svg', { class: 'chart ladder', viewBox: `0 0 ${width} ${height}`, height, role: 'group', 'aria-label': 'SIP messages' },
      heads, items.map((item, i) => step(item, i, us, lane(item.remote), zero))));
  }

  function step(item, i, us, them, zero) {
    const y = TOP + i * ROW;
    const [line, look] = summary(item);
    const [from, to] = item.direction === 'sent' ? [us, them] : [them, us];
    const tip = to > from ? -7 : 7;
    const pick = () => choose(i);
    const note = `${offset(Date.parse(item.at) - zero)} s, ${item.direction}: ${line}`;
    return svg('g', { role: 'button', tabindex: '0', 'aria-pressed': String(i === picked), 'aria-label': note, onclick: pick,
      onkeydown: event => { if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); pick(); } } },
    svg('rect', { x: 0, y: y + 1, width: width, height: ROW - 2, rx: 5 }),
    svg('text', { x: 4, y: y + 20 }, offset(Date.parse(item.at) - zero)),
    svg('text', { class: 'strong', x: (us + them) / 2, y: y + 15, 'text-anchor': 'middle' }, line),
    svg('line', { class: 'arrow ' + look, x1: from, x2: to, y1: y + 23, y2: y + 23 }),
    svg('path', { class: 'head ' + look, d: `M${to} ${y + 23}l${tip} -4v8z` }));
  }

  function choose(i) {
    picked = picked === i ? -1 : i;
    details.classList.toggle('hidden', picked < 0);
    message.textContent = picked < 0 ? '' : items[picked].message;
    box.querySelectorAll('g[role=button]').forEach((row, at) => row.setAttribute('aria-pressed', String(at === picked)));
  }
}

function pole(x, name, address, height) {
  return [svg('text', { class: 'strong', x, y: 14, 'text-anchor': 'middle' }, name),
    svg('text', { x, y: 30, 'text-anchor': 'middle' }, address),
    svg('line', { class: 'lane', x1: x, x2: x, y1: TOP - 6, y2: height })];
}

function summary({ message }) {
  const first = message.slice(0, message.indexOf('\r\n'));
  const sdp = message.includes('\r\nContent-Type: application/sdp') ? ' (SDP)' : '';
  if (!first.startsWith('SIP/2.0 ')) return [first.split(' ')[0] + sdp, ''];
  const code = Number(first.slice(8, 11));
  return [first.slice(8) + sdp, code >= 400 ? 'bad' : code >= 200 ? 'good' : ''];
}
