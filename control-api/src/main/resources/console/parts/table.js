// A plain table of things, with a word where there are none.

import { h } from '../lib/dom.js';

/** @param columns pairs of a heading and what a row shows under it; the heading '' holds actions */
export function table(columns, rows, nothing) {
  if (!rows.length) return h('div', { class: 'card empty' }, nothing);
  return h('div', { class: 'card scroll-x' }, h('table', {},
    h('thead', {}, h('tr', {}, columns.map(([label, , look]) =>
      h('th', { scope: 'col', class: look }, label || h('span', { class: 'visually-hidden' }, 'Actions'))))),
    h('tbody', {}, rows.map(row => h('tr', {}, columns.map(([, cell, look]) => h('td', { class: look }, cell(row))))))));
}

export function pageHead(title, text, ...actions) {
  return h('div', { class: 'page-head' }, h('div', { class: 'grow' }, h('h1', {}, title), text && h('p', {}, text)), actions);
}

export const part = (title, actions, ...nodes) =>
  h('section', { class: 'section', 'aria-label': title }, h('header', {}, h('h2', { class: 'grow' }, title), actions), nodes);

/** A button that does its work when pressed. */
export const button = (label, run, look = 'small') => h('button', { class: 'button ' + look, type: 'button', onclick: run }, label);

/** Fills the page now and whenever it is told to; a problem is shown in its stead. */
export function fresh(place, read, draw) {
  const box = h('div', { class: 'page' });
  place.replaceChildren(box);
  const again = async () => {
    try {
      box.replaceChildren(...draw(await read(), again).flat(9).filter(Boolean));
    } catch (problem) {
      box.replaceChildren(h('div', { class: 'empty' }, h('strong', {}, problem.status === 403 ? 'This key may not see that' : 'That did not work'), problem.message));
    }
  };
  again();
  return again;
}
