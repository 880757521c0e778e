// A trunk's state, and what a probe of it found.

import { h, icon } from '../lib/dom.js';
import { words } from '../lib/format.js';

const LOOK = { up: 'live', down: 'failed', degraded: 'ringing' };

export function trunkState(status) {
  const registered = status.registered === null || status.registered === undefined ? '' : status.registered ? ', registered' : ', not registered';
  return [h('span', { class: 'chip ' + (LOOK[status.state] ?? 'idle') }, words(status.state) + registered),
    status.detail && h('div', { class: 'muted small' }, status.detail)];
}

/** What was asked, what came back, and what to do about it. */
export function probeReport({ state, registered, detail, ok, summary, advice = [], steps = [] }) {
  return h('div', { class: 'card pad probe', 'data-probe': ok ? 'ok' : 'failed' },
    h('p', {}, h('strong', {}, summary), ' ', trunkState({ state, registered, detail: null })),
    advice.length > 0 && h('ul', { class: 'findings' }, advice.map(text => h('li', {}, h('span', { class: 'warn' }, icon('problem')), text))),
    h('ul', { class: 'findings' }, steps.map(step => h('li', {},
      h('span', { class: step.ok ? 'good' : 'bad' }, icon(step.ok ? 'ok' : 'problem')),
      h('span', {}, h('strong', {}, words(step.test)), ' ', h('span', { class: 'muted num' }, `${step.target} · ${step.ms} ms`), h('div', {}, step.text))))));
}
