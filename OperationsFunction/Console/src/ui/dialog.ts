import { html, nothing, type TemplateResult } from 'lit-html';
import { ref } from 'lit-html/directives/ref.js';
import { t } from '../i18n.ts';
import { icon } from './icons.ts';

/** Called at each render. */
export type Dialog = (close: () => void) => { title: string; body: TemplateResult };

/** One modal at a time. The browser's own <dialog> traps focus, closes on Escape, and restores focus. */
export class Dialogs {
  #update: () => void;
  #open: Dialog | null = null;

  constructor(update: () => void) {
    this.#update = update;
  }

  show(dialog: Dialog) {
    this.#open = dialog;
    this.#update();
  }

  close = () => {
    this.#open = null;
    this.#update();
  };

  render() {
    if (!this.#open) return nothing;
    const { title, body } = this.#open(this.close);
    return html`
      <dialog aria-labelledby="dialog-title" @close=${this.close} ${ref(showModal)}>
        <article>
          <header>
            <h2 id="dialog-title">${title}</h2>
            <button type="button" class="quiet round" aria-label=${t('app.close')} @click=${this.close}>${icon('cross')}</button>
          </header>
          ${body}
        </article>
      </dialog>`;
  }
}

function showModal(element?: Element) {
  if (!(element instanceof HTMLDialogElement)) return;
  queueMicrotask(() => {
    if (element.isConnected && !element.open) element.showModal();
  });
}
