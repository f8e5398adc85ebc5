import { html, nothing } from 'lit-html';
import { ref } from 'lit-html/directives/ref.js';
import { t } from '../i18n.js';
import { icon } from './icons.js';

/** One modal at a time. The browser's own <dialog> keeps focus inside, takes Escape, and gives focus back. */
export class Dialogs {
  #update;
  #open = null;

  constructor(update) {
    this.#update = update;
  }

  /** @param view a function of close() that gives { title, body }; called at each render. */
  show(view) {
    this.#open = view;
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

function showModal(element) {
  if (element && !element.open) queueMicrotask(() => element.isConnected && !element.open && element.showModal());
}
