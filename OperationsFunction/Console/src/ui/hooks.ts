import { html, nothing } from 'lit-html';
import { appWords } from '../app-words.ts';
import { when } from '../format.ts';
import { has, t } from '../i18n.ts';
import type { Hook, Hooks } from '../types.ts';

const tones: Record<string, string> = { present: 'good', created: 'good', fixed: 'good', method: 'warn', missing: 'bad', elsewhere: 'bad' };

/** The webhooks of the U-ON cabinet, in the operator's words. */
export function hookList(hooks: Pick<Hooks, 'at' | 'message' | 'items'>) {
  return html`
    ${hooks.message ? html`<div class="notice" data-tone="warn" data-hooks="unknown"><p><strong>${t('hooks.unknown')}</strong></p><p class="system">${appWords(hooks.message)}</p></div>` : nothing}
    ${hooks.items.map(row)}
    ${hooks.at ? html`<p class="hint">${t('hooks.seen')} ${when(hooks.at)}</p>` : nothing}`;
}

/** Whether pressing the button would change anything. */
export const needsRegistering = (hooks: Pick<Hooks, 'items'> | null | undefined) =>
  hooks?.items.some((hook) => ['missing', 'elsewhere', 'method'].includes(hook.state)) === true;

function row(hook: Hook) {
  const event = has(`hooks.event.${hook.typeId}`) ? t(`hooks.event.${hook.typeId}`) : t('hooks.event', { n: hook.typeId });
  const hint = `hooks.hint.${hook.state}`;
  return html`
    <div class="notice" data-tone=${tones[hook.state] ?? 'calm'} data-hook=${hook.typeId} data-state=${hook.state}>
      <p><strong>${event}: ${t(`hooks.state.${hook.state}`)}</strong></p>
      ${has(hint) ? html`<p>${t(hint)}</p>` : nothing}
      ${hook.url ? html`<p class="system mono">${hook.url}</p>` : nothing}
    </div>`;
}
