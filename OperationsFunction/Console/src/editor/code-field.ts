import { html } from 'lit-html';
import { t } from '../i18n.ts';
import { texts } from '../ui/form.ts';
import type { EditorContext } from './context.ts';
import type { Settings } from './types.ts';

/** The whole structure as code, for settings without a field on the page. */
export function codeField(editor: EditorContext) {
  const code = JSON.stringify(editor.draft.settings, null, 2);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const read = readCode(texts(event).code ?? '');
    if (!read) {
      editor.app.toasts.say(t('editor.json.wrong'), 'bad');
      return;
    }

    editor.draft.replace({ title: editor.draft.title, settings: read });
    editor.app.toasts.say(t('editor.code.taken'));
  };
  return html`
    <details class="card more-card"><summary>${t('editor.code.title')}</summary>
      <form @submit=${submit}>
        <p class="hint">${t('editor.code.hint')}</p>
        <label><span class="sr">${t('editor.code.title')}</span><textarea class="mono" name="code" rows="16" spellcheck="false" .value=${code}></textarea></label>
        <button type="submit" class="secondary" data-action="code-take">${t('editor.code.take')}</button>
      </form>
    </details>`;
}

function readCode(text: string): Settings | null {
  try {
    const found: unknown = JSON.parse(text);
    return typeof found === 'object' && found !== null && !Array.isArray(found) ? (found as Settings) : null;
  } catch {
    return null;
  }
}
