// What an agent and a caller said, as it was understood.

import { h } from '../lib/dom.js';
import { offset } from '../lib/format.js';

export const spoken = events => events.filter(event => event.type === 'agent.transcript');

export function transcript(call, events) {
  return h('ol', { class: 'card transcript' }, spoken(events).map(({ occurred_at, data }) => h('li', {},
    h('span', { class: 'muted num' }, offset(Date.parse(occurred_at) - Date.parse(call.created_at))),
    h('strong', {}, data.speaker ?? data.role ?? ''),
    h('p', {}, data.text ?? ''))));
}
