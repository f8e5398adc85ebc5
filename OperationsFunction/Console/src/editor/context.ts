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

/** The state that the parts share: the draft, its problems, and the sample record. */
export class EditorContext {
  readonly app: App;
  readonly draft: Draft;
  readonly sample: Sample;
  problems: Problem[] = [];
  checks: Check[] | null = null;
  checking = false;
  checkError: ApiError | null = null;
  /** The current action: one at a time. */
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

  /** Runs an action with its button busy, and shows errors. */
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

  /** True when all input is saved; otherwise shows that it is not, and why. */
  async saved(): Promise<boolean> {
    if (await this.draft.flush()) return true;
    this.app.toasts.say(t(this.draft.conflict ? 'editor.save.conflictFirst' : 'editor.save.failedFirst'), 'bad');
    return false;
  }

  async validate() {
    try {
      this.problems = await editor.validate(this.name);
    } catch (error) {
      // The list of problems is optional; the draft is saved anyway.
      asApiError(error);
    }

    this.app.update();
  }

  /** Checks whether U-ON and the destinations accept the draft's keys. */
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

  /** @param isOwn The operator's own action here made the new version: that is no news. */
  async refresh(isOwn = false) {
    try {
      const { updatedBy } = this.draft.base;
      if ((await this.draft.refresh()) && !isOwn && !this.busy) this.app.toasts.say(t('editor.save.taken', { name: this.draft.base.updatedBy ?? updatedBy ?? t('editor.someone') }), 'warn');
    } catch (error) {
      const failure = asApiError(error);
      if (failure.status === 401) this.app.fail(failure);
    }

    this.app.update();
  }

  async #afterSave() {
    // A failed check may be about what was just corrected.
    const mayPass = this.checks?.some((check) => !check.ok && check.what !== 'uon-write');
    await Promise.all([this.validate(), this.sample.refresh(), mayPass ? this.check() : undefined]);
  }
}
