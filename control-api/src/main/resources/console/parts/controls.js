// The hand on a live call.

import { post } from '../lib/api.js';
import { h, show } from '../lib/dom.js';
import { attempt } from '../lib/notice.js';
import { talk } from '../lib/talk.js';

export function controls(id) {
  const node = h('div', { class: 'card controls', role: 'group', 'aria-label': 'Control this call' });
  const states = { muted: false, held: false };
  let drawn = '';
  let other = () => '';
  return { node, update(call) {
    const mode = call.ended_at ? 'over' : call.direction === 'inbound' && !call.answered_at ? 'offered' : call.answered_at || call.status === 'early_media' ? 'up' : 'dialling';
    other = () => call.direction === 'inbound' ? call.from : call.to;
    if (mode === drawn) return;
    drawn = mode;
    node.classList.toggle('hidden', mode === 'over');
    show(node, parts(mode));
  } };

  function parts(mode) {
    const hangup = action(mode === 'dialling' ? 'Cancel' : 'Hang up', 'hangup', undefined, 'danger');
    if (mode === 'over') return [];
    if (mode === 'offered') return [joining('Answer here', 'primary'), action('Answer', 'answer'), action('Reject', 'reject', undefined, 'danger')];
    if (mode === 'dialling') return [hangup];
    return [
      line('Say', 'What to say', text => ['say', { text }]),
      line('Play', 'Audio address, or a tone such as beep', text => ['play', text.includes('/') ? { url: text } : { tone: text }]),
      line('Send', 'Digits', text => ['dtmf', { digits: text }]),
      line('Transfer', '+44…', to => ['transfer', { to }]),
      h('span', { class: 'buttons' },
        joining('Talk'), action('Stop playing', 'stop'), action('Record', 'record'), action('Stop recording', 'record/stop'),
        toggle('Mute', 'Unmute', 'mute', 'muted'), toggle('Hold', 'Resume', 'hold', 'held'), action('Detect', 'amd'), hangup),
    ];
  }

  function action(label, verb, body, look = '') {
    const button = h('button', { class: 'button ' + look, type: 'button', 'data-verb': verb, onclick: () => attempt(button, () => send(verb, body)) }, label);
    return button;
  }

  /** Joins this browser to the call; one that is coming in is answered by it. */
  function joining(label, look = '') {
    const button = h('button', { class: 'button ' + look, type: 'button', 'data-verb': 'webrtc', onclick: () => attempt(button, () => talk(async sdp_offer => {
      const joined = await send('webrtc', { sdp_offer });
      return { id, name: other(), sdp: joined.sdp_answer };
    })) }, label);
    return button;
  }

  function toggle(on, off, verb, state) {
    const button = h('button', { class: 'button', type: 'button', 'data-verb': verb, 'aria-pressed': 'false', onclick: () => attempt(button, async () => {
      await send(verb, { on: !states[state] });
      states[state] = !states[state];
      button.textContent = states[state] ? off : on;
      button.setAttribute('aria-pressed', String(states[state]));
    }) }, on);
    return button;
  }

  function line(label, hint, command) {
    const input = h('input', { 'aria-label': hint, placeholder: hint, required: true });
    const button = h('button', { class: 'button' }, label);
    return h('form', { 'data-verb': label.toLowerCase(), onsubmit: async event => {
      event.preventDefault();
      const [verb, body] = command(input.value.trim());
      if (await attempt(button, () => send(verb, body))) input.value = '';
    } }, input, button);
  }

  function send(verb, body) {
    return post(`/v1/calls/${id}/${verb}`, body ?? {});
  }
}
