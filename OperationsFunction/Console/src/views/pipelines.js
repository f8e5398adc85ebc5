import { html, nothing } from 'lit-html';
import { api } from '../api.js';
import { cause } from '../causes.js';
import { destinationName } from '../destinations.js';
import { has, t } from '../i18n.js';
import { gates } from '../ui/gates.js';
import { icon } from '../ui/icons.js';
import { Poller } from '../ui/poller.js';
import { failed, loading, missing } from '../ui/states.js';
import { dryRun } from './dry-run.js';

const LIVE = 15_000;
const tones = { running: 'good', paused: 'warn', blocked: 'warn', invalid: 'bad' };
const signs = { running: 'check', paused: 'pause', blocked: 'pause', invalid: 'cross' };

/** The settings in force, the addresses to copy, and what can be tried without selling anything. */
export class PipelinesView {
  #app;
  #items = null;
  #error = null;
  #addresses = {};
  #checks = {};
  #tests = {};
  #wrong = {};
  #busy = '';
  #poller = new Poller(() => this.#load(), () => LIVE);

  constructor(app) {
    this.#app = app;
  }

  get title() {
    return t('pipelines.title');
  }

  start() {
    this.#poller.start();
  }

  stop() {
    this.#poller.stop();
  }

  render() {
    return html`<div class="head"><h1 tabindex="-1">${t('pipelines.title')}</h1></div>${this.#list()}`;
  }

  #list() {
    if (this.#error?.status === 404) return missing();
    if (this.#error && !this.#items) return failed(this.#error, () => this.#poller.now());
    if (!this.#items) return loading();
    if (this.#items.length === 0) return html`<p class="empty">${t('pipelines.none')}</p>`;
    return this.#items.map((item) => this.#pipeline(item));
  }

  #pipeline(item) {
    const flow = item.settings?.find((setting) => setting.key.endsWith('Offerum:Flow'))?.value;
    const blocked = item.gates?.some((gate) => gate.closed);
    const look = item.state === 'running' && blocked ? 'blocked' : item.state;
    const stopped = item.state === 'paused' || blocked;
    return html`
      <section class="card" data-pipeline=${item.name} aria-label=${item.name}>
        <div class="head">
          <h2>${item.name} <span class="badge" data-tone=${tones[look] ?? 'calm'}>${icon(signs[look] ?? 'question')}${has(`pipelines.${look}`) ? t(`pipelines.${look}`) : look}</span></h2>
          <div class="buttons">
            ${stopped ? this.#button(item, 'resume', '', () => this.#switch(item, 'resume')) : nothing}
            ${item.state === 'running' ? this.#button(item, 'pause', 'secondary', () => this.#askPause(item)) : nothing}
          </div>
        </div>
        ${gates(item.gates, flow)}
        ${item.problems?.length && !blocked ? html`<div class="notice" data-tone="bad"><p><strong>${t('pipelines.problems')}</strong></p><ul>${item.problems.map((p) => html`<li>${p}</li>`)}</ul></div>` : nothing}
        <div class="columns">
          <div>${this.#webhook(item)}</div>
          <div>${this.#check(item)} ${this.#test(item)}</div>
        </div>
        ${settings(item.settings ?? [])}
      </section>`;
  }

  #button(item, verb, kind, click, words = t(`pipelines.${verb}`)) {
    const busy = this.#busy === `${item.name}/${verb}`;
    return html`<button type="button" class=${kind} data-action=${verb} aria-busy=${busy ? 'true' : nothing} ?disabled=${Boolean(this.#busy)} @click=${click}>${words}</button>`;
  }

  #webhook(item) {
    const shown = this.#addresses[item.name];
    return html`
      <h3>${t('pipelines.webhook')}</h3>
      ${address(this.#app, shown?.webhook ?? item.webhookPath, shown, t('pipelines.webhook'))}
      ${shown ? html`<p class="hint">${t('pipelines.secretHint')}</p>` : this.#button(item, 'addresses', 'secondary', () => this.#show(item), t('pipelines.show'))}
      <h4>${t('pipelines.steps')}</h4>
      <ol class="steps">${[1, 2, 3, 4].map((n) => html`<li>${t(`pipelines.step${n}`)}</li>`)}</ol>
      <h3>${t('pipelines.postback')}</h3>
      ${item.postbackPath
        ? html`${address(this.#app, shown?.postback ?? item.postbackPath, shown, t('pipelines.postback'))}<p class="hint">${t('pipelines.postbackHint')}</p>`
        : html`<p class="hint">${t('pipelines.noPostback')}</p>`}`;
  }

  #check(item) {
    const checks = this.#checks[item.name];
    return html`
      <h3>${t('pipelines.check')}</h3>
      <p class="hint">${t('pipelines.checkHint')}</p>
      ${this.#button(item, 'check', 'secondary', () => this.#try(item, 'check', {}, (found) => { this.#checks[item.name] = found.checks; }))}
      <div aria-live="polite">${checks?.map((check) => html`
        <div class="notice" data-tone=${check.ok ? 'good' : 'bad'} data-check=${check.what}>
          <p><strong>${destinationName(check.what)}: ${t(check.ok ? 'pipelines.checkOk' : 'pipelines.checkBad')}</strong></p>
          ${check.ok || !check.code ? nothing : html`<p>${cause(check.code).title}. ${cause(check.code).remedy}</p>`}
          ${check.message ? html`<p class="system">${check.message}</p>` : nothing}
        </div>`)}</div>`;
  }

  #test(item) {
    const found = this.#tests[item.name];
    return html`
      <h3>${t('pipelines.test')}</h3>
      <p class="hint">${t('pipelines.testHint')}</p>
      <form class="inline" @submit=${(event) => this.#run(event, item)}>
        <label>${t('pipelines.testKind')}
          <select name="kind">${['lead', 'request'].map((kind) => html`<option value=${kind}>${t(`kind.${kind}`)}</option>`)}</select>
        </label>
        <label>${t('pipelines.testId')}<input name="id" inputmode="numeric" autocomplete="off" maxlength="18" aria-invalid=${this.#wrong[item.name] ? 'true' : nothing}></label>
        <button type="submit" class="secondary" data-action="test" aria-busy=${this.#busy === `${item.name}/test` ? 'true' : nothing} ?disabled=${Boolean(this.#busy)}>${t('pipelines.testRun')}</button>
      </form>
      <p class="wrong" role="alert">${this.#wrong[item.name] ?? ''}</p>
      <div aria-live="polite">${found ? dryRun(found) : nothing}</div>`;
  }

  #run(event, item) {
    event.preventDefault();
    const data = new FormData(event.target);
    const id = data.get('id').trim();
    this.#wrong[item.name] = /^\d{1,18}$/.test(id) ? '' : t('pipelines.testIdWrong');
    if (this.#wrong[item.name]) this.#app.update();
    else this.#try(item, 'test', { kind: data.get('kind'), id: Number(id) }, (found) => { this.#tests[item.name] = found; });
  }

  #show(item) {
    return this.#try(item, 'addresses', {}, (found) => { this.#addresses[item.name] = found; });
  }

  #switch(item, verb) {
    return this.#try(item, verb, {}, () => this.#app.toasts.say(t(verb === 'pause' ? 'pipelines.pausedNow' : 'pipelines.resumedNow')));
  }

  #askPause(item) {
    this.#app.dialogs.show((close) => ({
      title: t('pipelines.pauseTitle', { name: item.name }),
      body: html`
        <form @submit=${(event) => { event.preventDefault(); close(); this.#switch(item, 'pause'); }}>
          <p>${t('pipelines.pauseText')}</p>
          <footer class="buttons"><button type="submit" data-action="pause-now">${t('pipelines.pause')}</button>
            <button type="button" class="secondary" @click=${close}>${t('app.cancel')}</button></footer>
        </form>`,
    }));
  }

  async #try(item, verb, body, take) {
    this.#busy = `${item.name}/${verb}`;
    this.#app.update();
    try {
      take(await api.pipeline(item.name, verb, body));
    } catch (error) {
      this.#app.fail(error);
    }

    this.#busy = '';
    this.#app.update();
    await this.#poller.now();
  }

  async #load() {
    try {
      this.#items = (await api.pipelines()).items;
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
}

function address(app, text, full, label) {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      app.toasts.say(t('app.copied'));
    } catch {
      // No permission, or no secure origin.
      app.toasts.say(t('app.notCopied'), 'warn');
    }
  };
  return html`
    <div class="address-line"><input readonly class="mono" aria-label=${label} .value=${text} @focus=${(event) => event.target.select()}>
      ${full ? html`<button type="button" class="secondary" data-action="copy" @click=${copy}>${t('app.copy')}</button>` : nothing}</div>`;
}

const settings = (list) => html`
  <details class="settings">
    <summary>${t('pipelines.settings')}</summary>
    <div class="scroll" tabindex="0" role="region" aria-label=${t('pipelines.settings')}>
      <table>
        <thead><tr><th scope="col">${t('pipelines.setting')}</th><th scope="col">${t('pipelines.value')}</th></tr></thead>
        <tbody>${list.map((s) => html`<tr><th scope="row" class="mono">${s.key}</th><td class="mono">${s.value}${s.isDefault ? html` <span class="hint">${t('pipelines.default')}</span>` : nothing}</td></tr>`)}</tbody>
      </table>
    </div>
  </details>`;
