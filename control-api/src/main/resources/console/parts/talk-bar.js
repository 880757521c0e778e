// Who is being talked to through this browser, on whatever page one is.

import { remove } from '../lib/api.js';
import { h, icon, show } from '../lib/dom.js';
import { say } from '../lib/notice.js';
import { end, mute, watchTalk } from '../lib/talk.js';

const STATE = { connected: 'Talking to', connecting: 'Connecting to', new: 'Connecting to', disconnected: 'Lost' };

export function talkBar() {
  const node = h('div', { class: 'talk-bar hidden', role: 'status' });
  watchTalk(now => {
    node.classList.toggle('hidden', !now);
    if (!now) return show(node);
    const link = h('a', { href: '/console/calls/' + now.id }, now.name);
    return show(node, icon('mic'), h('span', { class: 'grow', 'data-talk': now.connection.connectionState }, `${STATE[now.connection.connectionState] ?? 'With'} `, link),
      h('button', { class: 'button small', type: 'button', 'aria-pressed': String(now.muted), onclick: mute }, now.muted ? 'Unmute' : 'Mute'),
      h('button', { class: 'button small danger', type: 'button', onclick: () => hangUp(now.id) }, 'Hang up'));
  });
  return node;
}

/** First the call, then the microphone: a browser that goes first would look like one that was lost. */
async function hangUp(id) {
  await remove('/v1/calls/' + id).catch(problem => problem.code === 'call_not_active' || say(problem.message, true));
  end();
}
