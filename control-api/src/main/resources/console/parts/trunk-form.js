// The questions that make a trunk; the API takes many more.

import { h } from '../lib/dom.js';
import { check, field, input, pick } from '../lib/form.js';

export function trunkFields(trunk = {}) {
  const host = trunk.hosts?.[0] ?? {};
  return [
    field('Name', input('name', { required: true, value: trunk.name ?? '', placeholder: 'carrier' })),
    h('div', { class: 'pair' }, field('Host', input('host', { required: true, value: host.host ?? '', placeholder: 'sip.example.net' })),
      h('div', { class: 'pair' }, field('Port', input('port', { type: 'number', min: 1, max: 65535, value: host.port ?? '', placeholder: '5060' })),
        field('Over', pick('transport', [['udp', 'UDP'], ['tcp', 'TCP'], ['tls', 'TLS']], { value: host.transport ?? 'udp' })))),
    h('div', { class: 'pair' }, field('User', input('username', { value: trunk.auth?.username ?? '' })),
      field('Password', input('password', { type: 'password', autocomplete: 'new-password', placeholder: trunk.auth ? 'unchanged' : '' }))),
    check('register', 'Register with the carrier', { checked: trunk.register ?? false }),
    field('Prefixes', input('prefixes', { value: (trunk.prefixes ?? []).join(' '), placeholder: '+44 +49' }), 'Which numbers it takes; empty for every number.'),
    field('Calls in from', input('allow_from', { value: (trunk.allow_from ?? []).join(' '), placeholder: '203.0.113.0/24' }), 'Addresses that calls are taken from.'),
  ];
}

const list = text => (text ?? '').split(/[\s,]+/).filter(Boolean);

/** The request's body from the form's values. */
export function trunkBody(given) {
  const { name, host, port, transport, username, password, register, prefixes, allow_from } = given;
  return {
    name, hosts: [{ host, transport, ...(port ? { port } : {}) }],
    ...(username ? { auth: { username, ...(password ? { password } : {}) } } : {}),
    register: register ?? false, prefixes: list(prefixes), allow_from: list(allow_from),
  };
}
