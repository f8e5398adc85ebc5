import { html, nothing } from 'lit-html';
import { asApiError, type ApiError } from '../api.ts';
import { t } from '../i18n.ts';
import { valueOf } from '../ui/form.ts';
import { editor as editorApi } from './api.ts';
import type { EditorContext } from './context.ts';
import { textField } from './inputs.ts';
import { problemsAt } from './parts.ts';
import type { Flow } from './types.ts';
import { problemList, refusalWords } from './words.ts';

const KEY = 'Offerum:Flow';

/** The flow, chosen from the account's own list, so that operators need not type a case-sensitive code. */
export class FlowField {
  #editor: EditorContext;
  #flows: Flow[] | null = null;
  #error: ApiError | null = null;
  #asked = false;

  constructor(editor: EditorContext) {
    this.#editor = editor;
  }

  /** Loads the list from Offerum, once for each key. */
  async load(anew = false) {
    if (this.#asked && !anew) return;
    this.#asked = true;
    this.#flows = null;
    try {
      [this.#flows, this.#error] = [await editorApi.flows(this.#editor.name), null];
    } catch (error) {
      this.#error = asApiError(error);
    }

    this.#editor.app.update();
  }

  render() {
    const editor = this.#editor;
    const label = t('setting.Offerum.Flow');
    if (!editor.secret('Offerum:ApiKey')?.set) return textField(editor, { key: KEY, label, hint: t('editor.flow.needsKey') }, { mono: true });
    void this.load();
    if (!this.#flows) {
      return html`
        ${textField(editor, { key: KEY, label, hint: t('settingHint.Offerum.Flow') }, { mono: true })}
        ${this.#error ? html`<p class="wrong">${refusalWords(this.#error)} <button type="button" class="quiet" data-action="flows-again" @click=${() => void this.load(true)}>${t('app.retry')}</button></p>`
          : html`<p class="hint" aria-busy="true">${t('editor.flow.busy')}</p>`}`;
    }

    const current = editor.text(KEY);
    const isKnown = this.#flows.some((flow) => flow.id === current);
    return html`
      <div class="setting" data-setting=${KEY}>
        <label for="flow">${label}</label>
        <select id="flow" name="flow" @change=${(event: Event) => editor.set(KEY, valueOf(event) || undefined)}>
          <option value="" .selected=${current === ''}>${t('editor.flow.choose')}</option>
          ${this.#flows.map((flow) => html`<option value=${flow.id} .selected=${flow.id === current}>${flow.title ? `${flow.title} (${flow.id})` : flow.id}</option>`)}
          ${current && !isKnown ? html`<option value=${current} .selected=${true}>${t('editor.flow.unknown', { flow: current })}</option>` : nothing}
        </select>
        ${current && !isKnown ? html`<p class="wrong">${t('editor.flow.notThere', { flow: current })}</p>` : nothing}
        ${this.#flows.length === 0 ? html`<p class="hint">${t('editor.flow.none')}</p>` : nothing}
        ${problemList(problemsAt(editor.problems, KEY))}
      </div>`;
  }
}
