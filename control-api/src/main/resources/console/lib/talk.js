// A conversation through this browser: one at a time, and it goes on while pages change.

import { Problem } from './api.js';
import { follow } from './feed.js';

const GATHER_MS = 3000;

let current = null;
const watchers = new Set();

/** Tells who is being talked to, now and at every change; null when nobody is. */
export function watchTalk(watcher) {
  watchers.add(watcher);
  watcher(current);
  return () => watchers.delete(watcher);
}

function changed() {
  watchers.forEach(watcher => watcher(current));
}

/** @param join gets our offer to the switch and answers with `{id, name, sdp}`: the call and the switch's answer */
export async function talk(join) {
  if (current) throw new Problem({ detail: 'You are talking to somebody already.' });
  if (!navigator.mediaDevices) throw new Problem({ detail: 'Browsers lend their microphone to https pages and to localhost alone.' });
  const microphone = await navigator.mediaDevices.getUserMedia({ audio: true }).catch(refused => {
    throw new Problem({ detail: `The microphone is not to be had: ${refused.message}` });
  });
  const connection = new RTCPeerConnection();
  const audio = new Audio();
  connection.ontrack = ({ track }) => { audio.srcObject = new MediaStream([track]); audio.play().catch(() => {}); };
  microphone.getTracks().forEach(track => connection.addTrack(track, microphone));
  try {
    await connection.setLocalDescription(await connection.createOffer());
    await gathered(connection);
    const { id, name, sdp } = await join(connection.localDescription.sdp);
    await connection.setRemoteDescription({ type: 'answer', sdp });
    connection.onconnectionstatechange = () => {
      if (['failed', 'closed'].includes(connection.connectionState)) end();
      else changed();
    };
    const unfollow = follow({
      wants: (type, raw) => (type === 'call.ended' || type === 'webrtc.left') && raw.includes(id), take: end });
    current = { id, name, connection, microphone, audio, unfollow, muted: false };
    changed();
    return id;
  } catch (problem) {
    release({ connection, microphone });
    throw problem;
  }
}

export function end() {
  if (!current) return;
  const over = current;
  current = null;
  over.unfollow();
  release(over);
  changed();
}

function release({ connection, microphone }) {
  connection.close();
  microphone.getTracks().forEach(track => track.stop());
}

export function mute() {
  current.muted = !current.muted;
  current.microphone.getAudioTracks().forEach(track => { track.enabled = !current.muted; });
  changed();
}

/** All the addresses there are, or those found in time. */
function gathered(connection) {
  if (connection.iceGatheringState === 'complete') return undefined;
  return new Promise(done => {
    setTimeout(done, GATHER_MS);
    connection.onicegatheringstatechange = () => connection.iceGatheringState === 'complete' && done();
  });
}
