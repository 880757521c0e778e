// Labelled fields, and what they hold as JSON: what is left empty is not sent.

import { h } from './dom.js';

let number = 0;

export function field(label, input, hint) {
  const id = input.id || `field-${++number}`;
  input.id = id;
  const note = hint && h('p', { class: 'hint', id: id + '-hint' }, hint);
  if (note) input.setAttribute('aria-describedby', id + '-hint');
  return h('div', { class: 'field' }, h('label', { for: id }, label), input, note);
}

export const input = (name, attributes = {}) => h('input', { name, autocomplete: 'off', spellcheck: 'false', ...attributes });
export const area = (name, attributes = {}) => h('textarea', { name, spellcheck: 'false', ...attributes });
export const check = (name, label, attributes = {}) => h('label', { class: 'check' }, h('input', { type: 'checkbox', name, ...attributes }), label);
export const pick = (name, options, attributes = {}) =>
  h('select', { name, ...attributes }, options.map(([value, text]) => h('option', { value }, text ?? value)));

export function tabs(name, label, options, chosen) {
  return h('fieldset', { class: 'field' }, h('legend', {}, label), h('div', { class: 'tabs' }, options.map(([value, text]) =>
    h('label', {}, h('input', { type: 'radio', name, value, checked: value === chosen }), text))));
}

/** What a form holds, by name; empty fields are left out. */
export function values(form) {
  const found = {};
  for (const control of form.elements) {
    if (!control.name || control.disabled) continue;
    if (control.type === 'checkbox') { if (control.checked) found[control.name] = true; }
    else if (control.type === 'radio') { if (control.checked) found[control.name] = control.value; }
    else if (control.value.trim()) found[control.name] = control.type === 'number' ? Number(control.value) : control.value.trim();
  }
  return found;
}

/** Asks for something in a dialog; `work` gets the form's values and closes it by succeeding. */
export function ask(title, fields, button, work) {
  const error = h('p', { class: 'error bad', role: 'alert' });
  const id = `dialog-${++number}`;
  const send = h('button', { class: 'button primary' }, button);
  const form = h('form', { class: 'form', onsubmit: async event => {
    event.preventDefault();
    send.disabled = true;
    error.textContent = '';
    try {
      await work(values(form));
      dialog.close();
    } catch (problem) {
      error.textContent = problem.message;
    } finally {
      send.disabled = false;
    }
  } }, h('h2', { id }, title), fields, error, h('div', { class: 'actions' },
    h('button', { class: 'button', type: 'button', onclick: () => dialog.close() }, 'Cancel'), send));
  const dialog = h('dialog', { 'aria-labelledby': id, onclose: () => dialog.remove() }, form);
  document.body.append(dialog);
  dialog.showModal();
}

/** Something that cannot be undone wants a second word. */
export function confirm(title, text, button, work) {
  ask(title, h('p', { class: 'muted' }, text), button, work);
}
