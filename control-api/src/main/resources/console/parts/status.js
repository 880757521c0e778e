// A call's state, verdict and quality in few strokes; the words carry it, the colour only helps.

import { h } from '../lib/dom.js';
import { words } from '../lib/format.js';

const LOOK = { in_progress: 'live', ringing: 'ringing', early_media: 'ringing', dialing: 'ringing', queued: 'idle', completed: 'idle',
  cancelled: 'idle', busy: 'failed', no_answer: 'failed', rejected: 'failed', failed: 'failed' };
export const STATUSES = Object.keys(LOOK);

export const statusLook = status => 'chip ' + (LOOK[status] ?? 'idle');
export const statusText = status => ({ in_progress: 'In progress', no_answer: 'No answer', early_media: 'Early media' })[status]
  ?? words(status).replace(/^./, first => first.toUpperCase());
export const status = value => h('span', { class: statusLook(value) }, statusText(value));

export const verdictLook = verdict => 'tag ' + (verdict === 'human' ? 'human' : verdict ? 'machine' : '');
export const verdict = amd => amd && h('span', { class: verdictLook(amd.verdict) }, words(amd.verdict));

/** 0 to 4 bars, as the ear would give them (ITU-T G.107 annex B). */
export const bars = mos => mos === null || mos === undefined ? 0 : mos >= 4.03 ? 4 : mos >= 3.6 ? 3 : mos >= 3.1 ? 2 : 1;

export function meter() {
  return h('span', { class: 'meter', 'aria-hidden': 'true' }, h('i'), h('i'), h('i'), h('i'));
}
