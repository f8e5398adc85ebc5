import { html, nothing } from 'lit-html';
import { asApiError } from '../api.ts';
import { t } from '../i18n.ts';
import { texts, valueOf } from '../ui/form.ts';
import { editor as editorApi } from './api.ts';
import { changeTable } from './change-table.ts';
import { codeField } from './code-field.ts';
import type { EditorContext, Part } from './context.ts';
import { actionButton } from './inputs.ts';
import { TITLE } from './merge.ts';
import { otherActions } from './other-actions.ts';
import { partOf } from './parts.ts';
import { changes } from './settings.ts';
import type { Change, RevisionDetails } from './types.ts';
import { problemRemedy, problemWords } from './words.ts';

/** In the format of the browser's datetime-local input: in the operator's time zone. */
const localNow = () => new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 16);

/** Entering a time selects the option that uses it. */
const chooseEarlier = (event: Event) => {
  (event.target as HTMLInputElement).form!.querySelector<HTMLInputElement>('input[value=from]')!.checked = true;
};

/** Запустить / Остановить: what publishing would change, and the switch. */
export class RunPart implements Part {
  #editor: EditorContext;
  #live: RevisionDetails | null = null;
  #note = '';

  constructor(editor: EditorContext) {
    this.#editor = editor;
  }

  start() {
    void this.#loadLive();
    void this.#editor.validate();
  }

  render() {
    const editor = this.#editor;
    const { liveRevision, running } = editor.draft.base;
    const wrong = editor.problems.length > 0;
    const isNew = liveRevision === null;
    return html`
      <section class="card" aria-labelledby="run-title">
        <h3 id="run-title">${t(running ? 'editor.run.running' : isNew ? 'editor.run.never' : 'editor.run.stopped')}</h3>
        <p class="hint">${t(running ? 'editor.run.runningHint' : isNew ? 'editor.run.neverHint' : 'editor.run.stoppedHint')}</p>
        ${wrong ? this.#problems() : nothing}
        ${isNew ? nothing : this.#changes()}
        <label>${t('editor.run.note')} <span class="hint">(${t('resolve.optional')})</span>
          <input name="note" maxlength="300" autocomplete="off" .value=${this.#note} @input=${(event: Event) => { this.#note = valueOf(event); }}></label>
        <div class="buttons">
          ${isNew
            ? actionButton(editor, 'publish-start', t('editor.run.publishStart'), () => this.#publish(true), { kind: '', off: wrong })
            : html`
              ${actionButton(editor, 'publish', t('editor.run.publish'), () => this.#publish(false), { kind: running ? '' : 'secondary', off: wrong || !this.#differs() })}
              ${running
                ? actionButton(editor, 'stop-pipeline', t('editor.run.stop'), () => this.#askStop())
                : actionButton(editor, 'start-pipeline', t('editor.run.start'), () => this.#askStart(), { kind: '' })}`}
        </div>
      </section>
      ${editor.draft.base.nameFixed ? nothing : this.#name()}
      ${codeField(editor)}
      ${otherActions(editor)}`;
  }

  #problems() {
    return html`
      <div class="notice" data-tone="bad">
        <p><strong>${t('editor.run.problems', { n: this.#editor.problems.length })}</strong></p>
        <ul>${this.#editor.problems.map((problem) => html`
          <li data-problem=${problem.code}>${problemWords(problem)} ${problemRemedy(problem)} <a href="#/pipelines/${this.#editor.name}/${partOf(problem.key)}">${t(`editor.part.${partOf(problem.key)}`)}</a></li>`)}</ul>
      </div>`;
  }

  /** Null: the live revision is not loaded yet. */
  #unpublished(): Change[] | null {
    const live = this.#live;
    if (!live) return null;
    const { title, settings } = this.#editor.draft;
    const titles = live.title === title ? [] : [{ key: TITLE, before: live.title, after: title }];
    return [...titles, ...changes(live.settings, settings)];
  }

  // A secret differs by its version: a restore may be newer than a secret that it does not publish.
  #differs() {
    const found = this.#unpublished();
    const versions = new Map(this.#live?.secrets.map((secret) => [secret.key.toLowerCase(), secret.version]));
    return found === null || found.length > 0
      || this.#editor.draft.base.secrets.some((secret) => secret.version !== null && secret.version !== versions.get(secret.key.toLowerCase()));
  }

  #changes() {
    const found = this.#unpublished();
    if (!found) return nothing;
    return html`
      <h4>${t('editor.run.changes', { revision: String(this.#live!.revision) })}</h4>
      ${changeTable(found, t('editor.compare.live'), t('editor.compare.draft'))}`;
  }

  #name() {
    const editor = this.#editor;
    const submit = (event: SubmitEvent) => {
      event.preventDefault();
      const { name = '' } = texts(event);
      if (!/^[a-z0-9-]{1,40}$/.test(name)) {
        editor.app.toasts.say(t('editor.name.wrong'), 'bad');
        return;
      }

      void editor.run('rename', async () => {
        const next = await editor.draft.rename(name);
        history.replaceState(null, '', `#/pipelines/${next}/run`);
        dispatchEvent(new HashChangeEvent('hashchange'));
      });
    };
    return html`
      <form class="card" aria-labelledby="name-title" @submit=${submit}>
        <h3 id="name-title">${t('editor.name.title')}</h3>
        <label>${t('editor.name')}<input class="mono" name="name" maxlength="40" pattern="[a-z0-9\\-]+" autocomplete="off" spellcheck="false" .defaultValue=${editor.name}></label>
        <p class="hint">${t('editor.name.hint')}</p>
        <button type="submit" class="secondary" data-action="rename" ?disabled=${editor.busy !== ''}>${t('editor.name.save')}</button>
      </form>`;
  }

  #publish(thenStart: boolean) {
    const editor = this.#editor;
    void editor.run(thenStart ? 'publish-start' : 'publish', async () => {
      if (!(await editor.saved())) return;
      const { revision } = await editorApi.publish(editor.name, this.#note.trim(), editor.draft.base.etag);
      if (thenStart) await editorApi.start(editor.name);
      this.#note = '';
      editor.app.toasts.say(t(thenStart ? 'editor.run.startedNow' : 'editor.run.publishedNow', { revision: String(revision) }));
      await this.#anew();
    });
  }

  /** Asks for the start time, so that records from the stopped period are not sold unexpectedly. */
  #askStart() {
    const editor = this.#editor;
    const start = (from: Date | null) => void editor.run('start-pipeline', async () => {
      await editorApi.start(editor.name, from);
      editor.app.toasts.say(t('editor.run.startedAgain'));
      await this.#anew();
    });
    editor.app.dialogs.show((close) => ({
      title: t('editor.run.startTitle', { name: editor.draft.title || editor.name }),
      body: html`
        <form @submit=${(event: SubmitEvent) => {
          event.preventDefault();
          const { since = '', from = '' } = texts(event);
          close();
          start(since === 'from' && from ? new Date(from) : null);
        }}>
          <fieldset>
            <legend>${t('editor.run.startFrom')}</legend>
            <label class="check"><input type="radio" name="since" value="now" checked> ${t('editor.run.startNow')}</label>
            <label class="check"><input type="radio" name="since" value="from"> ${t('editor.run.startEarlier')}</label>
            <label>${t('editor.run.startMoment')}<input type="datetime-local" name="from" max=${localNow()} .defaultValue=${localNow()} @input=${chooseEarlier}></label>
          </fieldset>
          <p class="hint">${t('editor.run.startHint')}</p>
          <footer class="buttons"><button type="submit" data-action="start-now">${t('editor.run.start')}</button>
            <button type="button" class="secondary" @click=${close}>${t('app.cancel')}</button></footer>
        </form>`,
    }));
  }

  #askStop() {
    const editor = this.#editor;
    const stop = () => void editor.run('stop-pipeline', async () => {
      await editorApi.stop(editor.name);
      editor.app.toasts.say(t('editor.run.stoppedNow'));
      await this.#anew();
    });
    editor.app.dialogs.show((close) => ({
      title: t('editor.run.stopTitle', { name: editor.draft.title || editor.name }),
      body: html`
        <form @submit=${(event: SubmitEvent) => {
          event.preventDefault();
          close();
          stop();
        }}>
          <p>${t('editor.run.stopText')}</p>
          <footer class="buttons"><button type="submit" data-action="stop-now">${t('editor.run.stop')}</button>
            <button type="button" class="secondary" @click=${close}>${t('app.cancel')}</button></footer>
        </form>`,
    }));
  }

  async #anew() {
    await this.#editor.refresh(true);
    await this.#loadLive();
  }

  async #loadLive() {
    const { liveRevision } = this.#editor.draft.base;
    if (liveRevision === null) return;
    try {
      this.#live = await editorApi.revision(this.#editor.name, liveRevision);
    } catch (error) {
      // Without it the list of changes is missing, but publishing still works.
      asApiError(error);
    }

    this.#editor.app.update();
  }
}
