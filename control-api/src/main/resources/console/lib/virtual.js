// A list of any length of which only the rows in sight exist. Rows are reused; an item is drawn again only when told.

import { h } from './dom.js';

const SPARE = 6;

export class VirtualList {
  /**
   * @param make builds an empty row and returns its element
   * @param draw fills a row with an item
   * @param near called when the end comes into sight
   */
  constructor({ make, draw, near, label }) {
    Object.assign(this, { make, draw, near, items: [], rows: new Map(), idle: [], height: 44 });
    this.space = h('div', { class: 'calls-space', role: 'presentation' });
    this.node = h('div', { class: 'calls-body', role: 'rowgroup', 'aria-label': label, onscroll: () => this.later() }, this.space);
    this.watch = new ResizeObserver(() => this.measure());
    this.watch.observe(this.node);
  }

  set(items) {
    this.items = items;
    this.later(true);
  }

  /** At most one drawing a frame, whatever happened. */
  later(all = false) {
    this.all ||= all;
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.render(this.all);
      this.all = false;
    });
  }

  measure() {
    const height = matchMedia('(max-width: 760px)').matches ? 60 : 44;
    if (height !== this.height) {
      this.height = height;
      this.rows.forEach(row => { row.top = -1; });
    }
    this.later(true);
  }

  render(all) {
    const { scrollTop, clientHeight } = this.node;
    const from = Math.max(0, Math.floor(scrollTop / this.height) - SPARE);
    const to = Math.min(this.items.length, Math.ceil((scrollTop + clientHeight) / this.height) + SPARE);
    this.space.style.height = `${this.items.length * this.height}px`;
    const wanted = new Map();
    for (let i = from; i < to; i++) wanted.set(this.items[i].id, i);
    for (const [id, row] of this.rows) {
      if (wanted.has(id)) continue;
      this.rows.delete(id);
      row.element.remove();
      this.idle.push(row);
    }
    let before = null;
    for (const [id, index] of wanted) before = this.place(id, index, all, before);
    if (to >= this.items.length - SPARE) this.near();
  }

  place(id, index, all, before) {
    let row = this.rows.get(id);
    const fresh = !row;
    if (fresh) {
      row = this.idle.pop() ?? { element: this.make() };
      this.rows.set(id, row);
      row.top = -1;
    }
    if (fresh || (before ? before.nextSibling : this.space.firstChild) !== row.element) {
      if (row.element.contains(document.activeElement)) { /* moving it would take the focus away */ } else {
        this.space.insertBefore(row.element, before ? before.nextSibling : this.space.firstChild);
      }
    }
    if (row.top !== index) {
      row.top = index;
      row.element.style.transform = `translateY(${index * this.height}px)`;
      row.element.setAttribute('aria-rowindex', index + 2);
    }
    const item = this.items[index];
    if (fresh || all && row.item !== item) this.draw(row.element, row.item = item);
    return row.element;
  }

  /** Rows in sight, for what changes by the clock alone. */
  visible() {
    return this.rows.values();
  }

  /** Brings an item into sight and its link into focus. */
  focus(index) {
    if (index < 0 || index >= this.items.length) return;
    const top = index * this.height;
    const { scrollTop, clientHeight } = this.node;
    if (top < scrollTop) this.node.scrollTop = top;
    else if (top + this.height > scrollTop + clientHeight) this.node.scrollTop = top + this.height - clientHeight;
    this.render(false);
    this.rows.get(this.items[index].id)?.element.querySelector('a').focus({ focusVisible: true, preventScroll: true });
  }

  focused() {
    for (const row of this.rows.values()) if (row.element.contains(document.activeElement)) return row.top;
    return -1;
  }

  close() {
    this.watch.disconnect();
    cancelAnimationFrame(this.frame);
  }
}
