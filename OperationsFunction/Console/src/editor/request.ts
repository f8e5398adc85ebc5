import { html, nothing } from 'lit-html';
import { appWords } from '../app-words.ts';
import { t } from '../i18n.ts';
import type { Order } from './types.ts';

/** The exact request for the sample; the app masks its keys. */
export function request(order: Order | undefined, destination: string) {
  if (!order) return nothing;
  const names = Object.entries(order.form);
  return html`
    <section class="request" aria-label=${t('editor.request', { destination })}>
      <h4>${t('editor.request', { destination })}</h4>
      ${order.problem ? html`<p class="wrong">${appWords(order.problem)}</p>` : nothing}
      <p class="mono address">${order.method} ${order.url}</p>
      ${names.length ? html`<dl class="fields">${names.map(([name, value]) => html`<div data-sent=${name}><dt class="mono">${name}</dt><dd class="mono" dir="auto">${value}</dd></div>`)}</dl>` : nothing}
      ${order.body ? html`<pre tabindex="0" aria-label=${t('editor.request', { destination })}>${order.body}</pre>` : nothing}
    </section>`;
}
