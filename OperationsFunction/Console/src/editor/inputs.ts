import { html, nothing } from 'lit-html';
import { t } from '../i18n.ts';
import { valueOf } from '../ui/form.ts';
import type { EditorContext } from './context.ts';
import { daysOf, fromDays } from './durations.ts';
import { problemsAt } from './parts.ts';
import { problemList } from './words.ts';

interface Field {
  /** The setting's whole key. */
  key: string;
  label: string;
  hint?: string;
  /** The app's default, shown in the empty field. */
  standard?: string;
}

const idOf = (key: string) => `set-${key.replace(/[^\w-]/g, '-')}`;

/** One line or several, saved while typing; an empty field means the default. */
export function textField(editor: EditorContext, { key, label, hint, standard = '' }: Field, { lines = 1, mono = false } = {}) {
  const problems = problemsAt(editor.problems, key);
  const id = idOf(key);
  const input = (event: Event) => editor.set(key, valueOf(event) === '' ? undefined : valueOf(event));
  const described = [hint ? `${id}-hint` : '', problems.length ? `${id}-wrong` : ''].filter(Boolean).join(' ');
  return html`
    <div class="setting" data-setting=${key}>
      <label for=${id}>${label}</label>
      ${lines > 1
        ? html`<textarea id=${id} class=${mono ? 'mono' : nothing} rows=${lines} maxlength="20000" spellcheck="false" .value=${editor.text(key)} placeholder=${standard}
            aria-invalid=${problems.length ? 'true' : nothing} aria-describedby=${described || nothing} @input=${input}></textarea>`
        : html`<input id=${id} class=${mono ? 'mono' : nothing} maxlength="4000" autocomplete="off" spellcheck="false" .value=${editor.text(key)} placeholder=${standard}
            aria-invalid=${problems.length ? 'true' : nothing} aria-describedby=${described || nothing} @input=${input}>`}
      ${hint ? html`<small id="${id}-hint" class="hint">${hint}</small>` : nothing}
      ${problemList(problems, `${id}-wrong`)}
    </div>`;
}

/** One of a few choices; the default is not stored. */
export function choiceField(editor: EditorContext, { key, label, hint, standard = '' }: Field, choices: [value: string, words: string][]) {
  const id = idOf(key);
  const value = editor.text(key) || standard;
  return html`
    <div class="setting" data-setting=${key}>
      <label for=${id}>${label}</label>
      <select id=${id} aria-describedby=${hint ? `${id}-hint` : nothing} @change=${(event: Event) => editor.set(key, valueOf(event) === standard ? undefined : valueOf(event))}>
        ${choices.map(([name, words]) => html`<option value=${name} .selected=${name.toLowerCase() === value.toLowerCase()}>${words}</option>`)}
      </select>
      ${hint ? html`<small id="${id}-hint" class="hint">${hint}</small>` : nothing}
      ${problemList(problemsAt(editor.problems, key))}
    </div>`;
}

/** A number of days; a duration that is not a whole number of days is edited in the app's notation. */
export function daysField(editor: EditorContext, { key, label, hint, standard = '' }: Field) {
  const text = editor.text(key);
  const days = daysOf(text || standard);
  if (text !== '' && days === null) return textField(editor, { key, label, hint, standard }, { mono: true });
  const id = idOf(key);
  const input = (event: Event) => {
    const typed = valueOf(event);
    editor.set(key, typed === '' || Number(typed) === daysOf(standard) ? undefined : fromDays(Math.max(0, Math.trunc(Number(typed)))));
  };
  return html`
    <div class="setting" data-setting=${key}>
      <label for=${id}>${label}</label>
      <span class="with-unit"><input id=${id} type="number" min="0" max="3650" step="1" .value=${String(days ?? '')} aria-describedby=${hint ? `${id}-hint` : nothing} @change=${input}> ${t('editor.days')}</span>
      ${hint ? html`<small id="${id}-hint" class="hint">${hint}</small>` : nothing}
      ${problemList(problemsAt(editor.problems, key))}
    </div>`;
}

/** A button that shows when its action is running. */
export const actionButton = (editor: EditorContext, action: string, words: string, click: () => void, { kind = 'secondary', off = false, busy = action } = {}) => html`
  <button type="button" class=${kind || nothing} data-action=${action} aria-busy=${editor.busy === busy ? 'true' : nothing} ?disabled=${off || editor.busy !== ''} @click=${click}>${words}</button>`;
