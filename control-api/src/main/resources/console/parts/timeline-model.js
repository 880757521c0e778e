// What a call's events mean on a time axis. Pure: events in, bars and marks out, in milliseconds from its creation.

export function model(call, events, now) {
  const zero = Date.parse(call.created_at);
  const at = text => Date.parse(text) - zero;
  const end = call.ended_at ? at(call.ended_at) : now - zero;
  const answer = call.answered_at ? at(call.answered_at) : null;
  const found = { end, answer, phases: phases(call, at, end), plays: [], records: [], speech: [], marks: [], amd: [], verdict: null, threshold: null };
  const open = new Map();
  for (const event of events) collect(found, event, at(event.occurred_at), open);
  for (const { list, bar } of open.values()) list.push({ ...bar, to: end });
  found.end = Math.max(found.end, ...found.records.map(bar => bar.to), ...found.plays.map(bar => bar.to), 1000);
  return found;
}

function phases(call, at, end) {
  const steps = [['setup', call.created_at, 'Setting up'], ['ringing', call.ringing_at, 'Ringing'], ['answered', call.answered_at, 'In progress']]
    .filter(([, time]) => time);
  return steps.map(([kind, time, label], i) => ({ kind, label, from: at(time), to: steps[i + 1] ? at(steps[i + 1][1]) : end }))
    .filter(bar => bar.to > bar.from);
}

function collect(found, { type, data }, t, open) {
  const begin = (key, list, bar) => open.set(key, { list, bar: { from: t, ...bar } });
  const finish = (key, more = {}) => {
    const one = open.get(key);
    if (one) one.list.push({ ...one.bar, to: t, ...more });
    open.delete(key);
  };
  const answered = ms => (found.answer ?? 0) + ms;
  switch (type) {
    case 'playback.started': return begin(data.playback_id, found.plays, { kind: 'play', label: 'Playing' });
    case 'playback.finished': return finish(data.playback_id, { label: data.reason === 'completed' ? 'Played' : `Played, ${data.reason}` });
    case 'recording.started': return begin(data.recording_id, found.records, { kind: 'record', label: 'Recording' });
    case 'recording.completed':
    case 'recording.recovered': return closeRecording(found, data, open);
    case 'speech.started': return begin('speech', found.speech, { kind: 'speech', label: 'Speech' });
    case 'speech.stopped': return finish('speech');
    case 'dtmf.received': return found.marks.push({ at: t, text: data.digit, label: `Digit ${data.digit} received`, lane: 'far' });
    case 'amd.hypothesis': return found.amd.push({ at: answered(data.ms), p: data.p });
    case 'amd.result': found.verdict = { at: answered(data.ms), verdict: data.verdict, confidence: data.confidence }; return undefined;
    case 'amd.beep': return found.marks.push({ at: answered(data.onset_ms), text: 'beep', label: `Beep, ${Math.round(data.freq_hz)} Hz`, lane: 'far' });
    case 'amd.greeting_ended': return found.marks.push({ at: answered(data.ms), text: 'greeting ends', label: 'The greeting ends', lane: 'far' });
    default: return undefined;
  }
}

/** A recording is told complete after it was written; its own length says when it ended. */
function closeRecording(found, data, open) {
  const one = open.get(data.recording_id);
  if (one) found.records.push({ ...one.bar, to: one.bar.from + data.duration_ms, id: data.recording_id, label: 'Recording' });
  open.delete(data.recording_id);
}
