import { html, nothing } from 'lit-html';
import { t } from '../i18n.ts';
import { keyName } from './change-table.ts';
import type { EditorContext } from './context.ts';
import type { Difference } from './merge.ts';

/** Shows what another user saved in the same draft, and the choice to make. Nothing is written before it is made. */
export class ConflictPanel {
  #editor: EditorContext;
  #theirs = new Set<string>();

  constructor(editor: EditorContext) {
    this.#editor = editor;
  }

  render() {
    const { conflict } = this.#editor.draft;
    if (!conflict) return nothing;
    const collisions = conflict.differences.filter((one) => one.mine !== undefined);
    const others = conflict.differences.filter((one) => one.mine === undefined);
    const name = conflict.theirs.updatedBy ?? t('editor.someone');
    return html`
      <section class="card conflict" data-tone="warn" role="alert" aria-labelledby="conflict-title">
        <h2 id="conflict-title">${t('editor.conflict.title', { name })}</h2>
        <p>${t('editor.conflict.text')}</p>
        ${others.length ? html`<p><strong>${t('editor.conflict.theirs')}</strong></p><ul>${others.map((one) => html`<li><span>${keyName(one.key)}</span>: ${words(one.before)} → ${words(one.theirs)}</li>`)}</ul>` : nothing}
        ${collisions.map((one) => this.#choice(one))}
        <div class="buttons">
          <button type="button" data-action="conflict-join" @click=${() => this.#join()}>${t(collisions.length ? 'editor.conflict.choose' : 'editor.conflict.join')}</button>
          <button type="button" class="secondary" data-action="conflict-theirs" @click=${() => this.#editor.draft.takeTheirs()}>${t('editor.conflict.takeTheirs')}</button>
        </div>
      </section>`;
  }

  #choice(one: Difference) {
    const theirs = this.#theirs.has(one.key);
    const set = (on: boolean) => {
      if (on) this.#theirs.add(one.key);
      else this.#theirs.delete(one.key);
      this.#editor.app.update();
    };
    return html`
      <fieldset data-collision=${one.key}>
        <legend><span>${keyName(one.key)}</span></legend>
        <label class="check"><input type="radio" name=${one.key} .checked=${!theirs} @change=${() => set(false)}> ${t('editor.conflict.mine')}: ${words(one.mine ?? null)}</label>
        <label class="check"><input type="radio" name=${one.key} .checked=${theirs} @change=${() => set(true)}> ${t('editor.conflict.their')}: ${words(one.theirs)}</label>
      </fieldset>`;
  }

  #join() {
    const theirs = new Set(this.#theirs);
    this.#theirs.clear();
    this.#editor.draft.join((key) => !theirs.has(key));
  }
}

const words = (value: string | null) => (value === null || value === '' ? html`<span class="hint">${t('editor.changes.notSet')}</span>` : html`<span class="mono" dir="auto">${value}</span>`);
