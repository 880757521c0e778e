// Elements from code. Text is always text: nothing that came over the network is ever parsed as HTML.

const SVG = 'http://www.w3.org/2000/svg';

export function h(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (name === 'value') node.value = value;
    else if (name === 'checked') node.checked = value;
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.flat(9).filter(child => child !== null && child !== undefined && child !== false));
  return node;
}

export function show(node, ...children) {
  node.replaceChildren(...children.flat(9).filter(child => child !== null && child !== undefined && child !== false));
  return node;
}

const ICONS = {
  calls: 'M5 3.5h3l1.2 3.4-1.7 1.2a8 8 0 0 0 4.4 4.4l1.2-1.7 3.4 1.2v3c0 .6-.5 1-1 1A12 12 0 0 1 4 4.5c0-.6.4-1 1-1z',
  place: 'M10 4.5v11M4.5 10h11',
  dashboard: 'M3.5 16.5h13M5.5 13.5v-4M10 13.5v-9M14.5 13.5v-6',
  trunks: 'M3.5 6.5h13M3.5 13.5h13M7 4v5M13 11v5',
  numbers: 'M7.5 3.5l-1.5 13M14 3.5l-1.5 13M4 7.5h12.5M3.5 12.5h12.5',
  keys: 'M12.5 3.5a4 4 0 1 1-3.600 5.700L3.5 14.5v2h3v-2h2v-2l1.800-1.800',
  money: 'M3.5 5.5h13v9h-13zM3.5 8.5h13M6.5 12h2',
  voices: 'M10 3.5v13M6.5 6.5v7M3.5 9v2M13.5 6.5v7M16.5 9v2',
  sandbox: 'M10 3.5l6 3.300v6.400l-6 3.300-6-3.300V6.800zM4 6.800l6 3.300 6-3.300M10 10.100v6.400',
  webhooks: 'M4 10h12M12 6l4 4-4 4M4 5.5v9',
  start: 'M4 16.5v-13M4 4.5h10l-2 3 2 3H4',
  out: 'M6 14l8-8M7.5 6H14v6.5',
  in: 'M14 6l-8 8M6 7.5V14h6.5',
  play: 'M7 4.800v10.400l8.5-5.200z',
  pause: 'M7 5v10M13 5v10',
  ok: 'M4.5 10.5l3.5 3.5 7.5-8',
  problem: 'M10 5.5v6M10 14.200v.3',
  mic: 'M10 3.5a2 2 0 0 1 2 2v4a2 2 0 0 1-4 0v-4a2 2 0 0 1 2-2zM5.5 9.5a4.5 4.5 0 0 0 9 0M10 14v2.5',
};

export function icon(name) {
  return svg('svg', { class: 'icon', viewBox: '0 0 20 20', 'aria-hidden': 'true', fill: name === 'play' ? 'currentColor' : 'none',
    stroke: 'currentColor', 'stroke-width': name === 'pause' ? 2.6 : 1.5, 'stroke-linecap': 'round', 'stroke-linejoin': 'round' },
  svg('path', { d: ICONS[name] }));
}
