// Every call, as it happens.

import { h, show } from '../lib/dom.js';
import { CallList } from '../lib/call-list.js';
import { go, setQuery } from '../lib/router.js';
import { say } from '../lib/notice.js';
import { bind } from '../lib/shortcuts.js';
import { VirtualList } from '../lib/virtual.js';
import { COLUMNS, drawRow, makeRow, tickRow } from '../parts/call-row.js';
import { STATUSES, statusText } from '../parts/status.js';

export const title = 'Calls';
export const fills = true;

export function open(place, { query }) {
  let list;
  const filter = { status: query.status, direction: query.direction, to: query.to, from: query.from, tag: query.tag, trunk: query.trunk };
  const count = h('p', { 'aria-live': 'polite' });
  const nothing = h('div', { class: 'empty hidden' }, h('strong', {}, 'No calls here'), 'Place one and watch it live. ',
    h('div', { class: 'buttons centred' }, h('a', { class: 'button', href: '/console/place' }, 'Place a call'), h('a', { class: 'button', href: '/console/start' }, 'First steps')));
  const rows = new VirtualList({ make: makeRow, draw: drawRow, near: () => list?.load(), label: 'Calls' });
  const find = h('input', { type: 'search', 'aria-label': 'Number, or tag:name', placeholder: '+44…  or  tag:name', value: typed(filter), onchange: search });
  const head = h('div', { class: 'calls-head', role: 'rowgroup' });
  head.append(...COLUMNS.map(([name, label]) => h('span', { class: name, role: 'columnheader' }, label || h('span', { class: 'visually-hidden' }, 'Direction'))));
  head.setAttribute('role', 'row');

  show(place, h('div', { class: 'page' },
    h('div', { class: 'page-head' }, h('div', { class: 'grow' }, h('h1', {}, 'Calls'), count),
      h('a', { class: 'button primary', href: '/console/place' }, 'Place a call')),
    h('div', { class: 'filters', role: 'search' }, find,
      choice('Status', 'status', [['', 'Any status'], ['active', 'Live now'], ...STATUSES.map(name => [name, statusText(name)])]),
      choice('Direction', 'direction', [['', 'In and out'], ['outbound', 'Outbound'], ['inbound', 'Inbound']])),
    h('div', { class: 'calls', role: 'table', 'aria-label': 'Calls' }, h('div', { role: 'rowgroup' }, head), rows.node),
    nothing));

  const tick = setInterval(() => {
    const now = Date.now();
    for (const row of rows.visible()) if (row.item && !row.item.ended_at && row.item.answered_at) tickRow(row.element, row.item, now);
  }, 1000);
  const unbind = bind({
    '/': ['Find a number', () => find.focus()],
    'j': ['Next call', () => step(1)],
    'k': ['Call before', () => step(-1)],
    'Enter': ['Open the call', () => document.activeElement?.closest?.('.call-row')?.querySelector('a').click()],
  });
  restart();
  return () => {
    list.close();
    rows.close();
    clearInterval(tick);
    unbind();
  };

  function step(by) {
    const at = rows.focused();
    rows.focus(at < 0 ? 0 : at + by);
  }

  function choice(label, name, options) {
    return h('select', { 'aria-label': label, onchange: event => { filter[name] = event.target.value; restart(); } },
      options.map(([value, text]) => h('option', { value, selected: (filter[name] ?? '') === value }, text)));
  }

  function search() {
    const text = find.value.trim();
    filter.tag = text.startsWith('tag:') ? text.slice(4) : '';
    filter.to = filter.tag ? '' : text;
    if (text.startsWith('call_')) go('calls/' + text);
    else restart();
  }

  function restart() {
    setQuery(filter);
    list?.close();
    rows.set([]);
    list = new CallList(filter, changed, problem => say(problem.message, true));
  }

  function changed(calls) {
    rows.set(calls);
    const live = calls.filter(call => !call.ended_at).length;
    const text = `${calls.length}${list.complete ? '' : '+'} ${calls.length === 1 ? 'call' : 'calls'}, ${live} live`;
    if (count.textContent !== text) count.textContent = text;
    nothing.classList.toggle('hidden', calls.length > 0);
    rows.node.parentNode.classList.toggle('hidden', calls.length === 0);
  }
}

const typed = filter => filter.tag ? 'tag:' + filter.tag : filter.to ?? '';
