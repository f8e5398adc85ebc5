// The little of a browser that the tested modules touch when they are loaded. Imported first.
import { mock } from 'node:test';

Object.defineProperty(globalThis, 'navigator', { configurable: true, value: { languages: ['en-GB', 'ru-RU'] } });
Object.defineProperty(globalThis, 'document', {
  value: { documentElement: { lang: '' }, hidden: false, addEventListener: () => undefined, removeEventListener: () => undefined },
});

/** What a template would show, markup included. */
export function shown(part: unknown): string {
  if (Array.isArray(part)) return part.map(shown).join('');
  if (typeof part === 'string' || typeof part === 'number' || part instanceof URLSearchParams) return String(part);
  const { strings, values } = (part ?? {}) as { strings?: string[]; values?: unknown[] };
  if (strings) return strings.map((text, index) => text + shown(values?.[index])).join('');
  return repeated(values).map(shown).join('');
}

/** What `repeat` shows: its items, their keys, and how each is shown. */
function repeated([items, , each]: unknown[] = []): unknown[] {
  return Array.isArray(items) && typeof each === 'function' ? items.map((item) => (each as (item: unknown) => unknown)(item)) : [];
}

/** What a template binds to the attributes, properties or events of that name, in the page's order. */
export function bound(part: unknown, name: string): unknown[] {
  if (Array.isArray(part)) return part.flatMap((one) => bound(one, name));
  const { strings, values = [] } = (part ?? {}) as { strings?: string[]; values?: unknown[] };
  if (!strings) return repeated(values).flatMap((one) => bound(one, name));
  return values.flatMap((value, index) => (strings[index]?.endsWith(` ${name}=`) ? [value] : bound(value, name)));
}

/** The templates that bind this value to the attribute, in the page's order. */
export function binding(part: unknown, name: string, value: unknown): unknown[] {
  if (Array.isArray(part)) return part.flatMap((one) => binding(one, name, value));
  const { strings, values = [] } = (part ?? {}) as { strings?: string[]; values?: unknown[] };
  if (!strings) return repeated(values).flatMap((one) => binding(one, name, value));
  return values.some((one, index) => one === value && strings[index]?.endsWith(` ${name}=`)) ? [part] : values.flatMap((one) => binding(one, name, value));
}

export interface Request {
  method: string;
  path: string;
  query: Record<string, string>;
  headers: Record<string, string>;
  credentials: string;
  body: unknown;
}

/** Answers the page's requests with JSON, and returns them. */
export function answer(reply: (request: Request) => { status?: number; json: unknown }): Request[] {
  const requests: Request[] = [];
  mock.method(globalThis, 'fetch', (url: URL, init: RequestInit) => {
    const request = {
      method: init.method ?? '',
      path: url.pathname.split('/obj/')[1] ?? '',
      query: Object.fromEntries(url.searchParams),
      headers: init.headers as Record<string, string>,
      credentials: init.credentials ?? '',
      body: typeof init.body === 'string' ? (JSON.parse(init.body) as unknown) : undefined,
    };
    requests.push(request);
    const { status = 200, json } = reply(request);
    return Promise.resolve(new Response(JSON.stringify(json), { status }));
  });
  return requests;
}
