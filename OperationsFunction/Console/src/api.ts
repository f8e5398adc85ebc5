import { appWords } from './app-words.ts';
import { lang, t } from './i18n.ts';
import { key, operator } from './session.ts';
import type {
  Addresses, Attention, Backfill, BackfillPreview, BackfillRequest, Checks, DryRun, Hook, Job, Jobs, Operation, OperationPage, Overview, Pipelines, Query, Replay, ReplayPreview, ReplayRequest,
  UnreadableBody,
} from './types.ts';

// The page is at …/console, its files at …/console/{file}: whatever the host's prefix is, the API is one level up.
const base = new URL('../', import.meta.url);
const TIMEOUT = 30_000;

export class ApiError extends Error {
  readonly status: number;
  /** The problem document, whose members differ from route to route. */
  readonly problem: Readonly<Record<string, unknown>>;

  constructor(status: number, detail: string, problem: Record<string, unknown> = {}) {
    super(detail);
    this.status = status;
    this.problem = problem;
  }

  /** The message for the operator: the page's text if there is one, otherwise the app's. */
  get words(): string {
    if (this.status === 0) return t('problem.network');
    if (this.status === 401) return t('problem.401');
    if (this.status >= 500) return t('problem.5xx');
    return appWords(this.message) || t(this.status === 404 || this.status === 409 ? `problem.${this.status}` : 'problem.other');
  }
}

/** The error of an API call; anything else is a bug in the page and is rethrown. */
export function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  throw error;
}

interface Call {
  query?: Query;
  body?: unknown;
  accept?: string;
  /** The version being changed: the app answers 412 if it has another one. */
  ifMatch?: string;
}

export async function call(method: string, path: string, { query, body, accept = 'application/json', ifMatch }: Call = {}): Promise<Response> {
  const url = new URL(path, base);
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null && value !== '') url.searchParams.set(name, String(value));
  }

  const headers: Record<string, string> = { accept, 'x-functions-key': key.get() ?? '' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (ifMatch) headers['if-match'] = ifMatch;
  const name = operator.get();
  if (method !== 'GET' && name) headers['x-operator'] = encodeURIComponent(name);
  let response;
  try {
    response = await fetch(url, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      cache: 'no-store',
      // The cookie of an Entra sign-in, which Azure checks before the app. It opens nothing without the key in the header, which no other site can add.
      credentials: 'same-origin',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(TIMEOUT),
    });
  } catch {
    throw new ApiError(0, '');
  }

  if (!response.ok) throw await refusal(response);
  return response;
}

async function refusal(response: Response): Promise<ApiError> {
  try {
    const found = (await response.json()) as { detail?: string; title?: string };
    return new ApiError(response.status, found.detail ?? found.title ?? '', found);
  } catch {
    return new ApiError(response.status, '');
  }
}

/** The body of an answer: the time limit and a broken connection may end it after its status has come. */
async function body<T>(response: Promise<Response>, read: (whole: Response) => Promise<T>): Promise<T> {
  const whole = await response;
  try {
    return await read(whole);
  } catch (error) {
    // A body that is no JSON is a bug, not the network.
    if (error instanceof SyntaxError) throw error;
    throw new ApiError(0, '');
  }
}

export const json = <T>(response: Promise<Response>): Promise<T> => body(response, async (whole) => (await whole.json()) as T);
export const blob = (response: Response): Promise<Blob> => body(Promise.resolve(response), (whole) => whole.blob());
export const path = (...parts: string[]) => parts.map(encodeURIComponent).join('/');

/** `main/lead/48213` → its route. */
const operationPath = (id: string) => `operations/${path(...id.split('/'))}`;

export const api = {
  operations: (query: Query) => json<OperationPage>(call('GET', 'operations', { query })),
  csv: (query: Query) => call('GET', 'operations', { query: { ...query, format: 'csv', language: lang() }, accept: 'text/csv' }),
  operation: (id: string) => json<Operation>(call('GET', operationPath(id))),
  unreadable: (id: string) => json<UnreadableBody>(call('POST', `${operationPath(id)}/reveal`, { body: signed({}) })),
  act: (id: string, action: string, body: object) => json<Operation>(call('POST', `${operationPath(id)}/${action}`, { body: signed(body) })),
  overview: (query: Query) => json<Overview>(call('GET', 'overview', { query })),
  attention: () => json<Attention>(call('GET', 'attention')),
  preview: (body: ReplayRequest) => json<ReplayPreview>(call('POST', 'replays/preview', { body })),
  startReplay: (body: ReplayRequest) => json<Replay>(call('POST', 'replays', { body: signed(body) })),
  replay: (id: string) => json<Replay>(call('GET', `replays/${path(id)}`)),
  cancelReplay: (id: string) => json<Replay>(call('DELETE', `replays/${path(id)}`)),
  previewBackfill: (body: Partial<BackfillRequest>) => json<BackfillPreview>(call('POST', 'backfills/preview', { body })),
  startBackfill: (body: Partial<BackfillRequest>) => json<Backfill>(call('POST', 'backfills', { body: signed(body) })),
  backfill: (id: string) => json<Backfill>(call('GET', `backfills/${path(id)}`)),
  cancelBackfill: (id: string) => json<Backfill>(call('DELETE', `backfills/${path(id)}`)),
  pipelines: () => json<Pipelines>(call('GET', 'pipelines')),
  addresses: (name: string) => pipeline<Addresses>(name, 'addresses'),
  check: (name: string) => pipeline<Checks>(name, 'check'),
  registerHooks: (name: string) => json<{ items: Hook[] }>(call('POST', `pipelines/${path(name)}/webhook/register`, { body: {} })),
  /** `id` stays text: a JavaScript number cannot hold 18 digits. */
  dryRun: (name: string, kind: string, id: string) => pipeline<DryRun>(name, 'test', { kind, id }),
  jobs: () => json<Jobs>(call('GET', 'jobs')),
  runJob: (name: string) => json<Job>(call('POST', `jobs/${path(name)}/run`)),
  pause: (name: string) => pipeline<unknown>(name, 'pause'),
  resume: (name: string) => pipeline<unknown>(name, 'resume'),
};

const pipeline = <T>(name: string, verb: string, body: object = {}) => json<T>(call('POST', `pipelines/${path(name)}/${verb}`, { body }));

function signed(body: object): object {
  const by = operator.get();
  return by ? { ...body, by } : body;
}
