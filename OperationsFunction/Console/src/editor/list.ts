import { html, nothing } from 'lit-html';
import { appWords } from '../app-words.ts';
import type { App } from '../app.ts';
import { t } from '../i18n.ts';
import type { Pipeline } from '../types.ts';
import { icon } from '../ui/icons.ts';
import { copyDialog } from './create.ts';

export const isOnPage = (item: Pipeline) => item.home === 'page';

/** Where a pipeline is kept, and the way to change it. */
export function place(app: App, item: Pipeline) {
  if (!item.home) return nothing;
  const notes = item.notes ?? [];
  return html`
    <p class="sub place">${item.title && item.title !== item.name ? html`<span class="mono">${item.name}</span> · ` : nothing}${isOnPage(item)
      ? html`${item.revision ? t('editor.history.revision', { revision: String(item.revision) }) : t('editor.run.draftOnly')}${item.draft && item.revision ? html` · <span class="badge" data-tone="info">${t('editor.list.changed')}</span>` : nothing}`
      : html`${t('editor.inCode')} <button type="button" class="quiet" data-action="copy-to-page" @click=${() => app.dialogs.show(copyDialog(app, item.name))}>${t('editor.copy')}</button>`}</p>
    ${notes.map((note) => html`<p class="notice" data-tone="warn">${appWords(note)}</p>`)}`;
}

/** For a pipeline made on the page, everything else is in its editor. */
export const pageCard = (item: Pipeline) => html`
  <div class="buttons"><a role="button" href="#/pipelines/${item.name}/source" data-action="open-editor">${t('editor.open')}${icon('arrow')}</a>
    <a role="button" class="secondary" href="#/pipelines/${item.name}/history">${t('editor.part.history')}</a></div>`;

export const archived = (items: Pipeline[]) => (items.length === 0 ? nothing : html`
  <details class="card more-card"><summary>${t('editor.list.archived', { n: items.length })}</summary>
    <ul>${items.map((item) => html`<li><a href="#/pipelines/${item.name}/history">${item.title || item.name}</a></li>`)}</ul></details>`);
