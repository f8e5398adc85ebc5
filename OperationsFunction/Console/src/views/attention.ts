import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { api, asApiError } from '../api.ts';
import type { App } from '../app.ts';
import { appWords } from '../app-words.ts';
import { cause } from '../causes.ts';
import { number, when } from '../format.ts';
import { has, t } from '../i18n.ts';
import { isOperationId } from '../search.ts';
import type { AttentionGroup, From } from '../types.ts';
import { badge } from '../ui/badge.ts';
import { Live } from '../ui/live.ts';
import { ReplayDialog } from './replay-dialog.ts';

/** What needs an operator, grouped by cause, each with its remedy. */
export class AttentionView {
  #app: App;
  #live: Live<AttentionGroup[]>;
  #flows: Record<string, string | undefined> = {};
  #busy = '';

  constructor(app: App) {
    this.#app = app;
    this.#live = new Live(app, async () => (await api.attention()).groups);
  }

  get title() {
    return t('attention.title');
  }

  start() {
    this.#live.start();
    void this.#loadFlows();
  }

  stop() {
    this.#live.stop();
  }

  render() {
    return html`
      <div class="head"><h1 tabindex="-1">${t('attention.title')}</h1><span class="live">${t('app.live')}</span></div>
      <p class="sub">${t('attention.lead')}</p>
      ${this.#app.replays.render()} ${this.#live.render((groups) => this.#list(groups))}`;
  }

  #list(groups: AttentionGroup[]) {
    if (groups.length === 0) return html`<p class="empty well">${t('attention.none')}</p>`;
    return repeat(groups, key, (group) => this.#group(group));
  }

  #group(group: AttentionGroup) {
    const why = cause(group.code ?? (group.state === 'Held' ? 'paused' : null), { message: group.message, flow: this.#flows[group.pipeline], stage: group.destination });
    const query = new URLSearchParams(Object.entries(group.query).flatMap(([name, value]) => (value ? [[name, value]] : [])));
    const held = group.state === 'Held';
    // What is no longer in the settings continues when it is back there; a resume would change nothing.
    const resumable = held && group.code !== 'retired';
    return html`
      <section class="card group" data-code=${group.code ?? ''} data-state=${group.state}>
        <div class="group-head">
          <p class="big">${number(group.count)}${group.capped ? '+' : ''}</p>
          <div><h2>${why.title}</h2><p class="sub">${badge(group)} ${group.pipeline}</p></div>
        </div>
        <p class="remedy">${why.remedy}</p>
        ${group.message ? html`<p class="system"><span>${t('attention.system')}:</span> ${appWords(group.message)}</p>` : nothing}
        <p class="sub">${t('attention.oldest')} ${when(group.oldestAt)}${group.count > 1 ? html` · ${t('attention.newest')} ${when(group.newestAt)}` : nothing}</p>
        ${group.samples.length ? html`<p class="sub">${t('attention.samples')}: ${group.samples.map(sample)}</p>` : nothing}
        <div class="buttons">
          ${resumable ? html`<button type="button" data-action="resume" title=${t('attention.resumeHint')} aria-busy=${this.#busy === key(group) ? 'true' : nothing}
            @click=${() => this.#resume(group)}>${t('attention.resume')}</button>` : nothing}
          ${held ? nothing : order(group).map((from, index) => html`
            <button type="button" class=${index === 0 && !group.mayHaveArrived ? '' : 'secondary'} data-action="all-${from}" @click=${() => this.#replay(group, from, why.title)}>
              ${t(`attention.replayAll.${from}`)}
            </button>`)}
          ${query.size ? html`<a role="button" class="quiet" href="#/operations?${query}">${t('attention.show')}</a>` : nothing}
        </div>
      </section>`;
  }

  #replay(group: AttentionGroup, from: From, title: string) {
    this.#app.dialogs.show(ReplayDialog(this.#app, group, from, title));
  }

  async #resume(group: AttentionGroup) {
    this.#busy = key(group);
    this.#app.update();
    try {
      await api.resume(group.pipeline);
      this.#app.toasts.say(t('attention.resumed'));
      this.#app.counter.now();
    } catch (error) {
      this.#app.fail(error);
    }

    this.#busy = '';
    this.#app.update();
    this.#live.now();
  }

  // The remedy names the flow; without it the remedy is still useful.
  async #loadFlows() {
    try {
      const { items } = await api.pipelines();
      this.#flows = Object.fromEntries(items.map((item) => [item.name, item.settings.find((s) => s.key.endsWith('Offerum:Flow'))?.value]));
      this.#app.update();
    } catch (error) {
      asApiError(error);
    }
  }
}

const key = (group: AttentionGroup) => [group.pipeline, group.state, group.code, group.destination].join('|');

/** Only an operation has a page of its own; the group's link shows the others. */
function sample(id: string) {
  const [, kind, number] = id.split('/');
  return isOperationId(id)
    ? html`<a class="sample" href="#/operations/${id}">${has(`kind.${kind}`) ? `${t(`kind.${kind}`)} ${number}` : id}</a> `
    : html`<span class="sample">${id}</span> `;
}

/** The stages where a replay may start, the likelier remedy first. */
function order(group: AttentionGroup): From[] {
  const first = group.code?.startsWith('offerum-') || group.mayHaveArrived ? 'send' : 'enrich';
  return (group.canReplay as From[]).toSorted((a, b) => Number(b === first) - Number(a === first));
}
