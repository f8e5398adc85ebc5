import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { api, asApiError, type ApiError } from '../api.ts';
import { appWords } from '../app-words.ts';
import { when } from '../format.ts';
import { has, t } from '../i18n.ts';
import type { Addresses } from '../types.ts';
import { badge } from '../ui/badge.ts';
import { address } from '../ui/copy.ts';
import { Poller } from '../ui/poller.ts';
import { editor as editorApi } from './api.ts';
import type { EditorContext, Part } from './context.ts';
import { actionButton, choiceField, daysField, textField } from './inputs.ts';
import { secretField } from './secret-field.ts';
import type { LastWebhook, Registered } from './types.ts';
import { checkResult, refusalWords } from './words.ts';

const LIVE = 3_000;

/** Откуда: the cabinet's key, the accepted records, and the webhook's address. */
export class SourcePart implements Part {
  #editor: EditorContext;
  #addresses: Addresses | null = null;
  #addressError: ApiError | null = null;
  #last: LastWebhook | null = null;
  #registered: Registered[] | null = null;
  #poller = new Poller(() => this.#look(), () => LIVE);

  constructor(editor: EditorContext) {
    this.#editor = editor;
  }

  start() {
    this.#poller.start();
    void this.#showAddress();
    if (this.#editor.secret('Uon:ApiKey')?.set && !this.#editor.checks) void this.#editor.check();
  }

  stop() {
    this.#poller.stop();
  }

  render() {
    return html`${this.#key()} ${this.#kinds()} ${this.#webhook()} ${this.#more()}`;
  }

  #key() {
    const editor = this.#editor;
    const checks = editor.checks?.filter((check) => check.what.startsWith('uon')) ?? [];
    return html`
      <section class="card" aria-labelledby="key-title">
        <h3 id="key-title">${t('editor.source.key')}</h3>
        ${secretField(editor, 'Uon:ApiKey', { label: t('editor.source.apiKey'), hint: t('editor.source.apiKeyHint'), then: () => void editor.check() })}
        <div aria-live="polite">
          ${editor.checking ? html`<p class="hint" aria-busy="true">${t('editor.check.busy')}</p>` : checks.map(checkResult)}
          ${editor.checkError ? html`<p class="wrong">${refusalWords(editor.checkError)}</p>` : nothing}
        </div>
        ${editor.secret('Uon:ApiKey')?.set ? html`<button type="button" class="secondary" data-action="check-uon" ?disabled=${editor.checking} @click=${() => void editor.check()}>${t('pipelines.check')}</button>` : nothing}
      </section>`;
  }

  #kinds() {
    const editor = this.#editor;
    const events = (editor.text('Uon:Events').trim() || '1,2').split(',').map((one) => one.trim()).filter(Boolean);
    const toggle = (type: string, on: boolean) => {
      const next = on ? [...events, type].sort() : events.filter((one) => one !== type);
      // No event at all would mean the default, which is both: the last box stays ticked.
      if (next.length > 0) editor.set('Uon:Events', next.join(',') === '1,2' ? undefined : next.join(','));
      editor.app.update();
    };
    return html`
      <section class="card" aria-labelledby="kinds-title">
        <h3 id="kinds-title">${t('editor.source.kinds')}</h3>
        <fieldset>
          <legend>${t('editor.source.events')}</legend>
          ${['1', '2'].map((type) => html`
            <label class="check"><input type="checkbox" name="event-${type}" .checked=${live(events.includes(type))} @change=${(event: Event) => toggle(type, (event.target as HTMLInputElement).checked)}> ${t(`editor.event.${type}`)}</label>`)}
        </fieldset>
        ${choiceField(editor, { key: 'Uon:Record', label: t('editor.source.record'), hint: t('editor.source.recordHint'), standard: 'auto' },
          ['auto', 'lead', 'request'].map((kind) => [kind, t(`editor.record.${kind}`)]))}
      </section>`;
  }

  #webhook() {
    const editor = this.#editor;
    const label = t('pipelines.webhook');
    const canWrite = editor.checks?.find((check) => check.what === 'uon-write')?.ok;
    return html`
      <section class="card" aria-labelledby="webhook-title">
        <h3 id="webhook-title">${t('editor.source.webhook')}</h3>
        ${editor.secret('Webhook:Secret')?.set ? nothing : secretField(editor, 'Webhook:Secret', {
          label: t('editor.source.secret'), hint: t('editor.source.secretHint'), then: () => void this.#showAddress(),
        })}
        ${this.#addresses ? html`${address(editor.app, this.#addresses.webhook, true, label)}<p class="hint">${t('pipelines.secretHint')}</p>` : nothing}
        ${this.#addressError && editor.secret('Webhook:Secret')?.set ? html`<p class="hint">${refusalWords(this.#addressError)}</p>` : nothing}
        <div class="buttons">${actionButton(editor, 'register', t('editor.source.register'), () => this.#register(), { off: !editor.secret('Uon:ApiKey')?.set })}</div>
        <p class="hint">${t(canWrite === false ? 'editor.source.cannotRegister' : 'editor.source.registerHint')}</p>
        <div aria-live="polite">${this.#registered?.map((hook) => html`
          <div class="notice" data-tone=${hook.state === 'failed' ? 'bad' : 'good'} data-hook=${hook.typeId}>
            <p><strong>${has(`editor.event.${hook.typeId}`) ? t(`editor.event.${hook.typeId}`) : hook.typeId}: ${has(`editor.hook.${hook.state}`) ? t(`editor.hook.${hook.state}`) : hook.state}</strong></p>
            ${hook.message ? html`<p class="system">${appWords(hook.message)}</p>` : nothing}
          </div>`)}</div>
        <details class="steps-more"><summary>${t('editor.source.byHand')}</summary><ol class="steps">${[1, 2, 3, 4].map((n) => html`<li>${t(`pipelines.step.${n}`)}</li>`)}</ol></details>
        ${this.#first()}
      </section>`;
  }

  #first() {
    const last = this.#last;
    if (!last) return nothing;
    if (!last.at) return html`<p class="notice" data-tone="info" data-webhook="none" role="status">${t(this.#editor.draft.base.running ? 'editor.source.waiting' : 'editor.source.waitingStopped')}</p>`;
    // A webhook that was not used made no operation.
    const record = last.kind && last.recordId ? `${has(`kind.${last.kind}`) ? t(`kind.${last.kind}`) : last.kind} ${last.recordId}` : '';
    const path = record && last.state !== 'ignored' ? `${this.#editor.name}/${last.kind}/${last.recordId}` : '';
    return html`
      <div class="notice" data-tone="good" data-webhook="seen" role="status">
        <p><strong>${t('editor.source.lastWebhook')}</strong> ${when(last.at, { seconds: true })}</p>
        <p>${[last.method, last.typeId ? (has(`editor.event.${last.typeId}`) ? t(`editor.event.${last.typeId}`) : t('editor.source.eventType', { type: String(last.typeId) })) : ''].filter(Boolean).join(' · ')}
          ${record ? html` · ${path ? html`<a href="#/operations/${path}">${record}</a>` : record}` : nothing}
          ${last.state === 'ignored' ? t('editor.source.ignored') : last.state ? badge({ state: last.state }) : nothing}</p>
      </div>`;
  }

  #more() {
    const editor = this.#editor;
    return html`
      <details class="card more-card"><summary>${t('editor.more')}</summary>
        ${daysField(editor, { key: 'Uon:MaxAge', label: t('editor.source.maxAge'), hint: t('editor.source.maxAgeHint'), standard: '30.00:00:00' })}
        ${daysField(editor, { key: 'Reconcile:Window', label: t('editor.source.reconcile'), hint: t('editor.source.reconcileHint'), standard: '2.00:00:00' })}
        ${textField(editor, { key: 'Uon:CabinetId', label: t('editor.source.cabinet'), hint: t('editor.source.cabinetHint') })}
        ${textField(editor, { key: 'Uon:RecordUrl', label: t('editor.source.recordUrl'), hint: t('editor.source.recordUrlHint') }, { mono: true })}
        ${textField(editor, { key: 'Uon:TimeZone', label: t('editor.source.zone'), standard: 'Europe/Moscow' })}
        ${textField(editor, { key: 'Uon:BaseAddress', label: t('editor.source.base'), standard: 'https://api.u-on.ru' }, { mono: true })}
      </details>`;
  }

  #register() {
    const editor = this.#editor;
    void editor.run('register', async () => {
      if (!(await editor.saved())) return;
      try {
        this.#registered = await editorApi.registerWebhook(editor.name);
      } catch (error) {
        if (asApiError(error).status !== 404) throw error;
        // The app's version does not support registration yet.
        editor.app.toasts.say(t('editor.source.cannotRegisterYet'), 'warn');
      }
    });
  }

  async #showAddress() {
    try {
      [this.#addresses, this.#addressError] = [await api.addresses(this.#editor.name), null];
    } catch (error) {
      this.#addressError = asApiError(error);
    }

    this.#editor.app.update();
  }

  async #look() {
    try {
      this.#last = await editorApi.lastWebhook(this.#editor.name);
    } catch (error) {
      // Optional information while the operator waits.
      asApiError(error);
    }

    this.#editor.app.update();
  }
}
