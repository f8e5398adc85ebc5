import { html, nothing } from 'lit-html';
import { t } from '../i18n.ts';
import { valueOf } from '../ui/form.ts';
import type { EditorContext } from './context.ts';
import { problemsAt } from './parts.ts';
import { mapAt } from './settings.ts';
import { problemList } from './words.ts';

interface MapField {
  key: string;
  label: string;
  hint?: string;
  /** The placeholder of the empty field for a new name. */
  name?: string;
  /** The values that are sent by default; an empty template removes one of them. */
  defaults?: Record<string, string>;
  /** The result of each with the sample. */
  live?: Record<string, string>;
}

/** Names, each with a template and its result for the sample. */
export function mapField(editor: EditorContext, { key, label, hint, name: what = t('editor.map.name'), defaults = {}, live }: MapField) {
  const own = mapAt(editor.draft.settings, key);
  const rows = [...new Set([...Object.keys(defaults), ...Object.keys(own)])];
  const add = (event: Event) => {
    const name = valueOf(event).trim();
    if (name && !rows.includes(name) && !name.includes(':')) editor.set(`${key}:${name}`, '');
    (event.target as HTMLInputElement).value = '';
  };
  return html`
    <fieldset class="map" data-map=${key}>
      <legend>${label}</legend>
      ${hint ? html`<p class="hint">${hint}</p>` : nothing}
      <ul>${rows.map((name) => row(editor, key, name, own[name], defaults[name], live?.[name]))}</ul>
      ${problemList(problemsAt(editor.problems, key).filter((problem) => !rows.some((name) => problem.key.toLowerCase() === `${key}:${name}`.toLowerCase())))}
      <label class="add">${t('editor.map.add')}<input maxlength="100" autocomplete="off" spellcheck="false" placeholder=${what} @change=${add}></label>
    </fieldset>`;
}

function row(editor: EditorContext, key: string, name: string, own: string | undefined, standard: string | undefined, live: string | undefined) {
  const setting = `${key}:${name}`;
  const dropped = own === '' && standard !== undefined;
  const input = (event: Event) => editor.set(setting, valueOf(event) === standard ? undefined : valueOf(event));
  const remove = () => editor.set(setting, standard === undefined || dropped ? undefined : '');
  return html`
    <li data-entry=${name}>
      <span class="mono map-name">${name}</span>
      <input class="mono" aria-label=${name} maxlength="4000" autocomplete="off" spellcheck="false" .value=${own ?? standard ?? ''} placeholder=${dropped ? t('editor.map.dropped') : ''} @input=${input}>
      <span class="map-live" dir="auto" title=${t('editor.map.live')}>${live ?? ''}</span>
      <button type="button" class="quiet" data-action="entry-remove" aria-label="${t(dropped ? 'editor.map.back' : 'editor.map.remove')}: ${name}" @click=${remove}>${t(dropped ? 'editor.map.back' : 'editor.map.remove')}</button>
      ${problemList(problemsAt(editor.problems, setting))}
    </li>`;
}
