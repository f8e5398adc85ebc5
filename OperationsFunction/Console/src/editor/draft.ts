import { ApiError, asApiError } from '../api.ts';
import { editor } from './api.ts';
import { differences, merge, type Difference, type Edited } from './merge.ts';
import { changes } from './settings.ts';
import type { DraftView, Settings } from './types.ts';

const PAUSE = 700;
const AGAIN = 5_000;

export type SaveState = 'saved' | 'waiting' | 'saving' | 'failed' | 'conflict';

/** Another user saved in between: nothing is written until the operator has chosen. */
export interface Conflict {
  theirs: DraftView;
  differences: Difference[];
}

/** A pipeline's draft: changed here at once, saved automatically a moment later, and never over another user's changes. */
export class Draft {
  /** The version stored in the app. */
  base: DraftView;
  title: string;
  settings: Settings;
  state: SaveState = 'saved';
  conflict: Conflict | null = null;
  error: ApiError | null = null;
  #changed: () => void;
  #saved: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #work: Promise<void> | null = null;

  /**
   * @param changed is called after every change here.
   * @param saved is called when the app has a new version.
   */
  constructor(base: DraftView, changed: () => void, saved: () => void) {
    this.base = base;
    [this.title, this.settings] = [base.title, base.settings];
    this.#changed = changed;
    this.#saved = saved;
  }

  get isSaved() {
    return this.state === 'saved';
  }

  replace({ title, settings }: Edited) {
    [this.title, this.settings] = [title, settings];
    if (this.state !== 'conflict') {
      this.state = 'waiting';
      this.#schedule(PAUSE);
    }

    this.#changed();
  }

  /** Saves unsaved changes now; false if that failed. */
  async flush(): Promise<boolean> {
    clearTimeout(this.#timer);
    for (let round = 0; round < 3 && (this.state === 'waiting' || this.state === 'failed' || this.#work); round++) await this.#run();
    return this.isSaved;
  }

  /** Renames the pipeline and returns the new name; only before its first publication. */
  async rename(name: string): Promise<string> {
    if (!(await this.flush())) return this.base.name;
    this.#take(await editor.save(this.base.name, { title: this.title, settings: this.settings, name }, this.base.etag));
    return this.base.name;
  }

  /** Reads the app's version again. Other users' changes are applied if nothing is unsaved here; otherwise the next save detects the conflict. */
  async refresh(): Promise<boolean> {
    const known = this.base.etag;
    const found = await editor.draft(this.base.name);
    // A save that finished meanwhile has a newer version.
    if (!this.isSaved || this.base.etag !== known) return false;
    const isNew = found.etag !== known;
    if (isNew) this.#take(found);
    else this.base = found;
    this.#changed();
    return isNew;
  }

  /** After a conflict: merges both users' changes, with the operator's choice for each collision. */
  join(keepMine: (key: string) => boolean) {
    if (!this.conflict) return;
    const { theirs } = this.conflict;
    const joined = merge(this.base, this, theirs, keepMine);
    this.base = theirs;
    this.conflict = null;
    this.state = 'saved';
    this.replace(joined);
  }

  /** After a conflict: takes only the other user's version. */
  takeTheirs() {
    if (this.conflict) this.#take(this.conflict.theirs);
  }

  stop() {
    clearTimeout(this.#timer);
  }

  #take(view: DraftView) {
    this.base = view;
    [this.title, this.settings] = [view.title, view.settings];
    [this.state, this.conflict, this.error] = ['saved', null, null];
    this.#changed();
    this.#saved();
  }

  #schedule(pause: number) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#run(), pause);
  }

  // One save at a time: each needs the version that the previous one created.
  #run(): Promise<void> {
    this.#work ??= this.#save().finally(() => {
      this.#work = null;
      if (this.state === 'waiting') this.#schedule(PAUSE);
    });
    return this.#work;
  }

  async #save() {
    if (this.state !== 'waiting' && this.state !== 'failed') return;
    const sent = { title: this.title, settings: this.settings };
    this.state = 'saving';
    this.#changed();
    try {
      this.base = await editor.save(this.base.name, sent, this.base.etag);
      this.error = null;
      this.state = this.#is(sent) ? 'saved' : 'waiting';
      this.#saved();
    } catch (error) {
      this.#fail(asApiError(error));
    }

    this.#changed();
  }

  #is({ title, settings }: Edited) {
    return this.title === title && this.settings === settings;
  }

  #fail(error: ApiError) {
    const theirs = error.status === 412 ? (error.problem.draft as DraftView | undefined) : undefined;
    if (theirs && theirs.title === this.title && changes(theirs.settings, this.settings).length === 0) {
      // This is our own save, whose reply was lost.
      [this.base, this.state] = [theirs, 'saved'];
      return;
    }

    if (theirs) {
      this.conflict = { theirs, differences: differences(this.base, this, theirs) };
      this.state = 'conflict';
      return;
    }

    this.error = error;
    this.state = 'failed';
    // A rejected save would be rejected again; retry only errors that may be temporary.
    if (error.status === 0 || error.status === 429 || error.status >= 500) this.#schedule(AGAIN);
  }
}
