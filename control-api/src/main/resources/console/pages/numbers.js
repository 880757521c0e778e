// Where calls that come in are led, and the named identities that calls go out under.

import { items, post, remove } from '../lib/api.js';
import { h } from '../lib/dom.js';
import { area, ask, check, confirm, field, input } from '../lib/form.js';
import { button, fresh, pageHead, part, table } from '../parts/table.js';

export const title = 'Numbers and lines';

export function open(place) {
  fresh(place, async () => ({ numbers: await items('/v1/numbers'), lines: await items('/v1/lines') }), draw);
}

function draw({ numbers, lines }, again) {
  return [
    pageHead('Numbers and lines', 'Numbers say what happens to calls coming in; lines are the identities calls go out under.'),
    part('Numbers', button('Add a number', () => addNumber(again)), table([
      ['Number', number => h('strong', { class: 'num' }, number.number)],
      ['A call to it', route],
      ['', number => drop('number', number.number, '/v1/numbers/' + number.id, again), 'right'],
    ], numbers, 'No number yet: calls coming in are answered with 404.')),
    part('Lines', button('Add a line', () => addLine(again)), table([
      ['Name', line => h('strong', {}, line.name)],
      ['Number', line => h('span', { class: 'num' }, line.number ?? '–')],
      ['Trunk', line => line.trunk ?? 'any that matches'],
      ['Calls', line => line.exclusive ? 'one at a time' : line.max_concurrent ? `${line.max_concurrent} at most` : 'as many as may be'],
      ['', line => drop('line', line.name, '/v1/lines/' + line.id, again), 'right'],
    ], lines, 'No line yet: calls go out under the usual caller id.')),
  ];
}

function route(number) {
  if (number.answer_url) return ['asks ', h('span', { class: 'mono' }, number.answer_url)];
  if (number.script) return ['runs a script: ', h('span', { class: 'muted' }, number.script.map(verb => Object.keys(verb)[0]).join(', '))];
  if (number.reject) return 'is rejected';
  return number.webrtc ? 'rings in the browser' : 'asks the application';
}

const drop = (noun, name, path, again) => button('Delete', () => confirm(`Delete ${name}?`, `The ${noun} is gone at once.`, 'Delete',
  async () => { await remove(path); again(); }), 'small danger');

function addNumber(again) {
  ask('Add a number', [
    field('Number', input('number', { required: true, placeholder: '+44…', inputmode: 'tel' })),
    field('Ask this address for a script', input('answer_url', { type: 'url', placeholder: 'https://…' })),
    field('or run this script', area('script', { rows: 4, class: 'mono', placeholder: '[{"say": "Hello"}, {"hangup": {}}]' })),
  ], 'Add', async ({ number, answer_url, script }) => {
    await post('/v1/numbers', { number, ...(answer_url ? { answer_url } : {}), ...(script ? { script: JSON.parse(script) } : {}) });
    again();
  });
}

function addLine(again) {
  ask('Add a line', [
    field('Name', input('name', { required: true })),
    h('div', { class: 'pair' }, field('Number', input('number', { placeholder: '+44…' })), field('Trunk', input('trunk', { placeholder: 'any that matches' }))),
    field('Calls at once, at most', input('max_concurrent', { type: 'number', min: 1 })),
    check('exclusive', 'One call at a time'),
  ], 'Add', async given => { await post('/v1/lines', given); again(); });
}
