import { html, nothing } from 'lit-html';
import { api } from '../api.ts';
import type { App } from '../app.ts';
import { firstStart } from '../editor/start.ts';
import { duration, money, number, when } from '../format.ts';
import { has, t } from '../i18n.ts';
import '../ui/chart.ts';
import type { AlertChannel, Overview, PipelineOverview, Postbacks, Queue } from '../types.ts';
import { breakers } from '../ui/breakers.ts';
import { Live } from '../ui/live.ts';
import { failed } from '../ui/placeholders.ts';
import { JobsPart } from './jobs.ts';

const PAUSE = 10_000;
const ranges = ['24h', '7d', '30d'];
const rangeOf = (params: URLSearchParams) => ranges.find((range) => range === params.get('range')) ?? '24h';

/** Whether leads flow, at a glance. */
export class OverviewView {
  #app: App;
  #range = '24h';
  #live: Live<Overview>;
  #jobs: JobsPart;

  constructor(app: App, params: URLSearchParams) {
    this.#app = app;
    this.#jobs = new JobsPart(app);
    this.#live = new Live(app, () => this.#read(), () => PAUSE);
    this.#range = rangeOf(params);
  }

  get title() {
    return t('overview.title');
  }

  follow(params: URLSearchParams) {
    this.#range = rangeOf(params);
    this.#live.again();
    this.#app.update();
  }

  start() {
    this.#live.start();
  }

  stop() {
    this.#live.stop();
  }

  render() {
    return html`
      <div class="head">
        <h1 tabindex="-1">${t('overview.title')}</h1>
        <nav class="ranges" aria-label=${t('overview.ranges')}>
          ${ranges.map((name) => html`<a href="#/overview?range=${name}" aria-current=${name === this.#range ? 'true' : nothing}>${t(`overview.range.${name}`)}</a>`)}
        </nav>
      </div>
      ${this.#app.replays.render()} ${this.#live.render((data) => this.#body(data))}`;
  }

  #body({ pipelines, queues, step, alerts }: Overview) {
    const failing = alerts.filter((channel) => !channel.ok);
    if (pipelines.length === 0) return html`${firstStart(this.#app, this.#live.now)} ${queueTable(queues)}`;
    const attention = pipelines.reduce((sum, p) => sum + p.attention, 0);
    return html`
      ${this.#live.error ? failed(this.#live.error, this.#live.now) : nothing}
      ${attention > 0
        ? html`<a class="notice call" data-tone="bad" href="#/attention"><strong>${t('overview.needsYou', { n: attention })}</strong> →</a>`
        : failing.length > 0 || pipelines.some((p) => p.silent || p.breakers.some((breaker) => breaker.open)) ? nothing
          : html`<p class="notice" data-tone="good"><strong>${t('overview.allWell')}</strong></p>`}
      ${failing.map(channelNotice)}
      ${pipelines.map((pipeline) => this.#pipeline(pipeline, step))}
      ${queueTable(queues)}
      ${this.#jobs.render()}`;
  }

  #pipeline(p: PipelineOverview, step: string) {
    const open = (state: string) => p.open[state] ?? 0;
    const more = p.openCapped ? '+' : '';
    const done = p.finished;
    return html`
      <section class="card pipeline" data-pipeline=${p.name} aria-label=${p.name}>
        <div class="head"><h2>${p.name}</h2><p class="sub">${t('overview.lastWebhook')}: ${p.lastWebhookAt ? when(p.lastWebhookAt) : t('overview.never')}</p></div>
        ${breakers(p.breakers)}
        ${p.silent ? html`<p class="notice" data-tone="warn" data-silent>
          ${p.lastWebhookAt ? html`${t('overview.silent')} ${when(p.lastWebhookAt)}. ${t('overview.silentHint')}` : t('overview.silentNever')}</p>` : nothing}
        <ul class="tiles">
          ${tile('good', t('overview.delivered'), done.Delivered ?? 0, link(p.name, 'Delivered'))}
          ${tile('info', t('overview.waiting'), `${number(open('Waiting') + open('Enriched') + open('Sending'))}${more}`, link(p.name, 'Waiting'))}
          ${tile('warn', t('overview.held'), `${number(open('Held'))}${more}`, link(p.name, 'Held'))}
          ${tile(p.attention ? 'bad' : 'calm', t('overview.attention'), p.attention, '#/attention')}
          ${tile('calm', t('overview.duplicates'), done.Duplicate ?? 0, link(p.name, 'Duplicate'))}
          ${tile('calm', t('overview.skipped'), done.Skipped ?? 0, link(p.name, 'Skipped'))}
        </ul>
        ${this.#chart(p, step)}
        <dl class="facts">
          <div><dt>${t('overview.speed')}</dt><dd>${p.seconds
            ? html`${t('overview.median', { time: duration(p.seconds.p50) })}<span class="sub">${t('overview.p95', { time: duration(p.seconds.p95) })}</span>` : t('overview.noSpeed')}</dd></div>
          <div><dt>${t('overview.conversion')}</dt><dd>${conversion(p.postbacks)}</dd></div>
        </dl>
      </section>`;
  }

  #chart(p: PipelineOverview, step: string) {
    if (!p.series.length) return html`<p class="empty">${t('overview.noData')}</p>`;
    const names = { received: t('overview.received'), delivered: t('overview.delivered'), attention: t('overview.attention') };
    const span: Intl.DateTimeFormatOptions = step === 'hour' ? { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' } : { day: 'numeric', month: 'short' };
    return html`
      <uo-chart aria-hidden="true" .data=${{ series: p.series, step, names: { ...names, time: t('overview.time') } }}></uo-chart>
      <details class="as-table">
        <summary>${t('overview.chart')}. ${t('overview.asTable')}</summary>
        <div class="scroll" tabindex="0" role="region" aria-label=${t('overview.chart')}>
          <table>
            <thead><tr><th scope="col">${t('overview.time')}</th>${Object.values(names).map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
            <tbody>${p.series.filter((s) => s.received || s.delivered || s.attention).map((s) => html`
              <tr><th scope="row">${new Date(s.at).toLocaleString(document.documentElement.lang, span)}</th>
                <td>${number(s.received)}</td><td>${number(s.delivered)}</td><td>${number(s.attention)}</td></tr>`)}</tbody>
          </table>
        </div>
      </details>`;
  }
  async #read() {
    const [data] = await Promise.all([api.overview({ range: this.#range }), this.#jobs.load()]);
    return data;
  }
}

const link = (pipeline: string, state: string) => `#/operations?pipeline=${encodeURIComponent(pipeline)}&state=${state}`;

const tile = (tone: string, words: string, n: number | string, href: string) =>
  html`<li><a class="tile" data-tone=${tone} href=${href}><span class="tile-n">${typeof n === 'number' ? number(n) : n}</span><span>${words}</span></a></li>`;

function conversion({ approved, declined, trash, payouts }: Postbacks) {
  if (approved + declined + trash === 0) return html`<span class="sub">${t('overview.noPostbacks')}</span>`;
  const parts: [string, number, string][] = [['good', approved, 'approved'], ['bad', declined, 'declined'], ['calm', trash, 'trash']];
  return html`
    ${parts.map(([tone, n, name]) => html`<span class="part" data-tone=${tone}>${number(n)} ${t(`overview.postback.${name}`)}</span>`)}
    ${payouts.length ? html`<span class="sub">${t('overview.payout')}: ${payouts.map((p) => money(p.sum, p.currency)).join(', ')}</span>` : nothing}`;
}

function channelNotice({ channel, at, message }: AlertChannel) {
  const name = has(`destination.${channel}`) ? t(`destination.${channel}`) : t('overview.channelEmail');
  return html`
    <p class="notice" data-tone="warn" data-channel=${channel}>
      <strong>${t('overview.channelFails', { channel: name })}</strong>
      ${t('overview.channelHint')} ${at ? html`<span class="sub">${when(at)}</span>` : nothing}
      ${message ? html`<span class="sub">${message}</span>` : nothing}
    </p>`;
}

function queueTable(queues: Queue[]) {
  if (queues.length === 0) return nothing;
  const name = (queue: string) => {
    const plain = queue.replace(/-poison$/, '');
    const words = has(`overview.queue.${plain}`) ? t(`overview.queue.${plain}`) : plain;
    return plain === queue ? words : `${words} (${t('overview.poison')})`;
  };
  return html`
    <section class="card" aria-labelledby="queues-title">
      <h2 id="queues-title">${t('overview.queues')}</h2>
      <table class="queues">
        <thead><tr><th scope="col">${t('overview.queue')}</th><th scope="col">${t('overview.messages')}</th><th scope="col">${t('overview.age')}</th></tr></thead>
        <tbody>${queues.map((q) => html`
          <tr><th scope="row" title=${q.name}>${name(q.name)}</th><td>${q.messages ? number(q.messages) : t('overview.empty')}</td>
            <td>${q.ageSeconds ? duration(q.ageSeconds) : '—'}</td></tr>`)}</tbody>
      </table>
    </section>`;
}
