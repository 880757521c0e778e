// Shares of a whole, largest first.

import { h } from '../lib/dom.js';
import { percent, words } from '../lib/format.js';

export function shares(list) {
  const whole = list.reduce((sum, one) => sum + one.calls, 0);
  if (!whole) return h('p', { class: 'muted' }, 'None yet.');
  return h('div', { class: 'shares' }, list.toSorted((a, b) => b.calls - a.calls).slice(0, 10).map(one => h('div', { class: 'share' },
    h('span', {}, words(one.name)),
    h('progress', { max: whole, value: one.calls, 'aria-label': words(one.name) }),
    h('span', { class: 'num muted right' }, percent(one.calls / whole, 0)))));
}
