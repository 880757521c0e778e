// Figures and times as people read them, in the browser's own language and zone.

const TIME = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const DAY = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const FULL = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' });

export const moment = text => text ? FULL.format(new Date(text)) : '–';

/** Today only the time; else the day too. */
export function when(text) {
  const date = new Date(text);
  return date.toDateString() === new Date().toDateString() ? TIME.format(date) : `${DAY.format(date)} ${TIME.format(date).slice(0, 5)}`;
}

/** 75 000 ms as 1:15. */
export function duration(ms) {
  if (ms === null || ms === undefined) return '';
  const all = Math.max(0, Math.floor(ms / 1000));
  const [hours, minutes, seconds] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
  const two = n => String(n).padStart(2, '0');
  return hours ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

export const seconds = ms => (ms / 1000).toFixed(ms < 10_000 ? 2 : 1) + ' s';
export const offset = ms => '+' + (ms / 1000).toFixed(ms < 99_950 ? 3 : 1);
export const percent = (fraction, digits = 1) => fraction === null || fraction === undefined ? '–' : (fraction * 100).toFixed(digits) + ' %';
export const milliseconds = ms => ms === null || ms === undefined ? '–' : ms.toFixed(ms < 10 ? 1 : 0) + ' ms';
export const words = text => (text ?? '').replaceAll('_', ' ');

export function money(amount, currency) {
  if (amount === null || amount === undefined) return '–';
  const fraction = amount.split('.')[1] ?? '';
  return `${fraction.length < 2 ? Number(amount).toFixed(2) : amount} ${currency ?? ''}`.trim();
}

/** How long a call has been talked, by now or in all. */
export function talked(call, now = Date.now()) {
  if (call.duration_ms !== null) return call.duration_ms;
  return call.answered_at && !call.ended_at ? now - Date.parse(call.answered_at) : null;
}
