import { html } from 'lit-html';
import type { App } from '../app.ts';
import { t } from '../i18n.ts';
import { createDialog, importDialog } from './create.ts';

/** Создать and import, above a list of pipelines. */
export const createButtons = (app: App, done: () => void) => html`
  <div class="buttons">
    <button type="button" data-action="create" @click=${() => app.dialogs.show(createDialog(app))}>${t('editor.create')}</button>
    <button type="button" class="secondary" data-action="import" @click=${() => app.dialogs.show(importDialog(app, done))}>${t('editor.import')}</button>
  </div>`;

/** Shown while nothing is set up yet. */
export const firstStart = (app: App, done: () => void) => html`
  <section class="card first-start" aria-labelledby="first-title">
    <h2 id="first-title">${t('editor.first.title')}</h2>
    <p>${t('editor.first.text')}</p>
    <ol class="steps">${['source', 'fields', 'destinations', 'run'].map((part) => html`<li>${t(`editor.first.${part}`)}</li>`)}</ol>
    ${createButtons(app, done)}
  </section>`;
