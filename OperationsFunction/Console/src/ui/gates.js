import { html } from 'lit-html';
import { cause } from '../causes.js';
import { destinationName as name } from '../destinations.js';
import { when } from '../format.js';
import { t } from '../i18n.js';

/** What keeps a pipeline from going on, and since when. */
export const gates = (list, flow) => (list ?? []).filter((gate) => gate.closed).map((gate) => {
  const why = cause(gate.why === 'paused' ? 'paused' : gate.code, { flow, message: gate.message });
  const words = gate.why === 'hold' ? t('gate.hold', { destination: name(gate.destination), why: why.title })
    : gate.why === 'outage' ? t('gate.outage', { destination: name(gate.destination) }) : t('gate.paused');
  return html`
    <div class="notice" data-tone="warn" data-gate=${gate.why}>
      <p><strong>${words}</strong> <span class="sub">${t('gate.since')} ${when(gate.since)}</span></p>
      <p>${gate.why === 'outage' ? t('stateHint.Held') : why.remedy}</p>
      ${gate.nextProbeAt ? html`<p class="sub">${t('gate.probe')} ${when(gate.nextProbeAt)}</p>` : ''}
    </div>`;
});
