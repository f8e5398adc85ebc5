import { html, nothing } from 'lit-html';
import { asApiError, type ApiError } from '../api.ts';
import type { App } from '../app.ts';
import { has, t } from '../i18n.ts';
import { valueOf } from '../ui/form.ts';
import { icon } from '../ui/icons.ts';
import { failed, loading } from '../ui/placeholders.ts';
import { Poller } from '../ui/poller.ts';
import { editor as editorApi } from './api.ts';
import { ConflictPanel } from './conflict.ts';
import { EditorContext, type Part } from './context.ts';
import { copyDialog } from './create.ts';
import { ComparePart } from './part-compare.ts';
import { DestinationsPart } from './part-destinations.ts';
import { FieldsPart } from './part-fields.ts';
import { HistoryPart } from './part-history.ts';
import { RulesPart } from './part-rules.ts';
import { RunPart } from './part-run.ts';
import { SendPart } from './part-send.ts';
import { SourcePart } from './part-source.ts';
import { isPart, partOf, parts, type PartName } from './parts.ts';
import { refusalWords } from './words.ts';

const LIVE = 10_000;

const make: Record<PartName, new (editor: EditorContext) => Part> = {
  source: SourcePart, fields: FieldsPart, rules: RulesPart, destinations: DestinationsPart, compare: ComparePart, send: SendPart, run: RunPart,
  history: HistoryPart,
};

/** The editor of one pipeline. */
export class EditorView {
  #app: App;
  #name: string;
  #part: PartName;
  #editor: EditorContext | null = null;
  #conflict: ConflictPanel | null = null;
  #parts = new Map<PartName, Part>();
  #error: ApiError | null = null;
  #poller = new Poller(() => this.#load(), () => LIVE);

  constructor(app: App, name: string, part?: string) {
    this.#app = app;
    this.#name = name;
    this.#part = isPart(part) ? part : 'source';
  }

  get title() {
    return this.#editor?.draft.title || this.#name;
  }

  start() {
    addEventListener('beforeunload', this.#warn);
    this.#poller.start();
  }

  stop() {
    removeEventListener('beforeunload', this.#warn);
    this.#poller.stop();
    this.#parts.get(this.#part)?.stop?.();
    // Unsaved input is saved when the operator leaves.
    const draft = this.#editor?.draft;
    if (draft) void draft.flush().finally(() => draft.stop());
  }

  follow(_: URLSearchParams, [, , part]: string[]) {
    if (!isPart(part) || part === this.#part) return;
    this.#parts.get(this.#part)?.stop?.();
    this.#part = part;
    if (this.#editor) this.#current(this.#editor).start?.();
    this.#app.update();
    scrollTo(0, 0);
    queueMicrotask(() => document.getElementById('part-title')?.focus({ preventScroll: true }));
  }

  render() {
    return html`
      <p class="crumb"><a href="#/pipelines">${icon('back')}${t('pipelines.title')}</a></p>
      ${this.#editor ? this.#page(this.#editor) : this.#missing()}`;
  }

  #missing() {
    if (!this.#error) return loading();
    const inCode = this.#error.status === 404 || this.#error.status === 409;
    return html`
      <h1 tabindex="-1">${this.#name}</h1>
      ${inCode ? html`
        <div class="notice" data-tone="info"><p>${this.#error.status === 409 ? t('editor.inCode') : refusalWords(this.#error)}</p></div>
        <div class="buttons"><button type="button" class="secondary" data-action="copy-to-page" @click=${() => this.#app.dialogs.show(copyDialog(this.#app, this.#name))}>${t('editor.copy')}</button></div>`
        : failed(this.#error, () => this.#poller.now())}`;
  }

  #page(editor: EditorContext) {
    const { draft } = editor;
    const title = (event: Event) => draft.replace({ title: valueOf(event), settings: draft.settings });
    const next = parts[parts.indexOf(this.#part) + 1];
    return html`
      <div class="head editor-head">
        <h1 tabindex="-1" class="sr">${this.title}</h1>
        <label class="title-field"><span class="sr">${t('editor.title')}</span><input name="title" maxlength="100" autocomplete="off" .value=${draft.title} @input=${title}></label>
        <p class="editor-state">${standing(editor)} <span class="save-state" role="status" data-save=${draft.state}>${this.#saveWords(editor)}</span></p>
      </div>
      ${this.#conflict?.render()}
      <div class="editor">
        <nav class="parts" aria-label=${t('editor.parts')}><ol>${parts.map((part) => this.#link(editor, part))}</ol></nav>
        <div class="part-body" data-part=${this.#part}>
          <h2 id="part-title" tabindex="-1">${t(`editor.part.${this.#part}`)}</h2>
          <p class="lead">${t(`editor.partHint.${this.#part}`)}</p>
          ${this.#current(editor).render()}
          ${next ? html`<p class="next-part"><a role="button" class="secondary" href="#/pipelines/${editor.name}/${next}">${t('editor.next')} ${t(`editor.part.${next}`)}${icon('arrow')}</a></p>` : nothing}
        </div>
      </div>`;
  }

  #link(editor: EditorContext, part: PartName) {
    const wrong = editor.problems.filter((problem) => partOf(problem.key) === part).length;
    return html`
      <li><a href="#/pipelines/${editor.name}/${part}" data-part-link=${part} aria-current=${part === this.#part ? 'step' : nothing}>
        <span>${t(`editor.part.${part}`)}</span>${wrong ? html`<b class="count" aria-label=${t('editor.run.problems', { n: wrong })}>${wrong}</b>` : nothing}</a></li>`;
  }

  #saveWords(editor: EditorContext) {
    const { state, error } = editor.draft;
    if (state === 'failed' && error) return html`${t('editor.save.failed')} ${refusalWords(error)} <button type="button" class="quiet" data-action="save-again" @click=${() => void editor.draft.flush()}>${t('app.retry')}</button>`;
    return has(`editor.save.${state}`) ? t(`editor.save.${state}`) : '';
  }

  #current(editor: EditorContext): Part {
    const known = this.#parts.get(this.#part);
    if (known) return known;
    const made = new make[this.#part](editor);
    this.#parts.set(this.#part, made);
    return made;
  }

  #warn = (event: BeforeUnloadEvent) => {
    if (this.#editor && !this.#editor.draft.isSaved) event.preventDefault();
  };

  async #load() {
    if (this.#editor) {
      await this.#editor.refresh();
      return;
    }

    try {
      const view = await editorApi.draft(this.#name);
      this.#error = null;
      this.#editor = new EditorContext(this.#app, view);
      this.#conflict = new ConflictPanel(this.#editor);
      this.#current(this.#editor).start?.();
    } catch (error) {
      const failure = asApiError(error);
      if (failure.status === 401) this.#app.fail(failure);
      this.#error = failure;
    }

    this.#app.update();
  }
}

/** Whether the pipeline runs, and under which revision. */
function standing({ draft: { base } }: EditorContext) {
  if (base.liveRevision === null) return html`<span class="badge" data-tone="calm">${t('editor.run.draftOnly')}</span>`;
  return base.running
    ? html`<span class="badge" data-tone="good">${icon('check')}${t('pipelines.state.running')}</span> <span class="sub">${t('editor.history.revision', { revision: String(base.liveRevision) })}</span>`
    : html`<span class="badge" data-tone="warn">${icon('pause')}${t('pipelines.state.stopped')}</span> <span class="sub">${t('editor.history.revision', { revision: String(base.liveRevision) })}</span>`;
}
