import { html, nothing } from 'lit-html';
import { asApiError, type ApiError } from '../api.ts';
import { when } from '../format.ts';
import { t } from '../i18n.ts';
import { failed, loading } from '../ui/placeholders.ts';
import { texts } from '../ui/form.ts';
import { editor as editorApi } from './api.ts';
import { changeTable } from './change-table.ts';
import type { EditorContext, Part } from './context.ts';
import type { Revision, RevisionDetails } from './types.ts';

/** История: what was published, by whom and why, what it changed, and the way back. */
export class HistoryPart implements Part {
  #editor: EditorContext;
  #items: Revision[] | null = null;
  #error: ApiError | null = null;
  #details = new Map<number, RevisionDetails>();

  constructor(editor: EditorContext) {
    this.#editor = editor;
  }

  start() {
    void this.#load();
  }

  render() {
    return html`
      <section class="card" aria-labelledby="history-title">
        <h3 id="history-title">${t('editor.history.title')}</h3>
        ${this.#error ? failed(this.#error, () => void this.#load()) : nothing}
        ${!this.#items ? (this.#error ? nothing : loading()) : this.#items.length === 0 ? html`<p class="empty">${t('editor.history.none')}</p>` : html`
          <ol class="revisions">${this.#items.map((item) => this.#revision(item))}</ol>`}
      </section>`;
  }

  #revision(item: Revision) {
    const details = this.#details.get(item.revision);
    const toggle = (event: Event) => {
      if ((event.target as HTMLDetailsElement).open && !details) void this.#show(item.revision);
    };
    return html`
      <li data-revision=${item.revision}>
        <p><strong>${t('editor.history.revision', { revision: String(item.revision) })}</strong> ${item.live ? html`<span class="badge" data-tone="good">${t('editor.history.live')}</span>` : nothing}
          <span class="sub">${when(item.at)}${item.by ? html` · ${item.by}` : nothing}</span></p>
        ${item.note ? html`<p dir="auto">${item.note}</p>` : nothing}
        <details @toggle=${toggle}><summary>${t('editor.changes')}</summary>${details ? changeTable(details.changes) : loading()}</details>
        ${item.live ? nothing : html`<div class="buttons"><button type="button" class="secondary" data-action="restore" ?disabled=${this.#editor.busy !== ''} @click=${() => this.#ask(item)}>${t('editor.history.restore')}</button></div>`}
      </li>`;
  }

  #ask(item: Revision) {
    const editor = this.#editor;
    const restore = (note: string) => void editor.run('restore', async () => {
      const { revision } = await editorApi.restore(editor.name, item.revision, note);
      editor.app.toasts.say(t('editor.history.restored', { old: String(item.revision), revision: String(revision) }));
      await editor.refresh(true);
      await this.#load();
    });
    editor.app.dialogs.show((close) => ({
      title: t('editor.history.restoreTitle', { revision: String(item.revision) }),
      body: html`
        <form @submit=${(event: SubmitEvent) => {
          event.preventDefault();
          const { note = '' } = texts(event);
          close();
          restore(note);
        }}>
          <p>${t('editor.history.restoreText')}</p>
          <label>${t('editor.run.note')} <span class="hint">(${t('resolve.optional')})</span><input name="note" maxlength="300" autocomplete="off"></label>
          <footer class="buttons"><button type="submit" data-action="restore-now">${t('editor.history.restore')}</button>
            <button type="button" class="secondary" @click=${close}>${t('app.cancel')}</button></footer>
        </form>`,
    }));
  }

  async #show(revision: number) {
    try {
      this.#details.set(revision, await editorApi.revision(this.#editor.name, revision));
    } catch (error) {
      this.#editor.app.fail(error);
    }

    this.#editor.app.update();
  }

  async #load() {
    try {
      [this.#items, this.#error] = [await editorApi.revisions(this.#editor.name), null];
    } catch (error) {
      this.#error = asApiError(error);
    }

    this.#editor.app.update();
  }
}
