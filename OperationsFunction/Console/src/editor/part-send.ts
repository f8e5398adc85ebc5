import { html, nothing } from 'lit-html';
import { api, asApiError } from '../api.ts';
import { cause } from '../causes.ts';
import { destinationName } from '../destinations.ts';
import { t } from '../i18n.ts';
import type { Operation } from '../types.ts';
import { badge } from '../ui/badge.ts';
import { Poller } from '../ui/poller.ts';
import { editor as editorApi } from './api.ts';
import type { EditorContext, Part } from './context.ts';
import { actionButton } from './inputs.ts';
import { sampleBar } from './sample-bar.ts';

const SOON = 1_000;
const LATER = 10_000;

/** Отправить тест: one chosen record goes through the whole live pipeline, like any other. */
export class SendPart implements Part {
  #editor: EditorContext;
  #operation = '';
  #item: Operation | null = null;
  #poller = new Poller(() => this.#look(), () => (this.#item?.inProgress === false ? LATER : SOON));

  constructor(editor: EditorContext) {
    this.#editor = editor;
  }

  start() {
    if (this.#operation) this.#poller.start();
  }

  stop() {
    this.#poller.stop();
  }

  render() {
    const editor = this.#editor;
    const { liveRevision, running } = editor.draft.base;
    const orders = editor.sample.trial?.orders ?? [];
    const canSend = liveRevision !== null && running;
    return html`
      ${sampleBar(editor)}
      <section class="card" aria-labelledby="send-title">
        <h3 id="send-title">${t('editor.send.title')}</h3>
        <div class="notice" data-tone="warn"><p><strong>${t('editor.send.warning')}</strong></p><p>${t('editor.send.meaning')}</p></div>
        ${orders.length ? html`<p>${t('editor.send.to')} ${orders.map((order) => destinationName(order.destination)).join(', ')}</p>` : nothing}
        ${canSend ? nothing : html`<p class="notice" data-tone="info">${t('editor.send.notRunning')} <a href="#/pipelines/${editor.name}/run">${t('editor.part.run')}</a></p>`}
        <div class="buttons">${actionButton(editor, 'send-test', t('editor.send.run'), () => this.#ask(), { kind: '', off: !canSend || !editor.sample.isChosen })}</div>
        <div aria-live="polite">${this.#result()}</div>
      </section>`;
  }

  #result() {
    if (!this.#operation) return nothing;
    const item = this.#item;
    return html`
      <p class="sent" data-sent-operation=${this.#operation}><a href="#/operations/${this.#operation}">${t('editor.send.operation')} ${this.#operation}</a> ${item ? badge(item) : html`<span class="hint" aria-busy="true">${t('editor.send.waiting')}</span>`}</p>
      ${item?.error ? html`<p>${cause(item.error.code, item.error).title}. ${item.inProgress ? nothing : cause(item.error.code, item.error).remedy}</p>` : nothing}`;
  }

  #ask() {
    const { app, sample } = this.#editor;
    app.dialogs.show((close) => ({
      title: t('editor.send.sureTitle'),
      body: html`
        <form @submit=${(event: SubmitEvent) => {
          event.preventDefault();
          close();
          this.#send();
        }}>
          <p>${t('editor.send.sure', { kind: t(`kind.${sample.kind}`), id: sample.id })}</p>
          <p>${t('editor.send.meaning')}</p>
          <footer class="buttons"><button type="submit" data-action="send-now">${t('editor.send.run')}</button>
            <button type="button" class="secondary" @click=${close}>${t('app.cancel')}</button></footer>
        </form>`,
    }));
  }

  #send() {
    const editor = this.#editor;
    void editor.run('send-test', async () => {
      this.#operation = await editorApi.send(editor.name, editor.sample.kind, editor.sample.id);
      this.#item = null;
      this.#poller.stop();
      this.#poller.start();
    });
  }

  async #look() {
    try {
      this.#item = await api.operation(this.#operation);
    } catch (error) {
      // Not in the journal yet.
      asApiError(error);
    }

    this.#editor.app.update();
  }
}
