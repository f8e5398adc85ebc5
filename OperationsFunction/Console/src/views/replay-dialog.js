import { html, nothing } from 'lit-html';
import { api } from '../api.js';
import { duration } from '../format.js';
import { t } from '../i18n.js';

const paces = [60, 300, 1_000, 6_000];

/** Preview, pace, go: the second of two clicks. */
export function ReplayDialog(app, group, from, title, doubtful) {
  let count = null;
  let pace = paces[1];
  let busy = false;
  const request = { query: group.query, from };
  api.preview(request).then((found) => { count = found.count; app.update(); }, (error) => { app.dialogs.close(); app.fail(error); });

  async function start(event) {
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
        ${doubtful ? html`<p class="notice" data-tone="warn">${t('replay.doubt')}</p>` : nothing}
        <label>${t('replay.pace')}
          <select name="pace" @change=${(event) => { pace = Number(event.target.value); app.update(); }}>
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
