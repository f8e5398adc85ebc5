import { html, nothing } from 'lit-html';
import { absolute } from '../format.ts';
import { t, has } from '../i18n.ts';
import { texts } from '../ui/form.ts';
import type { EditorContext } from './context.ts';
import type { RecordItem } from './types.ts';
import { outcomeTones, outcomeWords, refusalWords } from './words.ts';
import { cause } from '../causes.ts';

const kindName = (kind: string) => (has(`kind.${kind}`) ? t(`kind.${kind}`) : kind);

/** Shows which real record the sample values come from, and lets the operator choose another one. */
export function sampleBar(editor: EditorContext) {
  const { sample } = editor;
  if (!sample.isChosen || sample.choosing) return chooser(editor);
  const another = () => {
    sample.choosing = true;
    editor.app.update();
  };
  const found = sample.trial;
  return html`
    <section class="sample-bar" aria-label=${t('editor.sample')}>
      <p aria-live="polite">
        <strong>${t('editor.sample')}:</strong> ${kindName(found?.kind ?? sample.kind)} ${found?.recordId ?? sample.id}
        ${found ? html`<span class="badge" data-tone=${outcomeTones[found.outcome] ?? 'calm'} data-outcome=${found.outcome}>${outcomeWords(found)}</span>` : nothing}
        ${sample.busy ? html`<span class="hint" aria-busy="true">${t('editor.sample.busy')}</span>` : nothing}
      </p>
      <div class="buttons">
        <button type="button" class="quiet" data-action="sample-refresh" ?disabled=${sample.busy} @click=${() => void sample.refresh()}>${t('editor.sample.refresh')}</button>
        <button type="button" class="secondary" data-action="sample-other" @click=${another}>${t('editor.sample.other')}</button>
      </div>
      ${found?.error ? html`<p class="system">${cause(found.error.code, found.error).title}. ${cause(found.error.code, found.error).remedy}</p>` : nothing}
      ${sample.error ? html`<p class="wrong" role="alert">${refusalWords(sample.error)}</p>` : nothing}
    </section>`;
}

function chooser(editor: EditorContext) {
  const { sample } = editor;
  const hasKey = Boolean(editor.secret('Uon:ApiKey')?.set);
  if (hasKey) void sample.loadRecent();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const { kind = 'lead', id = '' } = texts(event);
    if (/^\d{1,18}$/.test(id)) void sample.choose(kind, id);
    else editor.app.toasts.say(t('pipelines.testIdWrong'), 'bad');
  };
  return html`
    <section class="sample-bar" aria-label=${t('editor.sample')}>
      <p><strong>${t('editor.sample.choose')}</strong> <span class="hint">${t('editor.sample.hint')}</span></p>
      ${hasKey ? html`
        <form class="inline" @submit=${submit}>
          <label>${t('pipelines.testKind')}<select name="kind">${['lead', 'request'].map((kind) => html`<option value=${kind}>${t(`kind.${kind}`)}</option>`)}</select></label>
          <label>${t('pipelines.testId')}<input name="id" inputmode="numeric" autocomplete="off" maxlength="18"></label>
          <button type="submit" class="secondary" data-action="sample-take">${t('editor.sample.take')}</button>
        </form>
        ${recent(editor)}` : html`<p class="hint">${t('editor.sample.needsKey')} <a href="#/pipelines/${editor.name}/source">${t('editor.part.source')}</a></p>`}
    </section>`;
}

function recent(editor: EditorContext) {
  const { sample } = editor;
  if (sample.recentError) {
    return html`<p class="wrong">${refusalWords(sample.recentError)} <button type="button" class="quiet" @click=${() => void sample.loadRecent(true)}>${t('app.retry')}</button></p>`;
  }

  if (!sample.recent) return html`<p class="hint" aria-busy="true">${t('app.loading')}</p>`;
  if (sample.recent.length === 0) return html`<p class="hint">${t('editor.sample.none')}</p>`;
  return html`
    <p class="hint">${t('editor.sample.recent')}</p>
    <ul class="recent">${sample.recent.map((item: RecordItem) => html`
      <li><button type="button" class="secondary" data-record="${item.kind}/${item.id}" @click=${() => void sample.choose(item.kind, String(item.id))}>
        <span>${kindName(item.kind)} ${item.id}</span> <span class="hint">${[item.date ? absolute(item.date) : '', item.title].filter(Boolean).join(' · ')}</span>
      </button></li>`)}</ul>`;
}
