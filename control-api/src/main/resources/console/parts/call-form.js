// What a call can do and how the form says it: one entry a kind, as the API names them.

import { h } from '../lib/dom.js';
import { area, check, field, input, pick } from '../lib/form.js';

const SCRIPT = `[
  {"say": "Press one for sales, two for support."},
  {"gather": {"digits": 1, "timeout": 5}},
  {"hangup": {}}
]`;

export const KINDS = [
  ['say', 'Speak', voices => [
    field('Text', area('say_text', { required: true, rows: 3, value: 'Hello from Trunkline.' }), 'Spoken as soon as the call is answered.'),
    h('div', { class: 'pair' }, field('Voice', voices.length ? pick('say_voice', [['', 'Default'], ...voices]) : input('say_voice', { placeholder: 'default' })),
      field('Speed', input('say_rate', { type: 'number', min: 0.25, max: 4, step: 0.05, placeholder: '1' })))]],
  ['play', 'Play', () => [
    field('Audio', input('play_source', { required: true, placeholder: 'https://… .wav, media id, or a tone such as beep' })),
    field('Times', input('play_loop', { type: 'number', min: 0, max: 1000, placeholder: '1' }), '0 plays until stopped.')]],
  ['script', 'Script', () => [field('Script', area('script', { required: true, rows: 7, class: 'mono', value: SCRIPT }), 'A list of verbs, in order.')]],
  ['answer_url', 'Ask a URL', () => [field('Address', input('answer_url', { type: 'url', required: true, placeholder: 'https://…' }), 'Asked for a script when the call is answered.')]],
  ['stream', 'Stream', () => [field('WebSocket address', input('stream_url', { required: true, placeholder: 'wss://…' }), 'Live audio both ways.')]],
  ['agent', 'Agent', () => [field('Instructions', area('agent_instructions', { required: true, rows: 4 })), field('Greeting', input('agent_greeting')),
    field('Model address', input('agent_url', { placeholder: 'wss://… or the configured one' }))]],
  ['webrtc', 'Talk', () => [h('p', { class: 'muted' }, 'You speak yourself, through this browser; it will ask for the microphone.')]],
  ['ring', 'Ring', () => [field('Seconds', input('ring_seconds', { type: 'number', min: 1, max: 600, required: true, value: '5' }), 'Counted from the first ring, then hung up.')]],
  ['none', 'Hold open', () => [h('p', { class: 'muted' }, 'Stays up, silent, until you hang up: control it live from its page.')]],
];

export function options() {
  return [
    h('div', { class: 'pair' },
      field('Record', pick('record', [['', 'No'], ['dual', 'Both sides apart'], ['mono', 'Both sides mixed']])),
      field('Person or machine?', pick('amd', [['', 'Do not look'], ['true', 'Look'], ['curve', 'Look and show how'], ['beep', 'Look and wait for the beep']]))),
    h('details', {}, h('summary', { class: 'small muted' }, 'More'), h('div', { class: 'form more' },
      h('div', { class: 'pair' }, field('Line', input('line')), field('Trunk', input('trunk'))),
      h('div', { class: 'pair' }, field('Ring for, seconds', input('timeout', { type: 'number', min: 1, max: 600, placeholder: '60' })),
        field('At most, seconds', input('max_duration', { type: 'number', min: 1, max: 86400, placeholder: '14400' }))),
      h('div', { class: 'pair' }, field('Tag', input('tag', { maxlength: 256 })), field('Digits after the answer', input('send_digits'))),
      field('Webhook', input('callback_url', { type: 'url', placeholder: 'https://…' })),
      check('keep', 'Stay up when done'))),
  ];
}

/** The request's body from the form's values. */
export function body(kind, given) {
  const { to, from, line, trunk, timeout, max_duration, tag, send_digits, callback_url, keep } = given;
  return clean({ to, from, line, trunk, ...work(kind, given), record: given.record && { channels: given.record }, amd: AMD[given.amd],
    timeout, max_duration, tag, send_digits, callback_url, keep });
}

const AMD = { true: true, curve: { hypotheses: true }, beep: { hypotheses: true, wait_for_beep: true } };

function work(kind, given) {
  switch (kind) {
    case 'say': return { say: clean({ text: given.say_text, voice: given.say_voice, rate: given.say_rate }) };
    case 'play': return { play: clean({ ...source(given.play_source ?? ''), loop: given.play_loop }) };
    case 'script': return { script: parsed(given.script ?? '[]') };
    case 'answer_url': return { answer_url: given.answer_url };
    case 'webrtc': return { webrtc: { sdp_offer: given.sdp_offer ?? '…' } };
    case 'ring': return { ring: { seconds: given.ring_seconds } };
    case 'stream': return { stream: { url: given.stream_url } };
    case 'agent': return { agent: clean({ instructions: given.agent_instructions, greeting: given.agent_greeting, url: given.agent_url }) };
    default: return {};
  }
}

const source = text => text.includes('/') ? { url: text } : text.startsWith('med') ? { media_id: text } : { tone: text };
const clean = object => Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined && value !== ''));

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch (wrong) {
    return { 'not JSON': wrong.message };
  }
}
