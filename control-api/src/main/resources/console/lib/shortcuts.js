// Keys for those who leave the mouse alone. A page adds its own while it is open.

import { h } from './dom.js';

const active = new Map();
let prefix = '';
let timer = 0;

/** Binds keys such as `j`, `/` or `g c`; returns what unbinds them. */
export function bind(keys) {
  for (const [key, [label, run]] of Object.entries(keys)) active.set(key, { label, run });
  return () => Object.keys(keys).forEach(key => active.delete(key));
}

const typing = target => target.closest?.('input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]');

export function listen() {
  document.addEventListener('keydown', event => {
    if (event.key === 'Escape' && typing(event.target)) return event.target.blur();
    if (event.metaKey || event.ctrlKey || event.altKey || typing(event.target) || document.querySelector('dialog[open]')) return;
    const key = prefix + event.key;
    clearTimeout(timer);
    prefix = '';
    const found = active.get(key);
    if (found) {
      event.preventDefault();
      found.run();
    } else if ([...active.keys()].some(known => known.startsWith(event.key + ' '))) {
      prefix = event.key + ' ';
      timer = setTimeout(() => { prefix = ''; }, 1200);
    }
  });
}

export function help() {
  const rows = [...active].map(([key, { label }]) => [
    h('span', {}, key.split(' ').flatMap((part, i) => [i ? ' ' : '', h('kbd', {}, part)])), h('span', {}, label)]);
  const dialog = h('dialog', { 'aria-labelledby': 'keys-title', onclose: () => dialog.remove() },
    h('h2', { id: 'keys-title' }, 'Keyboard'),
    h('div', { class: 'shortcuts' }, rows),
    h('form', { method: 'dialog', class: 'actions' }, h('button', { class: 'button' }, 'Close')));
  document.body.append(dialog);
  dialog.showModal();
}
