// The calls that match a filter, newest first, from the list and the feed together.

import { get } from './api.js';
import { follow } from './feed.js';

const PAGE = 200;
const LIVE = new Set(['queued', 'dialing', 'ringing', 'early_media', 'in_progress']);

export class CallList {
  constructor(filter, changed, failed) {
    Object.assign(this, { filter, changed, failed, calls: new Map(), cursor: null, loading: false, complete: false });
    this.unfollow = follow({
      wants: type => type !== 'amd.hypothesis',
      take: events => this.take(events),
      begun: () => this.load(true),
    });
  }

  close() {
    this.unfollow();
    this.closed = true;
  }

  /** The next page, or all from the top again. */
  async load(fromTop = false) {
    if (this.loading || (!fromTop && this.complete)) return;
    this.loading = true;
    try {
      const page = await get('/v1/calls', { ...this.filter, limit: PAGE, cursor: fromTop ? null : this.cursor });
      if (this.closed) return;
      page.items.forEach(call => this.put(call));
      this.cursor = page.next_cursor;
      this.complete = page.next_cursor === null;
      this.publish();
    } catch (problem) {
      this.failed(problem);
    } finally {
      this.loading = false;
    }
  }

  take(events) {
    for (const { call, seq } of events) {
      if (this.matches(call)) this.put(call, seq);
      else this.calls.delete(call.id);
    }
    this.publish();
  }

  /** What the feed told is newer than what a list, asked for at the same time, tells. */
  put(call, seq = 0) {
    const known = this.calls.get(call.id);
    if (!known || seq >= known.seq) this.calls.set(call.id, { call, seq });
  }

  /** Ids are ordered by time. */
  publish() {
    this.changed([...this.calls.values()].map(known => known.call).sort((a, b) => (a.id < b.id ? 1 : -1)));
  }

  matches(call) {
    const { status, direction, to, from, tag, trunk } = this.filter;
    return (!status || (status === 'active' ? LIVE.has(call.status) : call.status === status))
      && (!direction || call.direction === direction)
      && (!to || call.to === to) && (!from || call.from === from)
      && (!tag || call.tag === tag) && (!trunk || call.trunk === trunk);
  }
}
