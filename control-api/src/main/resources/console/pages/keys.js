// Applications and the keys that speak for them. A key is shown once.

import { get, items, patch, post, remove } from '../lib/api.js';
import { h } from '../lib/dom.js';
import { ask, check, confirm, field, input } from '../lib/form.js';
import { when } from '../lib/format.js';
import { button, fresh, pageHead, part, table } from '../parts/table.js';

export const title = 'Keys';
const SCOPES = [['read', 'Read', true], ['write', 'Place and control calls', true], ['account', 'See the whole account', false], ['admin', 'Administer the account', false]];

export function open(place, { session }) {
  fresh(place, () => read(session.operator || session.scopes.includes('admin')), draw);
}

async function read(mayAdminister) {
  const applications = await items('/v1/applications');
  return Promise.all(applications.map(async application => ({ ...application,
    keys: mayAdminister ? (await get(`/v1/applications/${application.id}/keys`)).items : null })));
}

function draw(applications, again) {
  return [
    pageHead('Keys', 'An application has its webhook and its keys; a key sees its application’s calls.', button('Add an application', () => addApplication(again))),
    applications.map(application => part(application.name, [
      button('Webhook', () => setWebhook(application, again)), button('Make a key', () => makeKey(application, again))],
    h('p', { class: 'muted small spaced' }, application.callback_url ? `Events go to ${application.callback_url}` : 'Events go to no webhook.'),
    application.keys === null ? h('div', { class: 'card empty' }, 'Only an admin key sees the keys.') : table([
      ['Name', key => h('strong', {}, key.name)],
      ['Ends in', key => h('span', { class: 'mono' }, key.hint)],
      ['May', key => key.scopes.join(', ')],
      ['Last used', key => key.last_used_at ? when(key.last_used_at) : 'never'],
      ['Ends', key => key.expires_at ? when(key.expires_at) : 'never'],
      ['', key => button('Revoke', () => confirm(`Revoke ${key.name}?`, 'Whoever uses it is refused from now on.', 'Revoke',
        async () => { await remove(`/v1/applications/${application.id}/keys/${key.id}`); again(); }), 'small danger'), 'right'],
    ], application.keys, 'No key yet.'))),
  ];
}

function makeKey(application, again) {
  ask(`A key for ${application.name}`, [
    field('Name', input('name', { required: true, placeholder: 'what will use it' })),
    h('fieldset', { class: 'field' }, h('legend', {}, 'May'), SCOPES.map(([name, label, checked]) => check(name, label, { checked }))),
  ], 'Make', async given => {
    const made = await post(`/v1/applications/${application.id}/keys`, { name: given.name, scopes: SCOPES.map(([name]) => name).filter(name => given[name]) });
    again();
    showKey(made.key);
  });
}

function showKey(key) {
  const dialog = h('dialog', { 'aria-labelledby': 'key-title', onclose: () => dialog.remove() },
    h('h2', { id: 'key-title' }, 'The key, shown this once'), h('pre', { class: 'code', tabindex: '0' }, key),
    h('form', { method: 'dialog', class: 'actions' },
      h('button', { class: 'button', type: 'button', onclick: () => navigator.clipboard?.writeText(key) }, 'Copy'), h('button', { class: 'button primary' }, 'I have it')));
  document.body.append(dialog);
  dialog.showModal();
}

function setWebhook(application, again) {
  ask(`Where events of ${application.name} go`, [
    field('Webhook', input('callback_url', { type: 'url', value: application.callback_url ?? '', placeholder: 'https://…' }), 'Every event is posted there, signed, in order, until it is taken.'),
    field('Answer URL', input('answer_url', { type: 'url', value: application.answer_url ?? '', placeholder: 'https://…' }), 'Asked for a script by calls that bring none.'),
  ], 'Save', async given => {
    await patch('/v1/applications/' + application.id, { callback_url: given.callback_url ?? null, answer_url: given.answer_url ?? null });
    again();
  });
}

function addApplication(again) {
  ask('Add an application', [field('Name', input('name', { required: true }))], 'Add', async given => { await post('/v1/applications', given); again(); });
}
