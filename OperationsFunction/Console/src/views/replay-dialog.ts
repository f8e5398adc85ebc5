import { html, nothing } from 'lit-html';
import { api } from '../api.ts';
import type { App } from '../app.ts';
import { duration } from '../format.ts';
import { t } from '../i18n.ts';
import type { AttentionGroup, From } from '../types.ts';
import type { Dialog } from '../ui/dialog.ts';
import { valueOf } from '../ui/form.ts';

const paces = [60, 300, 1_000, 6_000];
const USUAL_PACE = 300;

/** Preview, pace, start: the second of two clicks. */
export function ReplayDialog(app: App, group: AttentionGroup, from: From, title: string): Dialog {
  let count: number | null = null;
  let pace = USUAL_PACE;
  let busy = false;
  const request = { query: group.query, from };
  void preview();

  async function preview() {
    try {
      count = (await api.preview(request)).count;
      app.update();
    } catch (error) {
      app.dialogs.close();
      app.fail(error);
    }
  }

  async function start(event: SubmitEvent) {
    event.preventDefault();
    busy = true;
    app.update();
    try {
      const view = await api.startReplay({ ...request, perMinute: pace });
      app.replays.add(view, title);
    } catch (error) {
      app.fail(error);
    }

    app.dialogs.close();
  }

  return (close) => ({
    title: t(`replay.title.${from}`),
    body: html`
      <form @submit=${start}>
        <p><strong>${title}</strong></p>
        <p class="big-words" aria-live="polite">${count === null ? t('replay.counting') : t('replay.count', { n: count })}</p>
        ${group.mayHaveArrived ? html`<p class="notice" data-tone="warn">${t('replay.doubt')}</p>` : nothing}
        <label>${t('replay.pace')}
          <select name="pace" @change=${(event: Event) => { pace = Number(valueOf(event)); app.update(); }}>
            ${paces.map((n) => html`<option value=${n} ?selected=${n === pace}>${t('replay.perMinute', { n })}</option>`)}
          </select>
          <small>${count === null ? nothing : t('replay.takes', { time: duration(Math.max(30, (count / pace) * 60 + 30)) })}</small>
        </label>
        <footer class="buttons">
          <button type="submit" data-action="start" ?disabled=${busy || count === null || count === 0} aria-busy=${busy ? 'true' : nothing}>${t('replay.start')}</button>
          <button type="button" class="secondary" @click=${close}>${t('app.cancel')}</button>
        </footer>
      </form>`,
  });
}
