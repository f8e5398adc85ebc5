import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { isDoubtful } from '../allowed.js';
import { api } from '../api.js';
import { cause } from '../causes.js';
import { number, when } from '../format.js';
import { has, t } from '../i18n.js';
import { badge } from '../ui/badge.js';
import { Poller } from '../ui/poller.js';
import { failed, loading, missing } from '../ui/states.js';
import { ReplayDialog } from './replay-dialog.js';

const LIVE = 5_000;

/** What does not pass by itself, gathered by cause, each with its remedy. */
export class AttentionView {
  #app;
  #groups = null;
  #error = null;
  #flows = {};
  #busy = '';
  #poller = new Poller(() => this.#load(), () => LIVE);

  constructor(app) {
    this.#app = app;
  }

  get title() {
    return t('attention.title');
  }

  start() {
    this.#poller.start();
    this.#loadFlows();
  }

  stop() {
    this.#poller.stop();
  }

  render() {
    return html`
      <div class="head"><h1 tabindex="-1">${t('attention.title')}</h1><span class="live">${t('app.live')}</span></div>
      <p class="sub">${t('attention.lead')}</p>
      ${this.#app.replays.render()} ${this.#list()}`;
  }

  #list() {
    if (this.#error?.status === 404) return missing();
    if (this.#error && !this.#groups) return failed(this.#error, () => this.#poller.now());
    if (!this.#groups) return loading();
    if (this.#groups.length === 0) return html`<p class="empty well">${t('attention.none')}</p>`;
    return repeat(this.#groups, key, (group) => this.#group(group));
  }

  #group(group) {
    const why = cause(group.code ?? (group.state === 'Held' ? 'paused' : null), { message: group.message, flow: this.#flows[group.pipeline], stage: group.destination });
    const query = new URLSearchParams(Object.entries(group.query ?? {}).filter(([, value]) => value));
    const held = group.state === 'Held';
    const doubtful = isDoubtful(group.state);
    return html`
      <section class="card group" data-code=${group.code ?? ''} data-state=${group.state}>
        <div class="group-head">
          <p class="big">${number(group.count)}${group.capped ? '+' : ''}</p>
          <div><h2>${why.title}</h2><p class="sub">${badge(group.state)} ${group.pipeline}</p></div>
        </div>
        <p class="remedy">${why.remedy}</p>
        ${group.message ? html`<p class="system"><span>${t('attention.system')}:</span> ${group.message}</p>` : nothing}
        <p class="sub">${t('attention.oldest')} ${when(group.oldestAt)}${group.count > 1 ? html` · ${t('attention.newest')} ${when(group.newestAt)}` : nothing}</p>
        ${group.samples?.length ? html`<p class="sub">${t('attention.samples')}: ${group.samples.map((id) => html`<a class="sample" href="#/operations/${id}">${sampleName(id)}</a> `)}</p>` : nothing}
        <div class="buttons">
          ${held ? html`<button type="button" data-action="resume" title=${t('attention.resumeHint')} aria-busy=${this.#busy === key(group) ? 'true' : nothing}
            @click=${() => this.#resume(group)}>${t('attention.resume')}</button>` : nothing}
          ${held ? nothing : order(group).map((from, index) => html`
            <button type="button" class=${index === 0 && !doubtful ? '' : 'secondary'} data-action="all-${from}" @click=${() => this.#replay(group, from, why.title)}>
              ${t(`attention.replayAll.${from}`)}
            </button>`)}
          ${query.size ? html`<a role="button" class="quiet" href="#/operations?${query}">${t('attention.show')}</a>` : nothing}
        </div>
      </section>`;
  }

  #replay(group, from, title) {
    this.#app.dialogs.show(ReplayDialog(this.#app, group, from, title, isDoubtful(group.state)));
  }

  async #resume(group) {
    this.#busy = key(group);
    this.#app.update();
    try {
      await api.pipeline(group.pipeline, 'resume');
      this.#app.toasts.say(t('attention.resumed'));
      this.#app.counter.now();
    } catch (error) {
      this.#app.fail(error);
    }

    this.#busy = '';
    this.#app.update();
    this.#poller.now();
  }

  async #load() {
    try {
      this.#groups = (await api.attention()).groups;
      this.#error = null;
    } catch (error) {
      if (error.status === 401 || !error.words) {
        this.#app.fail(error);
        return;
      }

      this.#error = error;
    }

    this.#app.update();
  }

  // A remedy that names the flow is worth a request.
  async #loadFlows() {
    try {
      const { items } = await api.pipelines();
      this.#flows = Object.fromEntries(items.map((item) => [item.name, item.settings?.find((s) => s.key.endsWith('Offerum:Flow'))?.value]));
      this.#app.update();
    } catch (error) {
      if (!error.words) throw error;
    }
  }
}

const key = (group) => [group.pipeline, group.state, group.code, group.destination].join('|');

function sampleName(id) {
  const [, kind, number] = id.split('/');
  return has(`kind.${kind}`) ? `${t(`kind.${kind}`)} ${number}` : id;
}

/** Ways to start them again, the likelier one first. */
function order(group) {
  const ways = group.canReplay ?? [];
  const sends = group.code?.startsWith('offerum-') || isDoubtful(group.state);
  return ways.toSorted((a) => ((a === 'send') === sends ? -1 : 1));
}
