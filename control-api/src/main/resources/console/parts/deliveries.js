// Webhook deliveries with what the receiver said, and a button to send one again.

import { post } from '../lib/api.js';
import { h } from '../lib/dom.js';
import { when, words } from '../lib/format.js';
import { attempt } from '../lib/notice.js';

const LOOK = { delivered: 'chip live', pending: 'chip ringing', dead: 'chip failed' };

const FIRST = 12;

/** The first of many: the rest on request. */
export function deliveries(items, again, { withCall = false, shown = {} } = {}) {
  if (items.length <= FIRST || shown.all) return whole(items, again, withCall);
  const all = h('button', { class: 'button small', type: 'button', onclick: () => { shown.all = true; box.replaceWith(whole(items, again, withCall)); } },
    `Show all ${items.length}`);
  const box = h('div', {}, whole(items.slice(0, FIRST), again, withCall), h('p', { class: 'more' }, all));
  return box;
}

function whole(items, again, withCall) {
  return h('div', { class: 'card scroll-x' }, h('table', { class: 'deliveries' },
    h('thead', {}, h('tr', {}, ['Event', withCall && 'Call', 'State', 'Answer', 'Tries', 'Sent', ''].filter(label => label !== false)
      .map(label => h('th', { scope: 'col' }, label || h('span', { class: 'visually-hidden' }, 'Actions'))))),
    h('tbody', {}, items.map(item => row(item, again, withCall)))));
}

function row(item, again, withCall) {
  const button = h('button', { class: 'button small', type: 'button', onclick: () => attempt(button, async () => {
    await post(`/v1/webhook-deliveries/${item.id}/redeliver`);
    again();
  }, 'It is being sent again.') }, 'Redeliver');
  return h('tr', { 'data-delivery': item.id },
    h('td', {}, h('span', { class: 'muted num' }, item.seq + ' '), item.event_type, h('div', { class: 'muted small' }, item.url)),
    withCall && h('td', {}, h('a', { href: '/console/calls/' + item.call_id }, 'Call')),
    h('td', {}, h('span', { class: LOOK[item.status] ?? 'chip idle' }, words(item.status))),
    h('td', { class: 'num' }, item.last_status ?? '–', item.last_error && h('div', { class: 'muted small' }, item.last_error)),
    h('td', { class: 'num' }, item.attempts),
    h('td', { class: 'num' }, when(item.delivered_at ?? item.created_at)),
    h('td', { class: 'right' }, button));
}
