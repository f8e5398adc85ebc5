import { html, nothing } from 'lit-html';
import { t } from '../i18n.ts';
import { TITLE } from './merge.ts';
import type { Change } from './types.ts';
import { settingName } from './words.ts';

/** A setting's display name, with its key. */
export function keyName(key: string) {
  if (key === TITLE) return t('editor.title');
  const [section = '', ...rest] = key.split(':');
  const words = settingName(section, rest.join(':'));
  return words === key ? key : `${words} (${key})`;
}

/** Settings before and after, side by side. */
export function changeTable(changes: Change[], before = t('editor.changes.before'), after = t('editor.changes.after'), what = t('pipelines.setting')) {
  if (changes.length === 0) return html`<p class="hint">${t('editor.changes.none')}</p>`;
  return html`
    <div class="scroll" tabindex="0" role="region" aria-label=${t('editor.changes')}>
      <table class="changes">
        <thead><tr><th scope="col">${what}</th><th scope="col">${before}</th><th scope="col">${after}</th></tr></thead>
        <tbody>${changes.map((change) => html`
          <tr data-changed=${change.key}><th scope="row">${keyName(change.key)}</th><td class="mono" dir="auto">${cell(change.before)}</td><td class="mono" dir="auto">${cell(change.after)}</td></tr>`)}</tbody>
      </table>
    </div>`;
}

const cell = (value: string | null) => (value === null ? html`<span class="hint">${t('editor.changes.notSet')}</span>` : value === '' ? nothing : value);
