import { asApiError, type ApiError } from '../api.ts';
import type { App } from '../app.ts';
import { t } from '../i18n.ts';
import { editor } from './api.ts';
import { withStarts } from './destinations.ts';
import { Draft } from './draft.ts';
import { Sample } from './sample.ts';
import { textAt, write } from './settings.ts';
import type { Check, DraftView, Json, Problem, Secret } from './types.ts';
import { refusalWords } from './words.ts';

/** A part of the page. */
export interface Part {
  render(): unknown;
  start?(): void;
  stop?(): void;
}

/** What the parts share: the draft, what is wrong with it, and the record it is tried on. */
export class EditorContext {
  readonly app: App;
  readonly draft: Draft;
  readonly sample: Sample;
  problems: Problem[] = [];
  checks: Check[] | null = null;
  checking = false;
  checkError: ApiError | null = null;
  /** The action under way: one at a time. */
  busy = '';
  /** Secrets that are being replaced. */
  readonly replacing = new Set<string>();

  constructor(app: App, view: DraftView) {
    this.app = app;
    this.draft = new Draft(view, app.update, () => void this.#afterSave());
    this.sample = new Sample(() => this.name, app.update);
    void this.validate();
    void this.sample.refresh();
  }

  get name() {
    return this.draft.base.name;
  }

  text(key: string) {
    return textAt(this.draft.settings, key);
  }

  set(key: string, value: Json | undefined) {
    const { title, settings } = this.draft;
    this.draft.replace({ title, settings: withStarts(write(settings, key, value)) });
  }

  secret(key: string): Secret | undefined {
    return this.draft.base.secrets.find((secret) => secret.key.toLowerCase() === key.toLowerCase());
  }

  /** Runs an action with its button busy; what goes wrong is said. */
  async run(busy: string, work: () => Promise<void>) {
    if (this.busy) return;
    this.busy = busy;
    this.app.update();
    try {
      await work();
    } catch (error) {
      const failure = asApiError(error);
      if (failure.status === 401) this.app.fail(failure);
      else this.app.toasts.say(refusalWords(failure), 'bad');
    }

    this.busy = '';
    this.app.update();
  }

  /** True when the app has all that was typed; else says that it does not, and why. */
  async saved(): Promise<boolean> {
    if (await this.draft.flush()) return true;
    this.app.toasts.say(t(this.draft.conflict ? 'editor.save.conflictFirst' : 'editor.save.failedFirst'), 'bad');
    return false;
  }

  async validate() {
    try {
      this.problems = await editor.validate(this.name);
    } catch (error) {
      // The list of problems is a help; the draft is saved all the same.
      asApiError(error);
    }

    this.app.update();
  }

  /** Asks U-ON and the destinations whether they know the draft's keys. */
  async check() {
    if (this.checking) return;
    this.checking = true;
    this.app.update();
    try {
      await this.draft.flush();
      [this.checks, this.checkError] = [await editor.check(this.name), null];
    } catch (error) {
      this.checkError = asApiError(error);
    }

    this.checking = false;
    this.app.update();
  }

  async refresh() {
    try {
      const { updatedBy } = this.draft.base;
      if (await this.draft.refresh()) this.app.toasts.say(t('editor.save.taken', { name: this.draft.base.updatedBy ?? updatedBy ?? t('editor.someone') }), 'warn');
    } catch (error) {
      const failure = asApiError(error);
      if (failure.status === 401) this.app.fail(failure);
    }

    this.app.update();
  }

  async #afterSave() {
    await Promise.all([this.validate(), this.sample.refresh()]);
  }
}
