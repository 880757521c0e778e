// The phone network in the box: one button a phone.

import { h, show } from '../lib/dom.js';
import { post } from '../lib/api.js';
import { attempt } from '../lib/notice.js';
import { go } from '../lib/router.js';
import { PHONES } from '../parts/phones.js';

export const title = 'Sandbox';

export function open(place) {
  show(place, h('div', { class: 'page' },
    h('div', { class: 'page-head' }, h('div', { class: 'grow' }, h('h1', {}, 'Sandbox'),
      h('p', {}, 'A carrier in the box: real SIP and RTP on this machine, no trunk and no money needed. Every other number answers as the first.'))),
    h('div', { class: 'card scroll-x' }, h('table', {},
      h('thead', {}, h('tr', {}, ['Number', 'Who', 'What happens', ''].map(label => h('th', { scope: 'col' }, label || h('span', { class: 'visually-hidden' }, 'Actions'))))),
      h('tbody', {}, PHONES.map(row))))));
}

function row([number, name, text]) {
  const button = h('button', { class: 'button small', type: 'button', 'data-call': number, onclick: () => attempt(button, async () => {
    const call = await post('/v1/calls', { to: number, say: { text: 'Hello from Trunkline. This is a test call.' }, record: true, amd: { hypotheses: true }, tag: 'sandbox' });
    go('calls/' + call.id);
  }) }, 'Call');
  return h('tr', {}, h('td', { class: 'num' }, number), h('td', {}, h('strong', {}, name)), h('td', { class: 'muted' }, text), h('td', { class: 'right' }, button));
}
