// The diagnosis in words.

import { h, icon } from '../lib/dom.js';

export function findings(list) {
  return h('ul', { class: 'findings card pad' }, list.map(({ code, text }) => {
    const well = code === 'healthy';
    return h('li', {}, h('span', { class: well ? 'good' : 'warn' }, icon(well ? 'ok' : 'problem')), h('span', {}, text));
  }));
}
