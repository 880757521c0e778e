// How the switch does: what calls did lately, and how the node itself feels.

import { get, request } from '../lib/api.js';
import { h, show } from '../lib/dom.js';
import { tabs } from '../lib/form.js';
import { percent, words } from '../lib/format.js';
import { metrics } from '../lib/metrics.js';
import { setQuery } from '../lib/router.js';
import { minutes } from '../parts/minutes.js';
import { shares } from '../parts/shares.js';
import { pageHead, part } from '../parts/table.js';

export const title = 'Dashboard';
const SPANS = [['60', 'Hour'], ['1440', 'Day'], ['10080', 'Week']];
const NODE = /^trunkline_(?!http|amd)/;

export function open(place, { query }) {
  let span = query.minutes ?? '60';
  const chart = minutes();
  const top = h('dl', { class: 'stats' });
  const [statuses, causes, verdicts, node] = [h('div'), h('div'), h('div'), h('dl', { class: 'facts' })];
  const choice = h('form', { onchange: event => { span = event.target.value; setQuery({ minutes: span }); read(); } }, tabs('span', '', SPANS, span));
  choice.querySelector('legend').replaceChildren(h('span', { class: 'visually-hidden' }, 'Over'));
  show(place, h('div', { class: 'page' },
    pageHead('Dashboard', null, choice), top,
    part('Calls begun', h('span', { class: 'muted small' }, 'filled: answered'), chart.node),
    h('div', { class: 'columns' }, part('How they went', null, statuses), part('Who answered', null, verdicts)),
    h('div', { class: 'columns' }, part('Why they ended', null, causes), part('This node', null, node))));
  read();
  const timer = setInterval(read, 5000);
  return () => { clearInterval(timer); chart.close(); };

  async function read() {
    const [sum, figures, ready] = await Promise.all([get('/v1/summary', { minutes: span }).catch(() => null), metrics().catch(() => []), health()]);
    if (!sum) return;
    const lately = sum.minutes.filter(one => Date.now() - Date.parse(one.name) < 120_000).reduce((n, one) => n + one.calls, 0);
    show(top, stat('Live now', sum.active), stat('Calls a second', (lately / 120).toFixed(lately < 12 ? 2 : 1)), stat('Calls', sum.calls),
      stat('Answered', percent(sum.calls ? sum.answered / sum.calls : null, 0)),
      stat('Taken for a machine', percent(share(sum.verdicts, one => one !== 'human'), 0)));
    chart.update(sum.minutes, Number(span));
    show(statuses, shares(sum.statuses));
    show(causes, shares(sum.causes));
    show(verdicts, shares(sum.verdicts));
    show(node, ...ready, ...figures.filter(one => one.name && NODE.test(one.name) && !/_(sum|count|bucket)$/.test(one.name)).slice(0, 40).map(figure));
  }
}

const stat = (name, value) => h('div', {}, h('dt', {}, name), h('dd', {}, String(value)));

function share(list, wanted) {
  const all = list.reduce((n, one) => n + one.calls, 0);
  return all ? list.filter(one => wanted(one.name)).reduce((n, one) => n + one.calls, 0) / all : null;
}

async function health() {
  const answer = await request('GET', '/health/ready').then(ok => ok.json(), () => ({ checks: [] }));
  return (answer.checks ?? []).map(check => h('div', {}, h('dt', {}, words(check.name)),
    h('dd', {}, h('span', { class: 'chip ' + (check.status === 'up' ? 'live' : 'failed') }, check.detail ?? check.status))));
}

function figure({ name, labels, value }) {
  const kind = Object.values(labels).join(' ');
  const shown = /bytes/.test(name) ? (value / 1e6).toFixed(0) + ' MB' : /micros$/.test(name) ? (value / 1000).toFixed(2) + ' ms' : /seconds/.test(name) ? (value * 1000).toFixed(1) + ' ms' : Number.isInteger(value) ? value : value.toFixed(2);
  return h('div', {}, h('dt', {}, words(name.replace(/^trunkline_/, '').replace(/_(seconds|bytes|micros|total)/, '')) + (kind ? ` (${kind})` : '')), h('dd', {}, String(shown)));
}
