import { html, nothing } from 'lit-html';
import { cause } from '../causes.ts';
import { destinationName } from '../destinations.ts';
import { when } from '../format.ts';
import { t } from '../i18n.ts';
import type { Breaker } from '../types.ts';

/** The open circuit breakers of a pipeline, with their start times. */
export const breakers = (list: Breaker[], flow?: string) => list.filter((breaker) => breaker.open).map((breaker) => {
  const why = cause(breaker.why === 'paused' ? 'paused' : breaker.code, { flow, message: breaker.message });
  const destination = destinationName(breaker.destination);
  const words = breaker.why === 'hold' ? t('breaker.hold', { destination, why: why.title })
    : breaker.why === 'outage' ? t('breaker.outage', { destination }) : t('breaker.paused');
  return html`
    <div class="notice" data-tone="warn" data-breaker=${breaker.why}>
      <p><strong>${words}</strong> <span class="sub">${t('breaker.since')} ${when(breaker.since)}</span></p>
      <p>${breaker.why === 'outage' ? t('stateHint.Held') : why.remedy}</p>
      ${breaker.nextProbeAt ? html`<p class="sub">${t('breaker.probe')} ${when(breaker.nextProbeAt)}</p>` : nothing}
    </div>`;
});
