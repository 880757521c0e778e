// The door: a key goes in once, a cookie that no script can read comes back.

import { post } from '../lib/api.js';
import { h } from '../lib/dom.js';

export function signIn(entered) {
  document.title = 'Sign in · Trunkline';
  const key = h('input', { id: 'key', type: 'password', autocomplete: 'current-password', required: true, spellcheck: 'false', placeholder: 'tk_…' });
  const error = h('p', { class: 'error', id: 'key-error', role: 'alert' });
  const button = h('button', { class: 'button primary' }, 'Sign in');
  const form = h('form', { onsubmit: submit },
    h('div', { class: 'brand' }, h('img', { src: '/console/icon.svg', alt: '' }), h('h1', {}, 'Trunkline')),
    h('div', { class: 'field' },
      h('input', { class: 'hidden', type: 'text', autocomplete: 'username', value: 'key', tabindex: '-1', 'aria-hidden': 'true' }),
      h('label', { for: 'key' }, 'API key or admin key'), key, error,
      h('p', { class: 'hint' }, 'The first keys are in data/keys on the machine that runs the switch.')),
    button);
  document.body.replaceChildren(h('main', { class: 'signin' }, form));
  key.focus();

  async function submit(event) {
    event.preventDefault();
    button.disabled = true;
    try {
      entered(await post('/v1/session', { key: key.value.trim() }));
    } catch (problem) {
      error.textContent = problem.message;
      key.setAttribute('aria-invalid', 'true');
      key.setAttribute('aria-describedby', 'key-error');
      key.select();
    } finally {
      button.disabled = false;
    }
  }
}
