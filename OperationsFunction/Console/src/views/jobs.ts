import { html, nothing } from 'lit-html';
import { api, asApiError } from '../api.ts';
import type { App } from '../app.ts';
import { appWords } from '../app-words.ts';
import { duration, when } from '../format.ts';
import { has, t } from '../i18n.ts';
import type { Job } from '../types.ts';

/** The app's scheduled jobs: the last result, the next run, and a button to run one now. */
export class JobsPart {
  #app: App;
  #items: Job[] = [];
  #busy = '';

  constructor(app: App) {
    this.#app = app;
  }

  /** The overview works without this part: after a failure the last content stays. */
  async load() {
    try {
      this.#items = (await api.jobs()).items;
    } catch (error) {
      asApiError(error);
    }
  }

  render() {
    if (this.#items.length === 0) return nothing;
    const failed = this.#items.filter((job) => job.error).length;
    return html`
      <section class="card" aria-labelledby="jobs-title">
        <h2 id="jobs-title">${t('jobs.title')}</h2>
        ${failed ? html`<p class="notice" data-tone="bad">${t('jobs.someFailed', { n: failed })}</p>` : nothing}
        <details class="as-table" ?open=${failed > 0}>
          <summary>${t('jobs.hint')}</summary>
          <div class="scroll" tabindex="0" role="region" aria-label=${t('jobs.title')}>
            <table class="jobs">
              <thead><tr><th scope="col">${t('jobs.job')}</th><th scope="col">${t('jobs.lastRun')}</th><th scope="col">${t('jobs.result')}</th><th scope="col">${t('jobs.next')}</th><th></th></tr></thead>
              <tbody>${this.#items.map((job) => this.#row(job))}</tbody>
            </table>
          </div>
        </details>
      </section>`;
  }

  #row(job: Job) {
    const busy = this.#busy === job.name;
    return html`
      <tr data-job=${job.name}>
        <th scope="row" title=${job.name}>${jobName(job.name)}</th>
        <td>${job.lastRun ? when(job.lastRun) : t('jobs.never')}</td>
        <td>${result(job)}</td>
        <td>${job.next ? when(job.next) : t('jobs.off')}</td>
        <td><button type="button" class="secondary" data-action="run-job" aria-label=${`${t('jobs.run')}: ${jobName(job.name)}`}
          aria-busy=${busy ? 'true' : nothing} ?disabled=${Boolean(this.#busy) || job.running || job.asked} @click=${() => void this.#run(job)}>${t('jobs.run')}</button></td>
      </tr>`;
  }

  async #run(job: Job) {
    this.#busy = job.name;
    this.#app.update();
    try {
      await api.runJob(job.name);
      this.#app.toasts.say(t('jobs.started', { name: jobName(job.name) }));
      await this.load();
    } catch (error) {
      this.#app.fail(error);
    }

    this.#busy = '';
    this.#app.update();
  }
}

/** A job unknown to the page is shown with the app's own name. */
export const jobName = (name: string) => (has(`jobs.name.${name}`) ? t(`jobs.name.${name}`) : name);

export function result(job: Pick<Job, 'running' | 'asked' | 'error' | 'duration' | 'lastRun'>) {
  if (job.running || job.asked) return t('jobs.running');
  if (job.error) return html`<span class="part" data-tone="bad">${t('jobs.failed')}</span><span class="sub system">${appWords(job.error)}</span>`;
  if (!job.lastRun) return '—';
  return html`<span class="part" data-tone="good">${t('jobs.ok')}</span><span class="sub">${t('jobs.took', { time: duration(job.duration ?? 0) })}</span>`;
}
