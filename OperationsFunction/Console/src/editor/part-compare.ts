import { html, nothing } from 'lit-html';
import { asApiError } from '../api.ts';
import { appWords } from '../app-words.ts';
import { destinationName } from '../destinations.ts';
import { has, t } from '../i18n.ts';
import { valueOf } from '../ui/form.ts';
import { Poller } from '../ui/poller.ts';
import { editor as editorApi } from './api.ts';
import { changeTable } from './change-table.ts';
import type { EditorContext, Part } from './context.ts';
import { actionButton } from './inputs.ts';
import type { Comparison, OrderChange, Settings } from './types.ts';
import { refusalWords } from './words.ts';

const SOON = 1_000;

/** Проверить: compares what the draft and the live revision do with the last real records. Nothing is sent. */
export class ComparePart implements Part {
  #editor: EditorContext;
  #take = 20;
  #id = '';
  #found: Comparison | null = null;
  #wrong = '';
  #compared: Settings | null = null;
  #poller = new Poller(() => this.#look(), () => SOON);

  constructor(editor: EditorContext) {
    this.#editor = editor;
  }

  start() {
    if (this.#isRunning) this.#poller.start();
  }

  stop() {
    this.#poller.stop();
  }

  get #isRunning() {
    return this.#id !== '' && this.#found?.status !== 'done' && this.#found?.status !== 'failed';
  }

  render() {
    const editor = this.#editor;
    const isLive = editor.draft.base.liveRevision !== null;
    return html`
      <section class="card" aria-labelledby="compare-title">
        <h3 id="compare-title">${t('editor.compare.title')}</h3>
        <p class="hint">${t(isLive ? 'editor.compare.hint' : 'editor.compare.notLive')}</p>
        <div class="inline narrow">
          <label>${t('editor.compare.take')}
            <select @change=${(event: Event) => { this.#take = Number(valueOf(event)); }}>${[10, 20, 50].map((n) => html`<option value=${n} .selected=${n === this.#take}>${n}</option>`)}</select></label>
          ${actionButton(editor, 'compare', t('editor.compare.run'), () => this.#start(), { kind: '', off: !isLive || this.#isRunning })}
        </div>
        ${this.#wrong ? html`<p class="wrong" role="alert">${this.#wrong}</p>` : nothing}
        <div aria-live="polite">${this.#result()}</div>
      </section>`;
  }

  #result() {
    const found = this.#found;
    if (!found) return nothing;
    if (this.#isRunning) {
      return html`<progress max=${Math.max(1, found.total)} value=${found.done} aria-label=${t('editor.compare.title')}></progress>
        <p class="hint">${t('replay.progress', { done: found.done, total: found.total })}</p>`;
    }

    if (found.status === 'failed') return html`<p class="wrong">${t('editor.compare.failed')} <span class="system">${appWords(found.error)}</span></p>`;
    const stale = this.#compared !== this.#editor.draft.settings;
    return html`
      <p class="big-words" data-same=${found.same} data-differing=${found.differing}>
        <strong>${t('editor.compare.differing', { n: found.differing })}</strong>, ${t('editor.compare.same', { n: found.same })}
        ${stale ? html`<span class="badge" data-tone="warn">${t('editor.pass.stale')}</span>` : nothing}</p>
      ${found.same + found.differing === 0 ? html`<p class="hint">${t('editor.compare.empty')}</p>` : nothing}
      ${found.items.filter(differs).map((item) => html`
        <article class="compared" data-compared=${item.operation}>
          <h4><a href="#/operations/${item.operation}">${has(`kind.${item.kind}`) ? t(`kind.${item.kind}`) : item.kind} ${item.recordId}</a></h4>
          ${item.live.outcome === item.draft.outcome ? nothing : html`<p>${outcome(item.live.outcome)} → <strong>${outcome(item.draft.outcome)}</strong></p>`}
          ${item.orders.filter((order) => order.change !== 'same').map(order)}
        </article>`)}`;
  }

  #start() {
    const editor = this.#editor;
    void editor.run('compare', async () => {
      if (!(await editor.saved())) return;
      [this.#found, this.#wrong, this.#compared] = [null, '', editor.draft.settings];
      this.#id = await editorApi.compare(editor.name, this.#take);
      this.#found = { id: this.#id, status: 'running', done: 0, total: this.#take, error: null, same: 0, differing: 0, items: [] };
      this.#poller.stop();
      this.#poller.start();
    });
  }

  async #look() {
    try {
      this.#found = await editorApi.comparison(this.#editor.name, this.#id);
    } catch (error) {
      const failure = asApiError(error);
      this.#wrong = refusalWords(failure);
      if (failure.status === 404) this.#id = '';
    }

    if (!this.#isRunning) this.#poller.stop();
    this.#editor.app.update();
  }
}

const differs = (item: Comparison['items'][number]) => item.live.outcome !== item.draft.outcome || item.orders.some((order) => order.change !== 'same');
const outcome = (name: string) => (has(`editor.compare.outcome.${name}`) ? t(`editor.compare.outcome.${name}`) : name);

const order = ({ destination, change, fields }: OrderChange) => html`
  <p><strong>${destinationName(destination)}</strong>: ${has(`editor.compare.order.${change}`) ? t(`editor.compare.order.${change}`) : change}</p>
  ${fields.length ? changeTable(fields.map((field) => ({ key: field.name, before: field.live, after: field.draft })), t('editor.compare.live'), t('editor.compare.draft'), t('editor.rules.field')) : nothing}`;
