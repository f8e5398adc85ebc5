import { html, nothing } from 'lit-html';
import { api, asApiError } from './api.ts';
import type { App } from './app.ts';
import { appWords } from './app-words.ts';
import { t } from './i18n.ts';
import { replays as kept } from './session.ts';
import type { Backfill, Replay } from './types.ts';
import { icon } from './ui/icons.ts';
import { Poller } from './ui/poller.ts';

const SOON = 1_500;
const RARELY = 60_000;

type Progress = Pick<Replay, 'id' | 'state' | 'total' | 'done' | 'refused' | 'problem'>;

/** A replay, or a backfill: for a backfill, `known` records replace `refused` operations. */
type Run = Progress & { title: string; backfill?: boolean };

/** The part of the app that this class needs. */
type Host = Pick<App, 'update' | 'fail' | 'toasts' | 'counter'>;

/** The bulk replays and backfills started in this tab, tracked until they end, whichever view is shown. */
export class ReplayRuns {
  #app: Host;
  #runs: Run[] = [];
  #poller = new Poller(() => this.#load(), () => (this.#runs.some((run) => run.state === 'Running') ? SOON : RARELY));

  constructor(app: Host) {
    this.#app = app;
  }

  start() {
    this.#runs = read();
    this.#poller.start();
  }

  add(view: Replay, title: string) {
    this.#runs = [{ ...view, title }, ...this.#runs];
    this.#keep();
    this.#poller.now();
  }

  addBackfill(view: Backfill, title: string) {
    this.#runs = [{ ...progress(view), title }, ...this.#runs];
    this.#keep();
    this.#poller.now();
  }

  render() {
    if (this.#runs.length === 0) return nothing;
    return html`<section class="runs" aria-label=${t('replay.list')}>${this.#runs.map((run) => this.#run(run))}</section>`;
  }

  #run(run: Run) {
    const running = run.state === 'Running';
    const settled = run.done + run.refused;
    return html`
      <div class="card run" data-run=${run.state}>
        <p class="run-head"><strong>${t(`replay.state.${run.state}`)}</strong> ${run.title}
          ${running ? nothing : html`<button type="button" class="quiet round" aria-label=${t('replay.hide')} @click=${() => this.#hide(run)}>${icon('cross')}</button>`}
        </p>
        <progress max=${Math.max(1, run.total)} value=${settled} aria-label=${run.title}></progress>
        <p class="run-foot">
          <span class="progress-words">${t('replay.progress', { done: settled, total: run.total })}</span>
          ${run.refused ? html`<span>${t(run.backfill ? 'backfill.known' : 'replay.refused', { n: run.refused })}</span>` : nothing}
          ${running && run.problem ? html`<span class="hint">${appWords(run.problem)}</span>` : nothing}
          ${running && settled === 0 ? html`<span class="hint">${t('replay.soon')}</span>` : nothing}
          ${running ? html`<button type="button" class="secondary" data-action="stop" @click=${() => this.#cancel(run)}>${t('replay.stop')}</button>` : nothing}
        </p>
      </div>`;
  }

  async #cancel(run: Run) {
    try {
      this.#put(run.backfill ? progress(await api.cancelBackfill(run.id)) : await api.cancelReplay(run.id));
      this.#app.toasts.say(t('replay.stopped'));
    } catch (error) {
      this.#app.fail(error);
    }
  }

  async #load() {
    for (const run of this.#runs.filter((one) => one.state === 'Running')) {
      try {
        const view = run.backfill ? progress(await api.backfill(run.id)) : await api.replay(run.id);
        this.#put(view);
        if (view.state !== 'Running') this.#app.counter.now();
      } catch (error) {
        const { status } = asApiError(error);
        if (status === 404) this.#hide(run);
        else if (status === 401) this.#app.fail(error);
      }
    }
  }

  #put(view: Progress) {
    this.#runs = this.#runs.map((run) => (run.id === view.id ? { ...run, ...view } : run));
    this.#keep();
  }

  #hide(run: Run) {
    this.#runs = this.#runs.filter((other) => other.id !== run.id);
    this.#keep();
  }

  #keep() {
    kept.set(this.#runs.length ? JSON.stringify(this.#runs) : '');
    this.#app.update();
  }
}

const progress = ({ id, state, total, done, known, problem }: Backfill) => ({ id, state, total, done, refused: known, problem, backfill: true });

function read(): Run[] {
  try {
    return JSON.parse(kept.get() ?? '[]') as Run[];
  } catch {
    return [];
  }
}
