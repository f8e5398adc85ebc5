import { html, nothing } from 'lit-html';
import { t } from '../i18n.ts';
import type { EditorContext } from './context.ts';
import { textField } from './inputs.ts';
import { mapField } from './map-field.ts';
import { problemsAt } from './parts.ts';
import { leaves, read } from './settings.ts';
import type { Json, Settings } from './types.ts';

const KEY = 'Uon:WriteBack';

/** In the order in which they can happen to a lead. */
const outcomes = ['delivered', 'duplicate', 'rejected', 'approved', 'declined', 'trash'] as const;

/** The values written to U-ON for managers: a note, a status and custom fields for each outcome. */
export function writeBackCard(editor: EditorContext) {
  const written = outcomes.filter((outcome) => isWritten(editor.draft.settings, outcome));
  const suggest = () => editor.set(KEY, Object.fromEntries(outcomes.map((outcome) => [outcome, { Note: t(`editor.writeBack.note.${outcome}`) }])));
  return html`
    <section class="card" data-write-back aria-labelledby="write-back-title">
      <h3 id="write-back-title">${t('editor.writeBack.title')}</h3>
      <p class="hint">${t('editor.writeBack.hint')}</p>
      ${written.length && editor.checks?.some((check) => check.what === 'uon-write' && !check.ok)
        ? html`<div class="notice" data-tone="warn"><p>${t('error.uon-write-denied')}. ${t('remedy.uon-write-denied')}</p></div>` : nothing}
      ${written.length ? nothing : html`<button type="button" class="secondary" data-action="write-back-suggest" @click=${suggest}>${t('editor.writeBack.suggest')}</button>`}
      ${outcomes.map((outcome) => outcomeForm(editor, outcome, written.includes(outcome)))}
      <p class="hint">${t('editor.writeBack.places')}</p>
    </section>`;
}

function outcomeForm(editor: EditorContext, outcome: string, written: boolean) {
  const key = `${KEY}:${outcome}`;
  const note = editor.text(`${key}:Note`);
  const wrong = problemsAt(editor.problems, key).length > 0;
  const state = t(wrong ? 'editor.writeBack.wrong' : written ? 'editor.writeBack.other' : 'editor.writeBack.nothing');
  return html`
    <details class="rare" data-outcome=${outcome}>
      <summary>${t(`editor.outcome.${outcome}`)}: <span class="hint">${wrong ? state : note || state}</span></summary>
      ${textField(editor, { key: `${key}:Note`, label: t('editor.writeBack.noteLabel'), hint: t('editor.writeBack.noteHint') })}
      ${textField(editor, { key: `${key}:Status`, label: t('editor.writeBack.status'), hint: t('editor.writeBack.statusHint') })}
      ${mapField(editor, { key: `${key}:Field`, label: t('editor.writeBack.fields'), hint: t('editor.writeBack.fieldsHint'), name: t('editor.writeBack.fieldNumber') })}
    </details>`;
}

const isEmpty = (value: Json | undefined) => value === undefined || value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);

function isWritten(settings: Settings, outcome: string) {
  const section = read(settings, `${KEY}:${outcome}`);
  return typeof section === 'object' && section !== null && !Array.isArray(section) && [...leaves(section).values()].some((value) => !isEmpty(value));
}
