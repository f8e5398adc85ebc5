import { html, nothing } from 'lit-html';
import { appWords } from '../app-words.ts';
import { cause } from '../causes.ts';
import { has, t } from '../i18n.ts';
import type { DryRun } from '../types.ts';
import { badge } from '../ui/badge.ts';

const tones: Record<string, string> = { 'would-send': 'good', skipped: 'calm', failed: 'bad' };

/** The result of a dry run: the order that would be sent, or why there would be none. */
export function dryRun(found: DryRun) {
  const words = has(`pipelines.outcome.${found.outcome}`) ? t(`pipelines.outcome.${found.outcome}`) : found.outcome;
  return html`
    <div class="notice" data-tone=${tones[found.outcome] ?? 'calm'} data-outcome=${found.outcome}>
      <p><strong>${words}</strong>${found.state && found.outcome !== 'would-send' ? badge({ state: found.state }) : nothing}</p>
      ${found.code ? html`<p>${cause(found.code, found).title}. ${cause(found.code, found).remedy}</p>` : nothing}
      ${found.message ? html`<p class="system">${appWords(found.message)}</p>` : nothing}
    </div>
    ${found.order ? html`
      <p class="mono address">POST ${found.order.url}</p>
      <dl class="fields" aria-label=${t('pipelines.form')}>
        ${Object.entries(found.order.form).map(([name, value]) => html`<div><dt class="mono">${name}</dt><dd class="mono">${value}</dd></div>`)}
      </dl>` : nothing}`;
}
