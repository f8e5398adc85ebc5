import { html, nothing } from 'lit-html';
import { cause } from '../causes.js';
import { has, t } from '../i18n.js';
import { badge } from '../ui/badge.js';

const tones = { 'would-send': 'good', skipped: 'calm', failed: 'bad' };

/** What a dry run found: the order that would leave, or why there would be none. */
export function dryRun(found) {
  const words = has(`pipelines.${found.outcome}`) ? t(`pipelines.${found.outcome}`) : found.outcome;
  return html`
    <div class="notice" data-tone=${tones[found.outcome] ?? 'calm'} data-outcome=${found.outcome}>
      <p><strong>${words}</strong>${found.state && found.outcome !== 'would-send' ? badge(found.state) : nothing}</p>
      ${found.code ? html`<p>${cause(found.code, found).title}. ${cause(found.code, found).remedy}</p>` : nothing}
      ${found.message ? html`<p class="system">${found.message}</p>` : nothing}
    </div>
    ${found.order ? html`
      <p class="mono address">POST ${found.order.url}</p>
      <dl class="fields" aria-label=${t('pipelines.form')}>
        ${Object.entries(found.order.form ?? {}).map(([name, value]) => html`<div><dt class="mono">${name}</dt><dd class="mono">${value}</dd></div>`)}
      </dl>` : nothing}`;
}
