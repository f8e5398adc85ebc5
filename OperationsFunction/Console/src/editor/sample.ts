import { asApiError, type ApiError } from '../api.ts';
import { editor } from './api.ts';
import type { RecordItem, Trial } from './types.ts';

/** The last viewed record by pipeline, so that it is still selected when the operator returns to the page. */
const last = new Map<string, { kind: string; id: string }>();

/** The real record that the whole page uses as a sample. It is neither journaled nor sent. */
export class Sample {
  kind = '';
  id = '';
  trial: Trial | null = null;
  error: ApiError | null = null;
  recent: RecordItem[] | null = null;
  recentError: ApiError | null = null;
  /** The operator is choosing another record. */
  choosing = false;
  busy = false;
  #again = false;
  #asked = false;
  #name: () => string;
  #update: () => void;

  constructor(name: () => string, update: () => void) {
    [this.#name, this.#update] = [name, update];
    const known = last.get(name());
    if (known) [this.kind, this.id] = [known.kind, known.id];
  }

  get isChosen() {
    return this.id !== '';
  }

  async choose(kind: string, id: string) {
    [this.kind, this.id, this.trial, this.choosing] = [kind, id, null, false];
    last.set(this.#name(), { kind, id });
    await this.refresh();
  }

  /** Tries the current draft. A call during a running trial causes one more trial afterwards. */
  async refresh() {
    if (!this.isChosen) return;
    this.#again = true;
    if (this.busy) return;
    this.busy = true;
    while (this.#again) {
      this.#again = false;
      this.#update();
      await this.#try();
    }

    this.busy = false;
    this.#update();
  }

  /** The last records of the cabinet, loaded once. */
  async loadRecent(anew = false) {
    if (this.#asked && !anew) return;
    this.#asked = true;
    [this.recent, this.recentError] = [null, null];
    try {
      this.recent = await editor.records(this.#name());
    } catch (error) {
      this.recentError = asApiError(error);
    }

    this.#update();
  }

  async #try() {
    const asked = this.id;
    try {
      const trial = await editor.trial(this.#name(), this.kind, asked);
      if (this.id === asked) [this.trial, this.error] = [trial, null];
    } catch (error) {
      this.error = asApiError(error);
    }
  }
}
