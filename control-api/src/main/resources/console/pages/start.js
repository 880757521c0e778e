// From the first call to a trunk of one's own: each step is done when the switch says that it works.

import { items, post } from '../lib/api.js';
import { h } from '../lib/dom.js';
import { attempt } from '../lib/notice.js';
import { ask, field, input } from '../lib/form.js';
import { go } from '../lib/router.js';
import { probeReport, trunkState } from '../parts/probe.js';
import { button, fresh, pageHead } from '../parts/table.js';
import { trunkBody, trunkFields } from '../parts/trunk-form.js';

export const title = 'First steps';

export function open(place, { session }) {
  fresh(place, read, (found, again) => draw(found, again, session));
}

async function read() {
  const [calls, trunks] = await Promise.all([items('/v1/calls', { limit: 100 }), items('/v1/trunks')]);
  const answered = calls.filter(call => call.answered_at);
  return { trunk: trunks[0], calls,
    heard: answered.find(call => call.recordings.length > 0 || call.trunk === 'sandbox'),
    up: trunks.find(trunk => trunk.status.state === 'up'),
    real: answered.find(call => trunks.some(trunk => trunk.name === call.trunk || trunk.id === call.trunk)) };
}

function draw({ trunk, heard, up, real }, again, session) {
  return [
    pageHead('First steps', 'From a call to the sandbox to a call over your own trunk. A step is ticked when the switch has seen it work.'),
    h('ol', { class: 'steps' },
      step('Call the sandbox', 'A person who is not there answers; you see the call live and hear its recording.', heard,
        heard ? h('a', { href: '/console/calls/' + heard.id }, 'Look at that call') : first()),
      step('Add your trunk', 'Name, host, and what the carrier gave you: a user and password, or the addresses it calls from.', trunk,
        trunk ? h('div', {}, h('strong', {}, trunk.name), ' ', h('span', { class: 'muted' }, trunk.hosts.map(host => host.host).join(', ')))
          : session.operator || session.scopes.includes('admin') ? button('Add a trunk', () => ask('Add a trunk', trunkFields(), 'Add',
            async given => { await post('/v1/trunks', trunkBody(given)); again(); }), 'primary') : h('p', {}, 'Sign in with an admin key to add one.')),
      step('Probe it', 'Asks the carrier everything that rings nobody: is it there, does it know us, does it take our calls.', up, trunk && probing(trunk, up, again)),
      step('Call a real phone', 'Yours, say. The sandbox steps aside for every number that your trunk takes.', real,
        real ? h('a', { href: '/console/calls/' + real.id }, 'Look at that call') : trunk && button('Call a phone', realCall, up ? 'primary' : '')))];
}

function step(name, text, done, ...body) {
  return h('li', { class: done ? 'done' : '', 'data-step': name }, h('h2', {}, name, done && h('span', { class: 'visually-hidden' }, ', done')),
    h('p', {}, text), h('div', { class: 'body' }, body));
}

function first() {
  const press = button('Call a person', () => attempt(press, async () => {
    const call = await post('/v1/calls', { to: '+15550100001', say: { text: 'Hello from Trunkline. This is your first call.' }, record: true, amd: { hypotheses: true } });
    go('calls/' + call.id);
  }), 'primary');
  return press;
}

function probing(trunk, up, again) {
  const report = h('div', { 'aria-live': 'polite' });
  const press = button('Probe', () => attempt(press, async () => {
    const found = await post(`/v1/trunks/${trunk.id}/probe`);
    if (found.ok) again();
    report.replaceChildren(probeReport(found));
  }), up ? '' : 'primary');
  return [h('div', {}, trunkState(trunk.status)), press, report];
}

function realCall() {
  ask('Call a phone', field('Number', input('to', { required: true, placeholder: '+44…', inputmode: 'tel' })), 'Call', async ({ to }) => {
    const call = await post('/v1/calls', { to, say: { text: 'Hello from Trunkline, over your own trunk.' }, record: true, amd: { hypotheses: true } });
    go('calls/' + call.id);
  });
}
