import { html, nothing } from 'lit-html';
import { api, asApiError } from '../api.ts';
import type { App } from '../app.ts';
import { appWords } from '../app-words.ts';
import { duration } from '../format.ts';
import { t } from '../i18n.ts';
import type { BackfillPreview } from '../types.ts';
import type { Dialog } from '../ui/dialog.ts';
import { texts } from '../ui/form.ts';

const paces = [10, 60, 300];
const USUAL_PACE = 60;
const DAY = 86_400_000;

// In the operator's time zone; the Swedish date format is the one that the API requires.
const day = (ago: number) => new Intl.DateTimeFormat('sv-SE').format(new Date(Date.now() - ago * DAY));

/** Days, preview, pace, start: the old records of a cabinet. */
export function BackfillDialog(app: App, pipeline: string): Dialog {
  let asked = { pipeline, kind: '', from: day(30), to: day(0) };
  let found: BackfillPreview | null = null;
  let pace = USUAL_PACE;
  let busy = false;
  let problem = '';
  const request = () => ({ ...asked, kind: asked.kind || null });

  async function run(work: () => Promise<void>) {
    busy = true;
    problem = '';
    app.update();
    try {
      await work();
    } catch (error) {
      const failure = asApiError(error);
      // Invalid days or an error from U-ON: the app's text is more helpful than the page's.
      if (failure.status === 400 || failure.status === 409) problem = appWords(failure.message);
      else {
        app.dialogs.close();
        app.fail(error);
      }
    }

    busy = false;
    app.update();
  }

  function submit(event: SubmitEvent) {
    event.preventDefault();
    if (found) {
      void run(async () => {
        app.replays.addBackfill(await api.startBackfill({ ...request(), perMinute: pace }), t('backfill.run', { name: pipeline, from: asked.from, to: asked.to }));
        app.dialogs.close();
      });
      return;
    }

    const { kind = '', from = '', to = '' } = texts(event);
    asked = { ...asked, kind, from, to };
    void run(async () => { found = await api.previewBackfill(request()); });
  }

  const change = () => {
    found = null;
    problem = '';
    app.update();
  };

  return (close) => ({
    title: t('backfill.title'),
    body: html`
      <form @submit=${submit}>
        <p>${t('backfill.text')}</p>
        <div class="inline">
          <label>${t('backfill.from')}<input type="date" name="from" required .value=${asked.from} @input=${change}></label>
          <label>${t('backfill.to')}<input type="date" name="to" required .value=${asked.to} @input=${change}></label>
          <label>${t('backfill.kind')}
            <select name="kind" @change=${change}>
              <option value="">${t('backfill.both')}</option>
              ${['lead', 'request'].map((kind) => html`<option value=${kind} ?selected=${kind === asked.kind}>${t(`kind.${kind}`)}</option>`)}
            </select>
          </label>
        </div>
        <div aria-live="polite">
          ${problem ? html`<p class="wrong" role="alert">${problem}</p>` : nothing}
          ${found ? counts(found) : nothing}
        </div>
        ${found && found.count > 0 ? html`
          <label>${t('replay.pace')}
            <select name="pace" @change=${(event: Event) => { pace = Number((event.target as HTMLSelectElement).value); app.update(); }}>
              ${paces.map((n) => html`<option value=${n} ?selected=${n === pace}>${t('replay.perMinute', { n })}</option>`)}
            </select>
            <small>${t('backfill.takes', { time: duration(Math.max(30, (found.count / pace) * 60 + 30)) })}</small>
          </label>` : nothing}
        <footer class="buttons">
          ${found
            ? html`<button type="submit" data-action="start" ?disabled=${busy || found.count === 0} aria-busy=${busy ? 'true' : nothing}>${t('backfill.start')}</button>`
            : html`<button type="submit" data-action="count" ?disabled=${busy} aria-busy=${busy ? 'true' : nothing}>${t('backfill.count')}</button>`}
          <button type="button" class="secondary" @click=${close}>${t('app.cancel')}</button>
        </footer>
      </form>`,
  });
}

function counts({ found, known, count, wouldPass, capped }: BackfillPreview) {
  const more = capped ? '+' : '';
  return html`
    <p class="big-words" data-count=${count}>${t('backfill.unknown', { n: count })}${more}</p>
    <p>${t('backfill.counts', { found: `${found}${more}`, known, pass: wouldPass })}</p>
    ${capped ? html`<p class="hint">${t('backfill.capped')}</p>` : nothing}`;
}
