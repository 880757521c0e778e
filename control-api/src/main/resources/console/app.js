// Where the console begins: sign in, or go where the address says.

import { get, onSignedOut } from './lib/api.js';
import { begin, end, go } from './lib/router.js';
import { bind, help, listen } from './lib/shortcuts.js';
import { apply } from './lib/theme.js';
import { stop } from './lib/feed.js';
import { frame } from './parts/frame.js';
import { signIn } from './parts/signin.js';

/** Only says that asking for the session is worth a try; the cookie itself no script can see. */
const KNOWN = 'trunkline-known';

let open = false;

apply();
listen();
onSignedOut(() => { if (open) leave(); });
start();

async function start() {
  const session = localStorage.getItem(KNOWN) && await get('/v1/session').catch(() => null);
  if (session) enter(session);
  else signIn(enter);
}

function enter(session) {
  open = true;
  localStorage.setItem(KNOWN, 'yes');
  const { node, main } = frame(session, leave);
  document.body.replaceChildren(node);
  bind({
    '?': ['Show these keys', help],
    'g c': ['Calls', () => go('calls')],
    'g d': ['Dashboard', () => go('dashboard')],
    'g t': ['Trunks', () => go('trunks')],
    'n': ['Place a call', () => go('place')],
  });
  begin(main, session);
}

function leave() {
  open = false;
  localStorage.removeItem(KNOWN);
  end();
  stop();
  signIn(enter);
}
