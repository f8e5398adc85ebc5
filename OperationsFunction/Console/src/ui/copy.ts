import { html, nothing } from 'lit-html';
import type { App } from '../app.ts';
import { t } from '../i18n.ts';

/** An address in its own field, with a copy button if it is complete. */
export function address(app: Pick<App, 'toasts'>, text: string, full: boolean, label: string) {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      app.toasts.say(t('app.copied'));
    } catch {
      // No permission, or no secure origin.
      app.toasts.say(t('app.notCopied'), 'warn');
    }
  };
  return html`
    <div class="address-line"><input readonly class="mono" aria-label=${label} .value=${text} @focus=${(event: Event) => (event.target as HTMLInputElement).select()}>
      ${full ? html`<button type="button" class="secondary" data-action="copy" @click=${copy}>${t('app.copy')}</button>` : nothing}</div>`;
}
