import { html } from 'lit-html';
import { t } from '../i18n.js';

export const loading = () => html`<p class="empty" aria-busy="true">${t('app.loading')}</p>`;

/** What could not be loaded, in words, with a way on. */
export const failed = (error, retry) => html`
  <div class="notice" data-tone="bad" role="alert">
    <p>${error.words ?? t('problem.other')}</p>
    <button type="button" class="secondary" @click=${retry}>${t('app.retry')}</button>
  </div>`;

export const missing = () => html`<p class="empty">${t('app.missing')}</p>`;
