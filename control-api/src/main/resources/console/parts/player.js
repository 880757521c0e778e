// A recording to look at and listen to: the far side above, us below; click where to begin.

import { get } from '../lib/api.js';
import { h, icon, show, svg } from '../lib/dom.js';
import { duration } from '../lib/format.js';
import { onWidth } from '../lib/scale.js';

const POINTS = 600;
const LANE = 40;

export function player(recording) {
  const length = recording.duration_ms / 1000;
  const audio = h('audio', { src: `/v1/recordings/${recording.id}/audio`, preload: 'none' });
  const button = h('button', { class: 'button round', type: 'button', 'aria-label': 'Play', onclick: toggle }, icon('play'));
  const clock = h('span', { class: 'num small muted' }, duration(recording.duration_ms));
  const wave = h('div', { class: 'wave', role: 'slider', tabindex: '0', 'aria-label': 'Position in the recording', 'aria-valuemin': '0',
    'aria-valuemax': String(Math.round(length)), 'aria-valuenow': '0', onclick: event => seek(event.offsetX / wave.clientWidth * length), onkeydown: keys });
  const sides = h('div', { class: 'sides', 'aria-hidden': 'true' }, recording.channels === 2 ? [h('span', {}, 'Them'), h('span', {}, 'Us')] : null);
  const node = h('div', { class: 'player' }, button, sides, wave, clock, audio);
  const lanes = recording.channels === 2 ? ['left', 'right'] : [null];
  let peaks = lanes.map(() => []);
  let moving = null;
  let frame = 0;
  const stop = onWidth(wave, draw);
  for (const event of ['play', 'pause', 'ended', 'seeked']) audio.addEventListener(event, changed);
  Promise.all(lanes.map(channel => get(`/v1/recordings/${recording.id}/waveform`, { points: POINTS, channel })))
    .then(found => { peaks = found.map(one => one.peaks); draw(wave.clientWidth); }, () => {});
  return { node, seek, toggle, close: () => { stop(); audio.pause(); cancelAnimationFrame(frame); } };

  function draw(width) {
    if (!width) return;
    const height = LANE * lanes.length + (lanes.length > 1 ? 4 : 0);
    const paths = peaks.map((lane, i) => svg('path', { d: shape(lane, width, i * (LANE + 4) + LANE / 2) }));
    const clip = svg('rect', { x: 0, y: 0, width: 0, height });
    const id = 'clip-' + recording.id;
    const head = svg('line', { class: 'head', x1: 0, x2: 0, y1: 0, y2: height });
    moving = { clip, head, width };
    show(wave, svg('svg', { class: 'chart', viewBox: `0 0 ${width} ${height}`, height, 'aria-hidden': 'true' },
      svg('defs', {}, svg('clipPath', { id }, clip)), paths,
      svg('g', { class: 'played', 'clip-path': `url(#${id})` }, paths.map(path => path.cloneNode())), head));
    move();
  }

  function move() {
    if (!moving) return;
    const x = Math.min(1, audio.currentTime / length) * moving.width;
    moving.clip.setAttribute('width', x);
    moving.head.setAttribute('x1', x);
    moving.head.setAttribute('x2', x);
    clock.textContent = `${duration(audio.currentTime * 1000)} / ${duration(recording.duration_ms)}`;
    wave.setAttribute('aria-valuenow', String(Math.round(audio.currentTime)));
    wave.setAttribute('aria-valuetext', duration(audio.currentTime * 1000));
  }

  function changed() {
    show(button, icon(audio.paused ? 'play' : 'pause'));
    button.setAttribute('aria-label', audio.paused ? 'Play' : 'Pause');
    cancelAnimationFrame(frame);
    const run = () => { move(); if (!audio.paused) frame = requestAnimationFrame(run); };
    run();
  }

  function toggle() {
    if (audio.paused) audio.play().catch(() => {});
    else audio.pause();
  }

  function seek(to) {
    audio.currentTime = Math.max(0, Math.min(length, to));
    audio.play().catch(() => {});
  }

  function keys(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowUp: 5, ArrowDown: -5 }[event.key];
    if (step) { event.preventDefault(); audio.currentTime = Math.max(0, Math.min(length, audio.currentTime + step)); move(); }
    if (event.key === ' ' || event.key === 'Enter') { event.preventDefault(); toggle(); }
  }
}

/** Peaks mirrored about the middle, never thinner than a hair. */
function shape(lane, width, middle) {
  if (!lane.length) return '';
  const step = width / lane.length;
  const y = peak => Math.max(0.5, Math.sqrt(peak) * LANE / 2 - 1);
  const up = lane.map((peak, i) => `${(i * step).toFixed(1)} ${(middle - y(peak)).toFixed(1)}`);
  const down = lane.map((peak, i) => `${(i * step).toFixed(1)} ${(middle + y(peak)).toFixed(1)}`).reverse();
  return `M${up.join('L')}L${down.join('L')}Z`;
}
