// Light, dark, or as the system says.

const ORDER = ['system', 'light', 'dark'];
const KEY = 'trunkline-theme';

export const theme = () => localStorage.getItem(KEY) ?? 'system';

export function apply(name = theme()) {
  if (name === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = name;
}

export function next() {
  const name = ORDER[(ORDER.indexOf(theme()) + 1) % ORDER.length];
  localStorage.setItem(KEY, name);
  apply(name);
  return name;
}
