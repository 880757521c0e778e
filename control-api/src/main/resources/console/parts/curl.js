// The same request for a terminal.

import { h } from '../lib/dom.js';
import { say } from '../lib/notice.js';

export function curlText(path, body) {
  const json = JSON.stringify(body, null, 2).replaceAll("'", "'\\''");
  return `curl -s ${location.origin}${path} \\\n  -H "Authorization: Bearer $KEY" \\\n  -H "Content-Type: application/json" \\\n  -d '${json}'`;
}

export function curl() {
  const code = h('pre', { class: 'code', tabindex: '0', 'aria-label': 'The request for a terminal' });
  const copy = h('button', { class: 'button small', type: 'button', onclick: async () => {
    await navigator.clipboard?.writeText(code.textContent).then(() => say('Copied.'), () => say('The browser does not allow it.', true));
  } }, 'Copy');
  return { code, copy, update(path, body) { code.textContent = curlText(path, body); } };
}
