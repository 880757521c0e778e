// Accounts with their limits and balance, the books, and what calls cost.

import { get, items, patch, post, request } from '../lib/api.js';
import { h } from '../lib/dom.js';
import { area, ask, check, field, input } from '../lib/form.js';
import { money, moment, words } from '../lib/format.js';
import { say } from '../lib/notice.js';
import { button, fresh, pageHead, part, table } from '../parts/table.js';

export const title = 'Money';

export function open(place, { session }) {
  fresh(place, read, (found, again) => draw(found, again, session));
}

async function read() {
  const [accounts, rates, usage] = await Promise.all([items('/v1/accounts'), items('/v1/rates'), get('/v1/usage', { group_by: 'day' })]);
  return { rates, usage: usage.items.slice(0, 31), accounts: await Promise.all(accounts.map(async account => ({ ...account,
    balance: await get(`/v1/accounts/${account.id}/balance`).then(found => found.balance, () => null),
    ledger: await get(`/v1/accounts/${account.id}/ledger`, { limit: 20 }).then(found => found.items, () => []) }))) };
}

function draw({ accounts, rates, usage }, again, session) {
  return [
    pageHead('Money', 'Limits, balances and the books; rates say what a minute costs.'),
    accounts.map(account => accountPart(account, again, session)),
    part('Usage by day', null, table([
      ['Day', row => row.period], ['Direction', row => row.direction], ['Calls', row => row.calls, 'right'], ['Answered', row => row.answered, 'right'],
      ['Billed seconds', row => row.billed_seconds, 'right'], ['Cost', row => money(row.cost, row.currency), 'right'],
    ], usage, 'No call has ended yet.')),
    part('Rates', session.operator && button('Import rates', () => importRates(again)), table([
      ['Prefix', rate => h('span', { class: 'num' }, rate.prefix || 'every number')], ['A minute', rate => money(rate.per_minute, rate.currency), 'right'],
      ['Connection', rate => money(rate.connection_fee ?? '0', rate.currency), 'right'], ['Counted in', rate => `${rate.first_increment ?? 1} / ${rate.next_increment ?? 1} s`, 'right'],
    ], rates.slice(0, 200), 'No rate: no call can be placed.')),
  ];
}

function accountPart(account, again, session) {
  const limits = account.limits ?? {};
  const fact = (name, value) => h('div', {}, h('dt', {}, name), h('dd', {}, value ?? 'no limit'));
  return part(`Account ${account.name}`, [session.operator && button('Add credit', () => credit(account, again)),
    (session.operator || session.scopes.includes('admin')) && button('Limits', () => setLimits(account, again))],
  h('dl', { class: 'stats spaced' },
    h('div', {}, h('dt', {}, account.prepaid ? 'Balance, prepaid' : 'Balance'), h('dd', {}, money(account.balance, account.currency))),
    fact('Calls at once', limits.concurrent), fact('New calls a second', limits.cps), fact('Spent a day', limits.spend_day), fact('Spent a month', limits.spend_month)),
  account.ledger.length > 0 && table([
    ['When', entry => moment(entry.created_at)], ['What', entry => words(entry.kind)],
    ['For', entry => entry.call_id ? h('a', { href: '/console/calls/' + entry.call_id }, 'a call') : entry.note ?? ''],
    ['Amount', entry => money(entry.amount, entry.currency), 'right'],
  ], account.ledger, ''));
}

function credit(account, again) {
  ask(`Credit for ${account.name}`, [field('Amount', input('amount', { required: true, placeholder: '25.00', inputmode: 'decimal' })), field('Note', input('note'))], 'Add',
    async given => { await post(`/v1/accounts/${account.id}/credits`, given); again(); });
}

function setLimits(account, again) {
  const limits = account.limits ?? {};
  ask(`Limits of ${account.name}`, [
    h('div', { class: 'pair' }, field('Calls at once', input('concurrent', { type: 'number', min: 0, value: limits.concurrent ?? '' })),
      field('New calls a second', input('cps', { type: 'number', min: 1, value: limits.cps ?? '' }))),
    h('div', { class: 'pair' }, field('Spent a day', input('spend_day', { value: limits.spend_day ?? '' })), field('Spent a month', input('spend_month', { value: limits.spend_month ?? '' }))),
    check('prepaid', 'Prepaid: no call without money', { checked: account.prepaid }),
  ], 'Save', async ({ prepaid, ...given }) => { await patch('/v1/accounts/' + account.id, { limits: given, prepaid: prepaid ?? false }); again(); });
}

function importRates(again) {
  ask('Import rates', [field('CSV', area('csv', { required: true, rows: 8, class: 'mono', placeholder: 'prefix,per_minute,connection_fee\n+44,0.0125,0' }),
    'A heading, then a line a prefix; prefixes that exist are replaced.')], 'Import', async ({ csv }) => {
    const answer = await request('POST', '/v1/rates/import', csv, { 'Content-Type': 'text/csv' });
    const told = await answer.json();
    say(`Imported: ${Object.entries(told).map(([name, value]) => `${value} ${words(name)}`).join(', ')}.`);
    again();
  });
}
