import { html } from 'lit-html';
import type { ApiError } from '../api.ts';
import { t } from '../i18n.ts';

export const loading = () => html`<p class="empty" aria-busy="true">${t('app.loading')}</p>`;

/** The error message for content that could not be loaded, with a retry button. */
export const failed = (error: ApiError, retry: () => void) => html`
  <div class="notice" data-tone="bad" role="alert">
    <p>${error.words}</p>
    <button type="button" class="secondary" @click=${retry}>${t('app.retry')}</button>
  </div>`;

export const missing = () => html`<p class="empty">${t('app.missing')}</p>`;
