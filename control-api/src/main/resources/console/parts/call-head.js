// Who, what state, and the few facts that one looks for first.

import { h, show } from '../lib/dom.js';
import { duration, moment, money, talked } from '../lib/format.js';
import { status, verdict } from './status.js';

export function callHead() {
  const node = h('header', { class: 'call-head' });
  let last = null;
  const length = h('dd', { class: 'duration' });
  const tick = setInterval(() => { if (last && !last.ended_at) ticked(); }, 500);
  return { node, close: () => clearInterval(tick), update(call) {
    last = call;
    ticked();
    show(node,
      h('div', { class: 'who' }, h('h1', {}, call.to), status(call.status), verdict(call.amd)),
      h('p', { class: 'muted' }, call.direction === 'inbound' ? 'Came in from ' : 'Called from ', h('span', { class: 'num' }, call.from),
        call.trunk && ` over ${call.trunk}`, call.cause && ` · ${call.cause.text}`),
      h('dl', { class: 'facts' }, facts(call)));
  } };

  function ticked() {
    const text = duration(talked(last)) || '–';
    if (length.textContent !== text) length.textContent = text;
  }

  function facts(call) {
    const setup = call.answered_at && call.dialing_at ? ((Date.parse(call.answered_at) - Date.parse(call.dialing_at)) / 1000).toFixed(1) + ' s' : '–';
    return [
      ['Created', h('dd', {}, moment(call.created_at))],
      ['Until answered', h('dd', {}, setup)],
      ['Talked', length],
      ['Cost', h('dd', {}, `${money(call.cost, call.currency)}`, h('span', { class: 'muted' }, call.billed_seconds ? ` · ${call.billed_seconds} s` : ''))],
      call.line && ['Line', h('dd', {}, call.line)],
      call.tag && ['Tag', h('dd', {}, call.tag)],
      call.cause?.sip_status && ['SIP answer', h('dd', {}, `${call.cause.sip_status} ${call.cause.sip_reason ?? ''}`)],
      Object.keys(call.metadata).length > 0 && ['Metadata', h('dd', { class: 'mono' }, JSON.stringify(call.metadata))],
    ].filter(Boolean).map(([name, value]) => h('div', {}, h('dt', {}, name), value));
  }
}
