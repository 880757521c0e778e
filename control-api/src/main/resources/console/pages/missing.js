// An address that is no page.

import { h, show } from '../lib/dom.js';

export const title = 'Not found';

export function open(place) {
  show(place, h('div', { class: 'page' }, h('div', { class: 'empty' }, h('h1', {}, 'There is no such page'),
    h('a', { class: 'button', href: '/console/calls' }, 'To the calls'))));
}
