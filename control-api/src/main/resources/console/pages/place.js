// A call to place, and the request that says the same.

import { get, post } from '../lib/api.js';
import { h, show } from '../lib/dom.js';
import { field, input, tabs, values } from '../lib/form.js';
import { go } from '../lib/router.js';
import { talk } from '../lib/talk.js';
import { body, KINDS, options } from '../parts/call-form.js';
import { curl } from '../parts/curl.js';
import { PHONES } from '../parts/phones.js';

export const title = 'Place a call';

export function open(place, { query }) {
  const code = curl();
  const error = h('p', { class: 'error bad', role: 'alert' });
  const send = h('button', { class: 'button primary' }, 'Call');
  const choice = h('div', {});
  const more = h('div', { class: 'form' });
  let kind = KINDS.some(([name]) => name === query.kind) ? query.kind : 'say';
  let voices = [];
  const to = input('to', { required: true, value: query.to ?? '+15550100001', placeholder: '+44…', list: 'phones', inputmode: 'tel' });
  const form = h('form', { class: 'form', oninput: update, onchange: update, onsubmit: submit },
    h('div', { class: 'pair' }, field('To', to), field('From', input('from', { placeholder: 'the usual caller id' }))),
    h('datalist', { id: 'phones' }, PHONES.map(([number, name]) => h('option', { value: number }, name))),
    choice, more, options(), error, h('div', { class: 'buttons' }, send));
  show(place, h('div', { class: 'page' },
    h('div', { class: 'page-head' }, h('div', { class: 'grow' }, h('h1', {}, 'Place a call'))),
    h('div', { class: 'columns form' }, form,
      h('section', { 'aria-label': 'The request' }, h('div', { class: 'page-head' }, h('h2', { class: 'grow' }, 'The same, from a terminal'), code.copy), code.code))));
  kinds(['say', 'play', 'script', 'answer_url', 'ring', 'none', kind]);
  offered();
  to.select();

  /** What this switch's own document lets a call do. */
  async function offered() {
    const document = await get('/openapi.json').catch(() => null);
    voices = (document?.paths['/v1/voices'] ? (await get('/v1/voices').catch(() => ({ items: [] }))).items : []).map(voice => [voice.id, `${voice.id} · ${voice.language}`]);
    const known = document?.components.schemas.NewCall.properties;
    if (known) kinds(KINDS.map(([name]) => name).filter(name => name === 'none' || known[name]));
  }

  function kinds(names) {
    if (!names.includes(kind)) kind = names[0];
    show(choice, tabs('kind', 'When answered', KINDS.filter(([name]) => names.includes(name)), kind));
    draw();
  }

  function draw() {
    const kept = values(form);
    show(more, KINDS.find(([name]) => name === kind)[2](voices));
    for (const control of more.querySelectorAll('[name]')) if (kept[control.name] !== undefined) control.value = kept[control.name];
    update();
  }

  function update() {
    const given = values(form);
    if (given.kind && given.kind !== kind) {
      kind = given.kind;
      draw();
      return;
    }
    code.update('/v1/calls', body(kind, given));
  }

  async function submit(event) {
    event.preventDefault();
    send.disabled = true;
    error.textContent = '';
    try {
      go('calls/' + (kind === 'webrtc' ? await talking() : (await post('/v1/calls', body(kind, values(form)))).id));
    } catch (problem) {
      error.textContent = problem.message;
    } finally {
      send.disabled = false;
    }
  }

  function talking() {
    return talk(async sdp_offer => {
      const call = await post('/v1/calls', body(kind, { ...values(form), sdp_offer }));
      return { id: call.id, name: call.to, sdp: call.webrtc.sdp_answer };
    });
  }
}
