// What was sent to webhooks, and what was not taken.

import { get } from '../lib/api.js';
import { h } from '../lib/dom.js';
import { setQuery } from '../lib/router.js';
import { deliveries } from '../parts/deliveries.js';
import { fresh, pageHead } from '../parts/table.js';

export const title = 'Webhooks';

export function open(place, { query }) {
  let status = query.status ?? '';
  const again = fresh(place, () => get('/v1/webhook-deliveries', { limit: 200, status }), ({ items }) => [
    pageHead('Webhooks', 'The latest deliveries. One that is not taken is tried again for a day, then left as dead.',
      h('select', { 'aria-label': 'State', onchange: event => { status = event.target.value; setQuery({ status }); again(); } },
        [['', 'Any state'], ['pending', 'Pending'], ['delivered', 'Delivered'], ['dead', 'Dead']].map(([value, text]) => h('option', { value, selected: value === status }, text)))),
    items.length ? deliveries(items, () => setTimeout(again, 700), { withCall: true, shown: { all: true } })
      : h('div', { class: 'card empty' }, h('strong', {}, 'Nothing was sent'), 'Give a call a callback_url, or an application a webhook.'),
  ]);
}
