// What stays while pages come and go: the rail of places and who is signed in.

import { remove } from '../lib/api.js';
import { h, icon } from '../lib/dom.js';
import { watch } from '../lib/feed.js';
import { here, onMoved } from '../lib/router.js';
import { help } from '../lib/shortcuts.js';
import { talkBar } from './talk-bar.js';
import { next, theme } from '../lib/theme.js';

const PLACES = [
  ['', [['calls', 'Calls', 'calls'], ['place', 'Place a call', 'place'], ['dashboard', 'Dashboard', 'dashboard']]],
  ['Set up', [['start', 'First steps', 'start'], ['trunks', 'Trunks', 'trunks'], ['numbers', 'Numbers', 'numbers'],
    ['keys', 'Keys', 'keys'], ['money', 'Money', 'money']]],
  ['Tools', [['webhooks', 'Webhooks', 'webhooks'], ['voices', 'Voices', 'voices'], ['sandbox', 'Sandbox', 'sandbox']]],
];

export function frame(session, left) {
  const links = [];
  const rail = h('nav', { class: 'rail', 'aria-label': 'Places' },
    h('a', { class: 'brand', href: '/console/calls' }, h('img', { src: '/console/icon.svg', alt: '' }), 'Trunkline'),
    PLACES.map(([group, places]) => [
      group && h('div', { class: 'rail-group' }, group),
      places.map(([path, label, image]) => {
        const link = h('a', { class: 'item', href: '/console/' + path }, icon(image), label);
        links.push([path, link]);
        return link;
      })]),
    foot(session, left));
  onMoved(() => links.forEach(([path, link]) => {
    if (here().split('/')[0] === path || (!here() && path === 'calls')) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }));
  const main = h('main', { class: 'main', id: 'main', tabindex: '-1' });
  return { node: h('div', { class: 'frame' }, rail, main, talkBar()), main };
}

function foot(session, left) {
  const state = h('span', { class: 'chip idle' }, 'Not following');
  watch(now => {
    state.className = 'chip ' + ({ live: 'live', lost: 'failed' }[now] ?? 'idle');
    state.textContent = { live: 'Live', lost: 'Reconnecting …' }[now] ?? 'Idle';
  });
  const look = h('button', { class: 'button quiet small', type: 'button', onclick: () => { look.textContent = label(next()); } }, label(theme()));
  return h('div', { class: 'rail-foot' },
    state,
    h('div', { class: 'muted' }, session.operator ? 'Operator' : session.scopes.includes('admin') ? 'Account admin' : 'Application'),
    h('div', { class: 'row' }, look,
      h('button', { class: 'button quiet small', type: 'button', 'aria-label': 'Keyboard shortcuts', onclick: help }, '?'),
      h('button', { class: 'button quiet small', type: 'button', onclick: signOut }, 'Sign out')));

  async function signOut() {
    await remove('/v1/session').catch(() => {});
    left();
  }
}

const label = name => ({ system: 'Auto', light: 'Light', dark: 'Dark' })[name];
