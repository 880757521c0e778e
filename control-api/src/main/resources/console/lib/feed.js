// The switch's event feed: one connection for the page, resumed after the last event seen. Events are handed over in
// batches, at most four times a second, and one that nobody wants is not even parsed.

const BATCH_MS = 250;
const RETRY_MS = 1000;
const FORGET_MS = 60_000;

const listeners = new Set();
const watchers = new Set();
let last = null;
let lost = 0;
let connection = null;
let batch = [];
let timer = 0;
let state = 'off';

/**
 * @param wants whether an event is of interest, by its type and its text before that is parsed
 * @param take receives an array of events, in order
 * @param begun called when the feed runs anew and what was missed must be read again
 */
export function follow({ wants, take, begun }) {
  const listener = { wants, take, begun };
  listeners.add(listener);
  if (!connection) connect();
  else if (state === 'live') begun?.();
  return () => {
    listeners.delete(listener);
    if (!listeners.size) stop();
  };
}

export function watch(watcher) {
  watchers.add(watcher);
  watcher(state);
  return () => watchers.delete(watcher);
}

function enter(next) {
  if (state === next) return;
  state = next;
  watchers.forEach(watcher => watcher(state));
}

export function stop() {
  connection?.abort();
  connection = null;
  last = null;
  batch = [];
  enter('off');
}

async function connect() {
  const mine = connection = new AbortController();
  const resumed = last !== null && Date.now() - lost < FORGET_MS;
  try {
    const response = await fetch('/v1/events', {
      headers: resumed ? { 'Last-Event-ID': last } : {}, signal: mine.signal, credentials: 'same-origin' });
    if (!response.ok) throw new Error(response.status);
    enter('live');
    if (!resumed) listeners.forEach(listener => listener.begun?.());
    await read(response.body.pipeThrough(new TextDecoderStream()).getReader());
  } catch (problem) {
    if (mine.signal.aborted) return;
    if (problem.message === '401') return stop();
    if (problem.message === '400') last = null;
  }
  if (connection !== mine) return;
  lost = Date.now();
  enter('lost');
  setTimeout(() => connection === mine && connect(), RETRY_MS);
}

async function read(reader) {
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const blocks = (rest + value).split('\n\n');
    rest = blocks.pop();
    blocks.forEach(event);
  }
}

function event(block) {
  if (!block.startsWith('id: ')) return;
  const [id, type, data] = block.split('\n', 3);
  last = id.slice(4);
  const name = type.slice(7);
  const takers = [...listeners].filter(listener => listener.wants(name, data));
  if (!takers.length) return;
  batch.push({ takers, event: JSON.parse(data.slice(6)) });
  timer ||= setTimeout(deliver, BATCH_MS);
}

function deliver() {
  timer = 0;
  const told = batch;
  batch = [];
  listeners.forEach(listener => {
    const wanted = told.filter(({ takers }) => takers.includes(listener)).map(({ event }) => event);
    if (wanted.length) listener.take(wanted);
  });
}
