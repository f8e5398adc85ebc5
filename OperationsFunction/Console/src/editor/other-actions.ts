import { html } from 'lit-html';
import { t } from '../i18n.ts';
import { download } from '../ui/download.ts';
import { editor as editorApi } from './api.ts';
import type { EditorContext } from './context.ts';
import { createDialog } from './create.ts';
import { actionButton } from './inputs.ts';

/** Duplicate, export and archive. */
export function otherActions(editor: EditorContext) {
  const { draft, app } = editor;
  const duplicate = () => app.dialogs.show(createDialog(app, { from: editor.name, title: t('editor.duplicate.name', { title: draft.title || editor.name }) }));
  const save = () => void editor.run('export', async () => {
    if (await editor.saved()) download(`${editor.name}.pipelines.json`, JSON.stringify(await editorApi.export(editor.name), null, 2));
  });
  return html`
    <section class="card" aria-labelledby="other-title">
      <h3 id="other-title">${t('editor.other')}</h3>
      <div class="buttons">
        <button type="button" class="secondary" data-action="duplicate" @click=${duplicate}>${t('editor.duplicate')}</button>
        ${actionButton(editor, 'export', t('editor.export'), save)}
        ${actionButton(editor, 'archive', t('editor.archive'), () => askArchive(editor), { kind: 'quiet', off: draft.base.running })}
      </div>
      <p class="hint">${t(draft.base.running ? 'editor.archive.running' : 'editor.archive.hint')}</p>
    </section>`;
}

function askArchive(editor: EditorContext) {
  const archive = () => void editor.run('archive', async () => {
    await editorApi.archive(editor.name);
    editor.app.toasts.say(t('editor.archive.done'));
    location.hash = '#/pipelines';
  });
  editor.app.dialogs.show((close) => ({
    title: t('editor.archive.title', { name: editor.draft.title || editor.name }),
    body: html`
      <form @submit=${(event: SubmitEvent) => {
        event.preventDefault();
        close();
        archive();
      }}>
        <p>${t('editor.archive.text')}</p>
        <footer class="buttons"><button type="submit" data-action="archive-now">${t('editor.archive')}</button>
          <button type="button" class="secondary" @click=${close}>${t('app.cancel')}</button></footer>
      </form>`,
  }));
}
