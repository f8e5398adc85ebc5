import { html, nothing } from 'lit-html';
import { asApiError } from '../api.ts';
import type { App } from '../app.ts';
import { has, t } from '../i18n.ts';
import type { Dialog } from '../ui/dialog.ts';
import { texts } from '../ui/form.ts';
import { editor as editorApi } from './api.ts';
import type { Template } from './types.ts';
import { refusalWords } from './words.ts';

/** Shown until the app's own list is loaded, and when it cannot be loaded. */
const known: Template[] = ['uon-offerum', 'uon-telegram', 'uon-offerum-crm', 'empty'].map((id) => ({ id, title: id, description: '' }));

const title = ({ id, title: own }: Template) => (has(`template.${id}`) ? t(`template.${id}`) : own);
const description = ({ id, description: own }: Template) => (has(`templateHint.${id}`) ? t(`templateHint.${id}`) : own);

interface Beginning {
  /** The pipeline to duplicate. */
  from?: string;
  title?: string;
}

/** Создать: a title and a template. */
export function createDialog(app: App, { from, title: given = '' }: Beginning = {}): Dialog {
  let problem = '';
  let busy = false;
  let templates = known;
  if (!from) void load();

  async function load() {
    try {
      templates = await editorApi.templates();
    } catch (error) {
      asApiError(error);
    }

    app.update();
  }

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (busy) return;
    const { title: typed = '', template } = texts(event);
    if (typed === '') {
      problem = t('editor.create.titleMissing');
      app.update();
      return;
    }

    [busy, problem] = [true, ''];
    app.update();
    try {
      const { name } = await editorApi.create(from ? { title: typed, from } : { title: typed, template });
      app.dialogs.close();
      location.hash = `#/pipelines/${name}/source`;
    } catch (error) {
      problem = refusalWords(asApiError(error));
    }

    busy = false;
    app.update();
  };

  return (close) => ({
    title: t(from ? 'editor.duplicate' : 'editor.create.title'),
    body: html`
      <form novalidate @submit=${submit}>
        <label>${t('editor.create.name')}
          <input name="title" maxlength="100" autocomplete="off" .defaultValue=${given} placeholder=${t('editor.create.example')} aria-invalid=${problem ? 'true' : nothing} autofocus></label>
        ${from ? html`<p class="hint">${t('editor.duplicate.hint')}</p>` : html`
          <fieldset><legend>${t('editor.create.template')}</legend>
            ${templates.map((template, index) => html`
              <label class="check choice"><input type="radio" name="template" value=${template.id} ?checked=${index === 0}>
                <span><strong>${title(template)}</strong> <span class="hint">${description(template)}</span></span></label>`)}
          </fieldset>`}
        <p class="wrong" role="alert">${problem}</p>
        <footer class="buttons"><button type="submit" data-action="create-now" aria-busy=${busy ? 'true' : nothing} ?disabled=${busy}>${t('editor.create')}</button>
          <button type="button" class="secondary" @click=${close}>${t('app.cancel')}</button></footer>
      </form>`,
  });
}

/** «Хранится в коде»: creates a draft from the code, to edit it here. */
export function copyDialog(app: App, name: string): Dialog {
  let problem = '';
  let busy = false;
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (busy) return;
    [busy, problem] = [true, ''];
    app.update();
    try {
      const copy = await editorApi.copyToPage(name, texts(event).title || name);
      app.dialogs.close();
      location.hash = `#/pipelines/${copy.name}/source`;
    } catch (error) {
      problem = refusalWords(asApiError(error));
    }

    busy = false;
    app.update();
  };
  return (close) => ({
    title: t('editor.copy.title', { name }),
    body: html`
      <form @submit=${submit}>
        <p>${t('editor.copy.text')}</p>
        <label>${t('editor.create.name')}<input name="title" maxlength="100" autocomplete="off" .defaultValue=${name}></label>
        <p class="wrong" role="alert">${problem}</p>
        <footer class="buttons"><button type="submit" data-action="copy-now" aria-busy=${busy ? 'true' : nothing} ?disabled=${busy}>${t('editor.copy')}</button>
          <button type="button" class="secondary" @click=${close}>${t('app.cancel')}</button></footer>
      </form>`,
  });
}

/** Creates drafts from a pipelines.json, or from a part of one. */
export function importDialog(app: App, done: () => void): Dialog {
  let problem = '';
  let busy = false;
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (busy) return;
    [busy, problem] = [true, ''];
    app.update();
    const file = new FormData(event.target as HTMLFormElement).get('file');
    const { code = '' } = texts(event);
    const text = file instanceof File && file.size > 0 ? await file.text() : code;
    try {
      const names = await editorApi.import(JSON.parse(text));
      app.dialogs.close();
      app.toasts.say(t('editor.import.done', { names: names.join(', ') }));
      done();
    } catch (error) {
      problem = error instanceof SyntaxError ? t('editor.json.wrong') : refusalWords(asApiError(error));
    }

    busy = false;
    app.update();
  };
  return (close) => ({
    title: t('editor.import.title'),
    body: html`
      <form novalidate @submit=${submit}>
        <p>${t('editor.import.text')}</p>
        <label>${t('editor.import.file')}<input type="file" name="file" accept=".json,application/json"></label>
        <label>${t('editor.import.paste')}<textarea class="mono" name="code" rows="6" spellcheck="false"></textarea></label>
        <p class="wrong" role="alert">${problem}</p>
        <footer class="buttons"><button type="submit" data-action="import-now" aria-busy=${busy ? 'true' : nothing} ?disabled=${busy}>${t('editor.import')}</button>
          <button type="button" class="secondary" @click=${close}>${t('app.cancel')}</button></footer>
      </form>`,
  });
}
