// A row of the calls list: built once, filled many times.

import { h, icon, show } from '../lib/dom.js';
import { duration, talked, when } from '../lib/format.js';
import { bars, meter, statusLook, statusText, verdictLook } from './status.js';
import { words } from '../lib/format.js';

export const COLUMNS = [['when', 'Created'], ['direction', ''], ['to', 'To'], ['from', 'From'], ['status', 'Status'],
  ['verdict', 'Answered by'], ['quality', 'Quality'], ['label', 'Tag'], ['duration right', 'Duration']];

export function makeRow() {
  return h('div', { class: 'call-row', role: 'row' }, COLUMNS.map(([name]) => {
    const cell = h('span', { class: name, role: 'cell' });
    if (name === 'to') cell.append(h('a', { draggable: 'false' }));
    if (name === 'status' || name === 'verdict') cell.append(h('span'));
    if (name === 'quality') cell.append(meter(), h('span', { class: 'num' }));
    return cell;
  }));
}

export function drawRow(row, call) {
  const [created, direction, to, from, status, verdict, quality, tag] = row.children;
  created.textContent = when(call.created_at);
  if (direction.dataset.is !== call.direction) {
    direction.dataset.is = call.direction;
    show(direction, icon(call.direction === 'inbound' ? 'in' : 'out'), h('span', { class: 'visually-hidden' }, call.direction));
  }
  to.firstChild.href = '/console/calls/' + call.id;
  to.firstChild.textContent = call.to;
  from.textContent = call.from;
  status.firstChild.className = statusLook(call.status);
  status.firstChild.textContent = statusText(call.status);
  verdict.firstChild.className = call.amd ? verdictLook(call.amd.verdict) : '';
  verdict.firstChild.textContent = words(call.amd?.verdict);
  const mos = call.quality?.mos;
  quality.firstChild.dataset.level = bars(mos);
  quality.firstChild.classList.toggle('hidden', !bars(mos));
  quality.lastChild.textContent = bars(mos) ? mos.toFixed(1) : '';
  tag.textContent = call.tag ?? '';
  tickRow(row, call);
}

export function tickRow(row, call, now = Date.now()) {
  const text = duration(talked(call, now));
  if (row.lastChild.textContent !== text) row.lastChild.textContent = text;
}
