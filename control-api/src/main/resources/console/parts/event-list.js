// Every event of a call, in order, with what it carries.

import { h } from '../lib/dom.js';
import { offset, words } from '../lib/format.js';

const QUIET = 'amd.hypothesis';

export function eventList() {
  const node = h('div', { class: 'card events' });
  let shown = 0;
  return { node, update(call, events) {
    const told = events.filter(event => event.type !== QUIET);
    told.slice(shown).forEach(event => node.append(entry(call, event)));
    shown = told.length;
  } };
}

const short = value => typeof value === 'number' && !Number.isInteger(value) ? value.toFixed(3) : value;

function entry(call, event) {
  const brief = Object.entries(event.data).filter(([, value]) => typeof value !== 'object').map(([name, value]) => `${words(name)} ${short(value)}`).join(' · ');
  return h('details', {},
    h('summary', {}, h('span', { class: 'muted num' }, event.seq),
      h('span', { class: 'muted num' }, offset(Date.parse(event.occurred_at) - Date.parse(call.created_at))),
      h('span', {}, event.type, brief && h('span', { class: 'muted small' }, '  ' + brief.slice(0, 120)))),
    h('pre', {}, JSON.stringify({ id: event.id, occurred_at: event.occurred_at, data: event.data }, null, 2)));
}
