// The node's own figures, from the page that Prometheus reads.

import { text } from './api.js';

/** Every figure as `{name, labels, value}`. */
export async function metrics() {
  return (await text('/metrics')).split('\n').filter(line => line && !line.startsWith('#')).map(line => {
    const [, name, , labels = '', value] = line.match(/^([a-zA-Z_:][\w:]*)(\{(.*)\})? (\S+)/) ?? [];
    return { name, labels: Object.fromEntries([...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, of]) => [key, of])), value: Number(value) };
  });
}
