// A word to the user that goes away by itself; screen readers hear it too.

import { h } from './dom.js';

const list = h('div', { class: 'toasts', role: 'status', 'aria-live': 'polite' });

export function say(text, problem = false) {
  if (!list.isConnected) document.body.append(list);
  const toast = h('div', { class: 'toast' + (problem ? ' problem' : '') }, text);
  list.append(toast);
  while (list.children.length > 4) list.firstChild.remove();
  setTimeout(() => toast.remove(), problem ? 8000 : 3500);
}

/** Runs what a button does: the button waits, a problem is said. */
export async function attempt(button, work, done) {
  button.disabled = true;
  try {
    const result = await work();
    if (done) say(done);
    return result;
  } catch (problem) {
    say(problem.message, true);
    return undefined;
  } finally {
    button.disabled = false;
  }
}
