// One call: seen, heard and understood, live or long over.

import { get, items } from '../lib/api.js';
import { h, show } from '../lib/dom.js';
import { follow } from '../lib/feed.js';
import { say } from '../lib/notice.js';
import { go } from '../lib/router.js';
import { bind } from '../lib/shortcuts.js';
import { callHead } from '../parts/call-head.js';
import { controls } from '../parts/controls.js';
import { deliveries } from '../parts/deliveries.js';
import { eventList } from '../parts/event-list.js';
import { findings } from '../parts/findings.js';
import { ladder } from '../parts/ladder.js';
import { player } from '../parts/player.js';
import { quality } from '../parts/quality.js';
import { timeline } from '../parts/timeline.js';
import { spoken, transcript } from '../parts/transcript.js';

export const title = 'Call';
const LIVE_MS = 2000;
const PENDING_MS = 5000;
const MOST_EVENTS = 20_000;

export function open(place, { id }) {
  const path = '/v1/calls/' + encodeURIComponent(id);
  const events = new Map();
  const players = new Map();
  let call = null;
  let closed = false;

  const head = callHead();
  const hand = controls(id);
  const time = timeline(seek);
  const steps = ladder();
  const sound = quality();
  const log = eventList();
  const kept = section('Recording');
  const words = section('Transcript');
  const why = section('Diagnosis');
  const hooks = section('Webhooks');
  const heard = section('Quality', sound.node);
  show(place, h('div', { class: 'page' },
    h('p', { class: 'small' }, h('a', { href: '/console/calls' }, '← Calls')), head.node, hand.node,
    section('Timeline', time.node, time.readout, true), kept, words, why, section('SIP', steps.node, links(['pcap', 'text']), true), heard, hooks,
    section('Events', log.node, h('span', {}, link('Call as JSON', path), ' · ', link('Events as JSON', path + '/events?limit=1000')), true)));

  const unfollow = follow({
    wants: (type, raw) => raw.includes(id),
    take: told => { told.forEach(put); redraw(); },
    begun: load,
  });
  const timer = setInterval(live, LIVE_MS);
  const beat = setInterval(() => { if (call && !call.ended_at) time.update(call, inOrder()); }, 200);
  const unbind = bind({ 'Backspace': ['Back to the calls', () => go('calls')], ' ': ['Play or pause', () => [...players.values()][0]?.toggle()] });
  return () => {
    closed = true;
    unfollow();
    unbind();
    clearInterval(timer);
    clearInterval(beat);
    for (const part of [head, time, steps, sound, ...players.values()]) part.close();
  };

  function put(event) {
    events.set(event.seq, event);
    if (!call || event.seq >= (call.seq ?? 0)) call = { ...event.call, seq: event.seq };
  }

  function inOrder() {
    return [...events.values()].sort((a, b) => a.seq - b.seq);
  }

  async function load() {
    try {
      const [now, told] = await Promise.all([get(path), allEvents(path + '/events')]);
      if (closed) return;
      told.forEach(event => events.set(event.seq, event));
      call = { ...now, seq: Math.max(0, ...events.keys()) };
      document.title = `${call.to} · Trunkline`;
      redraw();
      sampleQuality();
    } catch (problem) {
      if (problem.status === 404) show(place, h('div', { class: 'page' }, h('div', { class: 'empty' }, h('strong', {}, 'There is no such call'), 'Or this key may not see it.')));
      else say(problem.message, true);
    }
  }

  function redraw() {
    if (!call || closed) return;
    const told = inOrder();
    head.update(call);
    hand.update(call);
    time.update(call, told);
    log.update(call, told);
    words.classList.toggle('hidden', !spoken(told).length);
    if (spoken(told).length) fill(words, transcript(call, told));
    more();
  }

  /** What is not told by events is read again after each, at most once a second. */
  function more() {
    if (more.timer) return;
    more.timer = setTimeout(() => { more.timer = 0; readMore(); }, more.once ? 1000 : 0);
    more.once = true;
  }

  async function readMore() {
    if (closed) return;
    const safe = promise => promise.catch(() => null);
    const [trace, recordings, sent, diagnosis] = await Promise.all([safe(get(path + '/trace')), safe(items(path + '/recordings')),
      safe(items('/v1/webhook-deliveries', { call_id: id })), call.ended_at ? safe(get(path + '/diagnosis')) : null]);
    if (closed) return;
    if (trace) steps.update(trace.items);
    (recordings ?? []).filter(one => one.status === 'completed' && !players.has(one.id)).forEach(addPlayer);
    hooks.classList.toggle('hidden', !sent?.length);
    if (sent?.length) fill(hooks, deliveries(sent.sort((a, b) => a.seq - b.seq), () => setTimeout(readMore, 700), { shown: readMore }));
    why.classList.toggle('hidden', !diagnosis);
    if (diagnosis) fill(why, findings(diagnosis.findings));
    if (sent?.some(one => one.status === 'pending')) setTimeout(more, PENDING_MS);
  }

  function addPlayer(recording) {
    const one = player(recording);
    players.set(recording.id, one);
    kept.classList.remove('hidden');
    kept.append(h('div', { class: 'card' }, one.node));
    kept.firstChild.lastChild.replaceChildren(link('Download', `/v1/recordings/${recording.id}/audio`, true));
  }

  /** A click on the timeline plays the recording from there. */
  function seek(ms) {
    const zero = Date.parse(call.created_at);
    for (const event of inOrder().filter(one => one.type === 'recording.started')) {
      const begin = Date.parse(event.occurred_at) - zero;
      const found = players.get(event.data.recording_id);
      if (found && ms >= begin) found.seek((ms - begin) / 1000);
    }
  }

  function live() {
    if (call && !call.ended_at) sampleQuality();
  }

  async function sampleQuality() {
    const series = await get(path + '/quality').catch(() => null);
    const samples = series?.items ?? [];
    heard.classList.toggle('hidden', !samples.length);
    if (samples.length && !closed) sound.update(samples);
  }

  function links(formats) {
    return h('span', {}, formats.map((format, i) => [i ? ' · ' : '', link(format, `${path}/trace?format=${format}`, format === 'pcap' && `${id}.pcap`)]));
  }
}

/** Page after page: a long conversation has thousands. */
async function allEvents(path) {
  const told = [];
  let after = '0';
  while (after !== null && told.length < MOST_EVENTS) {
    const page = await get(path, { after, limit: 1000 });
    told.push(...page.items);
    after = page.next_cursor;
  }
  return told;
}

function link(label, href, download) {
  return download ? h('a', { href, download }, label) : h('a', { href, target: '_blank', rel: 'noopener' }, label);
}

function section(name, node, note, shown = false) {
  return h('section', { class: 'section' + (shown ? '' : ' hidden'), 'aria-label': name },
    h('header', {}, h('h2', { class: 'grow' }, name), h('span', { class: 'small' }, note)), node);
}

function fill(part, node) {
  part.replaceChildren(part.firstChild, node);
}
