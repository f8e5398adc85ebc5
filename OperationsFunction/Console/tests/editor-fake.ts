import { answer, type Request } from './browser.ts';
import type { DraftView, LastWebhook, RevisionDetails, Settings, Trial } from '../src/editor/types.ts';

export const settled = async () => {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => { setImmediate(resolve); });
};

export const draftView = (change: Partial<DraftView> = {}): DraftView => ({
  name: 'turkey', nameFixed: false, title: 'Заявки из Турции', settings: { Offerum: { Flow: 'zkVz' } },
  secrets: [
    { key: 'Uon:ApiKey', label: 'API key', required: true, set: true, version: '1', updatedAt: '2026-11-28T10:00:00Z', problem: null },
    { key: 'Offerum:ApiKey', label: 'API key', required: true, set: false, version: null, updatedAt: null, problem: null },
  ],
  basedOn: null, liveRevision: null, running: false, updatedAt: '2026-11-28T10:00:00Z', updatedBy: null, etag: '"1"', ...change,
});

export const trial = (change: Partial<Trial> = {}): Trial => ({
  record: { result: 200, lead: [{ id: '48213', client_name: 'Анна' }] }, recordId: '48213', kind: 'lead', outcome: 'would-send', state: 'Enriched', error: null,
  fields: [{ name: 'client_name', path: '["record"][0]["client_name"]', value: 'Анна', problem: null }],
  rules: [], orders: [], ...change,
});

/** The editor's API as far as a draft goes: what is saved is kept, and an old version is refused with the other's draft. */
export class FakeEditor {
  draft = draftView();
  trial = trial();
  problems: unknown[] = [];
  lastWebhook: LastWebhook = { at: null };
  /** The revision in force. */
  live: RevisionDetails | null = null;
  /** The next answers to saving, instead of what would be answered. */
  readonly saving: { status: number; json: unknown }[] = [];
  readonly requests: Request[];

  constructor() {
    this.requests = answer((request) => this.#answer(request));
  }

  /** What somebody else does meanwhile. */
  change(settings: Settings, updatedBy = 'Мария') {
    this.#put({ settings, updatedBy });
  }

  asked(method: string, end: string) {
    return this.requests.filter((request) => request.method === method && request.path.endsWith(end));
  }

  #put(change: Partial<DraftView>) {
    this.draft = { ...this.draft, ...change, etag: `"${Number(this.draft.etag.replaceAll('"', '')) + 1}"` };
  }

  #answer({ method, path, headers, body }: Request): { status?: number; json: unknown } {
    if (path.endsWith('/validate')) return { json: { problems: this.problems } };
    if (path.endsWith('/try')) return { json: this.trial };
    if (path.endsWith('/records') || path.endsWith('/flows') || path.endsWith('/revisions')) return { json: { items: [] } };
    if (/\/revisions\/\d+$/.test(path)) return { json: this.live };
    if (path.endsWith('/webhook/last')) return { json: this.lastWebhook };
    if (path.endsWith('/check')) return { json: { checks: [] } };
    if (!path.endsWith('/draft')) return { status: 404, json: { detail: 'Nothing is here.' } };
    if (method === 'GET') return { json: this.draft };
    const next = this.saving.shift();
    if (next) return next;
    if (headers['if-match'] !== this.draft.etag) return { status: 412, json: { detail: 'Somebody else saved.', draft: this.draft } };
    const { title, settings } = body as { title: string; settings: Settings };
    this.#put({ title, settings, updatedBy: 'Ольга' });
    return { json: this.draft };
  }
}
