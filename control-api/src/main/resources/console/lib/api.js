// The native API, as any other client sees it. The session cookie speaks for the key; nothing secret is kept here.

export class Problem extends Error {
  constructor(body, status) {
    super(body.errors?.length ? body.errors.map(e => `${e.field} ${e.message}`).join('; ') : body.detail ?? body.title ?? `Error ${status}`);
    this.status = status;
    this.code = body.code ?? 'unknown';
    this.errors = body.errors ?? [];
  }
}

const signedOut = new Set();
export const onSignedOut = listener => signedOut.add(listener);

export async function request(method, path, body, headers = {}) {
  const text = typeof body === 'string';
  let response;
  try {
    response = await fetch(path, {
      method,
      body: body === undefined ? undefined : text ? body : JSON.stringify(body),
      headers: body === undefined || text ? headers : { 'Content-Type': 'application/json', ...headers },
      credentials: 'same-origin',
    });
  } catch {
    throw new Problem({ detail: 'The switch cannot be reached.', code: 'unreachable' }, 0);
  }
  if (response.ok) return response;
  const problem = new Problem(await response.json().catch(() => ({})), response.status);
  if (response.status === 401) signedOut.forEach(listener => listener());
  throw problem;
}

const json = async answer => {
  const response = await answer;
  return response.status === 204 ? null : response.json();
};

export const get = (path, query) => json(request('GET', path + search(query)));
export const post = (path, body) => json(request('POST', path, body));
export const patch = (path, body) => json(request('PATCH', path, body));
export const remove = path => json(request('DELETE', path));
export const text = async path => (await request('GET', path)).text();

/** Up to a thousand of a list: what the console shows on one page. */
export const items = async (path, query = {}) => (await get(path, { limit: 1000, ...query })).items;

export function search(query = {}) {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return given.length ? '?' + new URLSearchParams(given) : '';
}
