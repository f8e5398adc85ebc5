import { html, nothing } from 'lit-html';
import { api } from './api.js';
import { t } from './i18n.js';
import { replays as kept } from './session.js';
import { icon } from './ui/icons.js';
import { Poller } from './ui/poller.js';

const SOON = 1_500;
const RARELY = 60_000;

/** The bulk replays started in this tab, followed until they are over, on whichever view. */
export class ReplayRuns {
  #app;
  #runs = [];
  #poller = new Poller(() => this.#load(), () => (this.#runs.some((run) => run.state === 'Running') ? SOON : RARELY));

  constructor(app) {
    this.#app = app;
  }

  start() {
    this.#runs = read();
    this.#poller.start();
  }

  add(view, title) {
    this.#runs = [{ ...view, title }, ...this.#runs];
    this.#keep();
    this.#poller.now();
  }

  render() {
    if (this.#runs.length === 0) return nothing;
    return html`<section class="runs" aria-label=${t('replay.list')}>${this.#runs.map((run) => this.#run(run))}</section>`;
  }

  #run(run) {
    const running = run.state === 'Running';
    const gone = run.done + run.refused;
    return html`
      <div class="card run" data-run=${run.state}>
        <p class="run-head"><strong>${t(`replay.${run.state}`)}</strong> ${run.title}
          ${running ? nothing : html`<button type="button" class="quiet round" aria-label=${t('replay.hide')} @click=${() => this.#hide(run)}>${icon('cross')}</button>`}
        </p>
        <progress max=${Math.max(1, run.total)} value=${gone} aria-label=${run.title}></progress>
        <p class="run-foot">
          <span class="progress-words">${t('replay.progress', { done: gone, total: run.total })}</span>
          ${run.refused ? html`<span>${t('replay.refused', { n: run.refused })}</span>` : nothing}
          ${running && gone === 0 ? html`<span class="hint">${t('replay.soon')}</span>` : nothing}
          ${running ? html`<button type="button" class="secondary" data-action="stop" @click=${() => this.#cancel(run)}>${t('replay.stop')}</button>` : nothing}
        </p>
      </div>`;
  }

  async #cancel(run) {
    try {
      this.#put(await api.cancelReplay(run.id));
      this.#app.toasts.say(t('replay.stopped'));
    } catch (error) {
      this.#app.fail(error);
    }
  }

  async #load() {
    for (const run of this.#runs.filter((one) => one.state === 'Running')) {
      try {
        const view = await api.replay(run.id);
        this.#put(view);
        if (view.state !== 'Running') this.#app.counter.now();
      } catch (error) {
        if (error.status === 404) this.#hide(run);
        else if (error.status === 401 || !error.words) this.#app.fail(error);
      }
    }
  }

  #put(view) {
    this.#runs = this.#runs.map((run) => (run.id === view.id ? { ...run, ...view } : run));
    this.#keep();
  }

  #hide(run) {
    this.#runs = this.#runs.filter((other) => other.id !== run.id);
    this.#keep();
  }

  #keep() {
    kept.set(this.#runs.length ? JSON.stringify(this.#runs) : '');
    this.#app.update();
  }
}

function read() {
  try {
    return JSON.parse(kept.get() ?? '[]');
  } catch {
    return [];
  }
}
