import { call, json, path } from '../api.ts';
import type {
  Check, Comparison, DraftView, Flow, LastWebhook, Pass, Problem, RecordItem, Registered, Revision, RevisionDetails, Settings, Template, Trial,
} from './types.ts';

const of = (name: string, ...parts: string[]) => `pipelines/${path(name, ...parts)}`;
const post = <T>(name: string, parts: string[], body: object = {}) => json<T>(call('POST', of(name, ...parts), { body }));

/** The routes that make and change pipelines. */
export const editor = {
  templates: async () => (await json<{ items: Template[] }>(call('GET', 'pipelines/templates'))).items,
  create: (body: { title: string; template?: string; from?: string }) => json<{ name: string }>(call('POST', 'pipelines', { body })),
  import: async (body: unknown) => (await json<{ names: string[] }>(call('POST', 'pipelines/import', { body }))).names,
  export: (name: string) => json<unknown>(call('GET', of(name, 'export'))),
  copyToPage: (name: string, title: string) => post<{ name: string }>(name, ['copy'], { title }),
  archive: (name: string) => call('DELETE', of(name)),

  draft: (name: string) => json<DraftView>(call('GET', of(name, 'draft'))),
  save: (name: string, body: { title: string; settings: Settings; name?: string }, etag: string) =>
    json<DraftView>(call('PUT', of(name, 'draft'), { body, ifMatch: etag })),
  validate: async (name: string) => (await post<{ problems: Problem[] }>(name, ['draft', 'validate'])).problems,
  check: async (name: string) => (await post<{ checks: Check[] }>(name, ['draft', 'check'])).checks,
  records: async (name: string) => (await post<{ items: RecordItem[] }>(name, ['draft', 'records'])).items,
  flows: async (name: string) => (await post<{ items: Flow[] }>(name, ['draft', 'flows'])).items,
  /** `id` stays text: a JavaScript number cannot hold 18 digits. */
  trial: (name: string, kind: string, id: string) => post<Trial>(name, ['draft', 'try'], { kind, id }),
  pass: (name: string, take: number) => post<Pass>(name, ['draft', 'pass'], { take }),
  compare: async (name: string, take: number) => (await post<{ id: string }>(name, ['draft', 'compare'], { take })).id,
  comparison: (name: string, id: string) => json<Comparison>(call('GET', of(name, 'compare', id))),
  send: async (name: string, kind: string, id: string) => (await post<{ operation: string }>(name, ['draft', 'send'], { kind, id })).operation,

  setSecret: (name: string, key: string, value: string) => call('PUT', of(name, 'secrets', key), { body: { value } }),
  makeSecret: (name: string, key: string) => call('POST', of(name, 'secrets', key, 'generate'), { body: {} }),

  publish: (name: string, note: string, etag: string) =>
    json<{ revision: number }>(call('POST', of(name, 'publish'), { body: { note }, ifMatch: etag })),
  /** `from`: look back to this time; null: from now on. */
  start: (name: string, from: Date | null = null) => post<unknown>(name, ['start'], from ? { from: from.toISOString() } : {}),
  stop: (name: string) => post<unknown>(name, ['stop']),
  revisions: async (name: string) => (await json<{ items: Revision[] }>(call('GET', of(name, 'revisions')))).items,
  revision: (name: string, revision: number) => json<RevisionDetails>(call('GET', of(name, 'revisions', String(revision)))),
  restore: (name: string, revision: number, note: string) => post<{ revision: number }>(name, ['revisions', String(revision), 'restore'], { note }),

  registerWebhook: async (name: string) => (await post<{ items: Registered[] }>(name, ['webhook', 'register'])).items,
  lastWebhook: (name: string) => json<LastWebhook>(call('GET', of(name, 'webhook', 'last'))),
};
