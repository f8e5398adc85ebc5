import { t } from './i18n.js';
import { key, operator } from './session.js';

// The page is at …/console, its files at …/console/{file}: whatever the host's prefix is, the API is one up.
const base = new URL('../', import.meta.url);
const PATIENCE = 30_000;

export class ApiError extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }

  /** For a person: our words where we have them, then what the app said. */
  get words() {
    if (this.status === 0) return t('problem.network');
    if (this.status === 401) return t('problem.401');
    if (this.status >= 500) return t('problem.5xx');
    if (this.status === 409) return t('problem.409');
    return this.message || t(this.status === 404 ? 'problem.404' : 'problem.other');
  }
}

async function call(method, path, { query, body, accept = 'application/json' } = {}) {
  const url = new URL(path, base);
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null && value !== '') url.searchParams.set(name, value);
  }

  const headers = { accept, 'x-functions-key': key.get() ?? '' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (method !== 'GET' && operator.get()) headers['x-operator'] = encodeURIComponent(operator.get());
  let response;
  try {
    response = await fetch(url, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      cache: 'no-store',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch {
    throw new ApiError(0, '');
  }

  if (!response.ok) throw new ApiError(response.status, await problem(response));
  return response;
}

async function problem(response) {
  try {
    const { detail, title } = await response.json();
    return String(detail ?? title ?? '');
  } catch {
    return '';
  }
}

const json = async (response) => (await response).json();
const path = (...parts) => parts.map(encodeURIComponent).join('/');

/** `main/lead/48213` → its route. */
const operationPath = (id) => `operations/${path(...id.split('/'))}`;

export const api = {
  operations: (query) => json(call('GET', 'operations', { query })),
  csv: (query) => call('GET', 'operations', { query: { ...query, format: 'csv' }, accept: 'text/csv' }),
  operation: (id) => json(call('GET', operationPath(id))),
  act: (id, action, body) => json(call('POST', `${operationPath(id)}/${action}`, { body: signed(body) })),
  overview: (query) => json(call('GET', 'overview', { query })),
  attention: () => json(call('GET', 'attention')),
  preview: (body) => json(call('POST', 'replays/preview', { body })),
  startReplay: (body) => json(call('POST', 'replays', { body: signed(body) })),
  replay: (id) => json(call('GET', `replays/${path(id)}`)),
  cancelReplay: (id) => json(call('DELETE', `replays/${path(id)}`)),
  pipelines: () => json(call('GET', 'pipelines')),
  pipeline: (name, verb, body = {}) => json(call('POST', `pipelines/${path(name)}/${verb}`, { body })),
};

function signed(body) {
  return operator.get() ? { ...body, by: operator.get() } : body;
}
