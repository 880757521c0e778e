// Trunks: whether they are up, what went wrong last, and a probe that asks now.

import { items, patch, post, remove } from '../lib/api.js';
import { h, show } from '../lib/dom.js';
import { ask, confirm } from '../lib/form.js';
import { attempt } from '../lib/notice.js';
import { probeReport, trunkState } from '../parts/probe.js';
import { button, fresh, pageHead, table } from '../parts/table.js';
import { trunkBody, trunkFields } from '../parts/trunk-form.js';

export const title = 'Trunks';

export function open(place) {
  const again = fresh(place, () => items('/v1/trunks'), draw);
  const timer = setInterval(() => { if (!document.querySelector('dialog[open], [data-probe]')) again(); }, 10_000);
  return () => clearInterval(timer);
}

function draw(trunks, again) {
  const report = h('div', { class: 'section hidden', 'aria-live': 'polite' });
  const add = () => ask('Add a trunk', trunkFields(), 'Add', async given => { await post('/v1/trunks', trunkBody(given)); again(); });
  return [
    pageHead('Trunks', 'The carriers and switches that calls go out to and come in from.', button('Add a trunk', add, 'primary')),
    table([
      ['Name', trunk => [h('strong', {}, trunk.name), h('div', { class: 'muted small' }, trunk.id)]],
      ['Hosts', trunk => trunk.hosts.map(host => h('div', { class: 'num' }, `${host.host}${host.port ? ':' + host.port : ''} ${host.transport ?? ''}`))],
      ['State', trunk => trunkState(trunk.status)],
      ['Takes', trunk => trunk.prefixes?.length ? trunk.prefixes.join(' ') : 'every number'],
      ['', trunk => h('span', { class: 'buttons' }, probe(trunk, report),
        button('Change', () => ask(`Change ${trunk.name}`, trunkFields(trunk), 'Save', async given => { await patch('/v1/trunks/' + trunk.id, trunkBody(given)); again(); })),
        button('Delete', () => confirm(`Delete ${trunk.name}?`, 'Calls that run over it go on; new ones find another way or none.', 'Delete',
          async () => { await remove('/v1/trunks/' + trunk.id); again(); }), 'small danger')), 'right'],
    ], trunks, [h('strong', {}, 'No trunk yet'), 'Until there is one, every call goes to the sandbox. ', h('div', {}, h('a', { class: 'button', href: '/console/start' }, 'First steps'))]),
    report,
  ];
}

function probe(trunk, report) {
  const press = button('Probe', () => attempt(press, async () => {
    const found = await post(`/v1/trunks/${trunk.id}/probe`);
    report.classList.remove('hidden');
    show(report, h('header', {}, h('h2', {}, `Probe of ${trunk.name}`)), probeReport(found));
  }));
  press.dataset.trunk = trunk.name;
  return press;
}
