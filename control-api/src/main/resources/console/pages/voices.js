// The voices this switch speaks with, each to be heard.

import { get } from '../lib/api.js';
import { h, icon } from '../lib/dom.js';
import { say } from '../lib/notice.js';
import { fresh, pageHead, table } from '../parts/table.js';

export const title = 'Voices';

export function open(place) {
  const audio = h('audio', { preload: 'none' });
  fresh(place, voices, list => [
    pageHead('Voices', 'What say takes as voice.'), audio,
    table([
      ['Voice', voice => h('strong', {}, voice.id)],
      ['Language', voice => voice.language],
      ['Spoken by', voice => voice.engine],
      ['', voice => voice.sample && sample(voice, audio), 'right'],
    ], list, 'This switch does not tell its voices.'),
  ]);
  return () => audio.pause();
}

/** An older switch has no such list. */
export async function voices() {
  const document = await get('/openapi.json');
  return document.paths['/v1/voices'] ? (await get('/v1/voices')).items : [];
}

function sample(voice, audio) {
  return h('button', { class: 'button small', type: 'button', 'aria-label': `Hear ${voice.id}`, onclick: () => {
    audio.src = voice.sample;
    audio.play().catch(problem => say(`It cannot be heard: ${problem.message}`, true));
  } }, icon('play'), 'Hear');
}
