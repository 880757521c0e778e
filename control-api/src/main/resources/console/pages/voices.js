// The voices this switch speaks with; hear one by having it call you, or the echo.

import { get, items, post } from '../lib/api.js';
import { h } from '../lib/dom.js';
import { attempt } from '../lib/notice.js';
import { go } from '../lib/router.js';
import { button, fresh, pageHead, table } from '../parts/table.js';

export const title = 'Voices';

export function open(place) {
  fresh(place, read, voices => [
    pageHead('Voices', 'What say takes as voice. A sample is a short recorded call to the sandbox, which you then play.'),
    table([
      ['Voice', voice => h('strong', {}, voice.name ?? voice.id)],
      ['Language', voice => voice.language ?? (voice.languages ?? []).join(', ')],
      ['From', voice => voice.provider ?? voice.engine ?? voice.synthesizer ?? ''],
      ['', voice => sample(voice.id ?? voice.name), 'right'],
    ], voices, 'This switch does not tell its voices.'),
  ]);
}

async function read() {
  const document = await get('/openapi.json');
  return document.paths['/v1/voices'] ? items('/v1/voices') : [];
}

function sample(voice) {
  const press = button('Sample', () => attempt(press, async () => {
    const call = await post('/v1/calls', { to: '+15550100016', record: true, tag: 'voice sample',
      say: { text: 'Hello, this is how I sound. Your appointment is on the third of May, at a quarter past nine.', voice } });
    go('calls/' + call.id);
  }));
  return press;
}
