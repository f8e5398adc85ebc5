import { html, nothing } from 'lit-html';
import { api, asApiError } from '../api.ts';
import { destinationName } from '../destinations.ts';
import { has, t } from '../i18n.ts';
import type { Addresses } from '../types.ts';
import { address } from '../ui/copy.ts';
import { valueOf } from '../ui/form.ts';
import type { EditorContext, Part } from './context.ts';
import { destinationForms, type Ask, type DestinationForm } from './destinations.ts';
import { FlowField } from './flow-field.ts';
import { choiceField, daysField, textField } from './inputs.ts';
import { mapField } from './map-field.ts';
import { problemsAt } from './parts.ts';
import { request } from './request.ts';
import { sampleBar } from './sample-bar.ts';
import { secretField } from './secret-field.ts';
import { read } from './settings.ts';
import type { Json, Secret } from './types.ts';
import { checkResult, problemList, refusalWords, settingHint, settingName } from './words.ts';
import { writeBackCard } from './write-back.ts';

/** Куда: a card for each destination, with the request that would be sent, and the outcomes written to U-ON. */
export class DestinationsPart implements Part {
  #editor: EditorContext;
  #flow: FlowField;
  #addresses: Addresses | null = null;
  /** Incomplete JSON input that cannot be parsed yet, by its setting. */
  #typed = new Map<string, string>();

  constructor(editor: EditorContext) {
    this.#editor = editor;
    this.#flow = new FlowField(editor);
  }

  start() {
    void this.#showAddresses();
  }

  render() {
    const editor = this.#editor;
    const present = destinationForms.filter(({ section }) => read(editor.draft.settings, section) !== undefined);
    const absent = destinationForms.filter((form) => !present.includes(form));
    const general = editor.problems.filter((problem) => problem.key === '');
    return html`
      ${sampleBar(editor)}
      ${problemList(general)}
      ${present.length ? nothing : html`<p class="empty">${t('editor.destinations.none')}</p>`}
      ${present.map((form) => this.#card(form))}
      ${absent.length ? html`
        <section class="card" aria-labelledby="add-title">
          <h3 id="add-title">${t('editor.destinations.add')}</h3>
          <div class="buttons">${absent.map((form) => html`
            <button type="button" class="secondary" data-add=${form.name} @click=${() => editor.set(form.section, form.start)}>${destinationName(form.name)}</button>`)}</div>
        </section>` : nothing}
      ${writeBackCard(editor)}`;
  }

  #card(form: DestinationForm) {
    const editor = this.#editor;
    const { section, name } = form;
    const title = destinationName(name);
    const order = editor.sample.trial?.orders.find((one) => one.destination === name);
    const checks = editor.checks?.filter((check) => check.what === name) ?? [];
    const secrets = editor.draft.base.secrets.filter((secret) => of(section, secret));
    const [usual, rare] = [form.asks.filter((ask) => !ask.rare), form.asks.filter((ask) => ask.rare)];
    const asked = (ask: Ask) => this.#ask(section, ask, order?.form);
    return html`
      <section class="card destination" data-destination=${name} aria-labelledby="to-${name}">
        <div class="head"><h3 id="to-${name}">${title}</h3>
          <div class="buttons">
            <button type="button" class="secondary" data-action="check" ?disabled=${editor.checking} aria-busy=${editor.checking ? 'true' : nothing} @click=${() => void editor.check()}>${t('pipelines.check')}</button>
            <button type="button" class="quiet" data-action="destination-remove" @click=${() => this.#remove(form)}>${t('editor.destinations.remove')}</button>
          </div>
        </div>
        ${secrets.map((secret) => secretField(editor, secret.key, { label: secretName(secret), hint: secretHint(secret), then: () => this.#keyChanged(name) }))}
        <div aria-live="polite">${checks.map(checkResult)}${editor.checkError ? html`<p class="wrong">${refusalWords(editor.checkError)}</p>` : nothing}</div>
        ${problemList(problemsAt(editor.problems, section).filter((problem) => problem.key.toLowerCase() === section.toLowerCase()))}
        ${usual.map(asked)}
        ${name === 'offerum' ? this.#postback() : nothing}
        ${rare.length ? html`<details class="rare"><summary>${t('editor.more')}</summary>${rare.map(asked)}</details>` : nothing}
        ${request(order, title)}
      </section>`;
  }

  #ask(section: string, ask: Ask, live?: Record<string, string>) {
    const editor = this.#editor;
    const key = `${section}:${ask.key}`;
    const field = { key, label: settingName(section, ask.key), hint: settingHint(section, ask.key), standard: ask.standard };
    if (ask.kind === 'flow') return this.#flow.render();
    if (ask.kind === 'map') return mapField(editor, { ...field, defaults: ask.defaults, live });
    if (ask.kind === 'days') return daysField(editor, field);
    if (ask.kind === 'json') return this.#json(key, field.label, field.hint);
    if (ask.kind === 'choice') {
      return choiceField(editor, field, (ask.choices ?? []).map((name) => [name, has(`choice.${ask.key}.${name}`) ? t(`choice.${ask.key}.${name}`) : name]));
    }

    return textField(editor, field, { lines: ask.kind === 'long' ? 4 : 1, mono: ask.kind !== 'text' });
  }

  #json(key: string, label: string, hint: string) {
    const editor = this.#editor;
    const value = read(editor.draft.settings, key);
    const typed = this.#typed.get(key);
    const input = (event: Event) => {
      const text = valueOf(event);
      try {
        editor.set(key, text.trim() === '' ? undefined : (JSON.parse(text) as Json));
        this.#typed.delete(key);
      } catch {
        this.#typed.set(key, text);
      }

      editor.app.update();
    };
    return html`
      <label>${label}<textarea class="mono" rows="5" maxlength="20000" spellcheck="false" .value=${typed ?? (value === undefined ? '' : JSON.stringify(value, null, 2))}
        aria-invalid=${typed === undefined ? nothing : 'true'} @change=${input}></textarea>${hint ? html`<small class="hint">${hint}</small>` : nothing}</label>
      ${typed === undefined ? nothing : html`<p class="wrong" role="alert">${t('editor.json.wrong')}</p>`}`;
  }

  #postback() {
    const editor = this.#editor;
    return html`
      <details class="rare"><summary>${t('pipelines.postback')}</summary>
        <p class="hint">${t('pipelines.postbackHint')}</p>
        ${secretField(editor, 'Postback:Secret', { label: t('editor.postback.secret'), then: () => void this.#showAddresses() })}
        ${this.#addresses?.postback ? address(editor.app, this.#addresses.postback, true, t('pipelines.postback')) : nothing}
      </details>`;
  }

  #keyChanged(name: string) {
    if (name === 'offerum') void this.#flow.load(true);
    void this.#editor.check();
  }

  #remove(form: DestinationForm) {
    const title = destinationName(form.name);
    this.#editor.app.dialogs.show((close) => ({
      title: t('editor.destinations.removeTitle', { destination: title }),
      body: html`
        <form @submit=${(event: SubmitEvent) => {
          event.preventDefault();
          close();
          this.#editor.set(form.section, undefined);
        }}>
          <p>${t('editor.destinations.removeText')}</p>
          <footer class="buttons"><button type="submit">${t('editor.destinations.remove')}</button>
            <button type="button" class="secondary" @click=${close}>${t('app.cancel')}</button></footer>
        </form>`,
    }));
  }

  async #showAddresses() {
    try {
      this.#addresses = await api.addresses(this.#editor.name);
    } catch (error) {
      // It does not exist before the pipeline is published.
      asApiError(error);
    }

    this.#editor.app.update();
  }
}

const of = (section: string, secret: Secret) => secret.key.toLowerCase().startsWith(`${section.toLowerCase()}:`);
const secretText = ({ key }: Secret) => key.replaceAll(':', '-');
const secretName = (secret: Secret) => (has(`secret.${secretText(secret)}`) ? t(`secret.${secretText(secret)}`) : secret.label || secret.key);
const secretHint = (secret: Secret) => (has(`secretHint.${secretText(secret)}`) ? t(`secretHint.${secretText(secret)}`) : '');
