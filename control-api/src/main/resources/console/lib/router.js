// Addresses under /console are pages. A page is a module with `title` and `open(place, context)`, which fills the
// place and may answer with a function that closes it.

const PAGES = [
  ['calls', () => import('../pages/calls.js')],
  ['calls/:id', () => import('../pages/call.js')],
  ['place', () => import('../pages/place.js')],
  ['dashboard', () => import('../pages/dashboard.js')],
  ['start', () => import('../pages/start.js')],
  ['trunks', () => import('../pages/trunks.js')],
  ['numbers', () => import('../pages/numbers.js')],
  ['keys', () => import('../pages/keys.js')],
  ['money', () => import('../pages/money.js')],
  ['webhooks', () => import('../pages/webhooks.js')],
  ['voices', () => import('../pages/voices.js')],
  ['sandbox', () => import('../pages/sandbox.js')],
];
const BASE = '/console/';

let place;
let session;
let close = () => {};
let turn = 0;
const moved = new Set();

export const onMoved = listener => moved.add(listener);
export const here = () => location.pathname.slice(BASE.length);

export function begin(element, who) {
  place = element;
  session = who;
  addEventListener('popstate', open);
  document.addEventListener('click', follow);
  return open();
}

export function end() {
  turn++;
  close();
  close = () => {};
  removeEventListener('popstate', open);
  document.removeEventListener('click', follow);
}

export function go(path) {
  history.pushState(null, '', BASE + path);
  return open();
}

/** Changes the query without opening the page anew. */
export function setQuery(query) {
  const given = new URLSearchParams(Object.entries(query).filter(([, value]) => value));
  history.replaceState(null, '', location.pathname + (given.size ? '?' + given : ''));
}

function follow(click) {
  const link = click.target.closest?.('a[href]');
  const plain = click.button === 0 && !click.metaKey && !click.ctrlKey && !click.shiftKey && !click.altKey;
  if (!link || !plain || link.target || link.hasAttribute('download')) return;
  const url = new URL(link.href);
  if (url.origin !== location.origin || !(url.pathname + '/').startsWith(BASE)) return;
  click.preventDefault();
  go(url.pathname.slice(BASE.length) + url.search);
}

function match(path) {
  const parts = path.split('/');
  for (const [pattern, load] of PAGES) {
    const wanted = pattern.split('/');
    if (wanted.length === parts.length && wanted.every((part, i) => part.startsWith(':') ? parts[i] : part === parts[i])) {
      return { load, id: decodeURIComponent(parts[1] ?? '') };
    }
  }
  return { load: () => import('../pages/missing.js'), id: '' };
}

async function open() {
  const mine = ++turn;
  const { load, id } = match(here() || 'calls');
  const page = await load();
  if (mine !== turn) return;
  close();
  place.className = 'main' + (page.fills ? ' fills' : '');
  place.replaceChildren();
  place.scrollTop = 0;
  document.title = `${page.title} · Trunkline`;
  moved.forEach(listener => listener());
  close = page.open(place, { id, session, query: Object.fromEntries(new URLSearchParams(location.search)) }) ?? (() => {});
}
