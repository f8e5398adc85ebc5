import { html, nothing } from 'lit-html';
import { api, asApiError } from '../api.ts';
import type { App } from '../app.ts';
import { appWords } from '../app-words.ts';
import { cause } from '../causes.ts';
import { destinationName } from '../destinations.ts';
import { createButtons, firstStart } from '../editor/start.ts';
import { archived, isOnPage, pageCard, place } from '../editor/list.ts';
import { has, t } from '../i18n.ts';
import type { Addresses, Checks, DryRun, Hooks, Pipeline, Setting } from '../types.ts';
import { breakers } from '../ui/breakers.ts';
import { address } from '../ui/copy.ts';
import { texts } from '../ui/form.ts';
import { hookList, needsRegistering } from '../ui/hooks.ts';
import { icon } from '../ui/icons.ts';
import { Live } from '../ui/live.ts';
import { BackfillDialog } from './backfill-dialog.ts';
import { dryRun } from './dry-run.ts';

const PAUSE = 15_000;
const tones: Record<string, string> = { running: 'good', paused: 'warn', onHold: 'warn', invalid: 'bad', stopped: 'warn' };
const signs: Record<string, string> = { running: 'check', paused: 'pause', onHold: 'pause', invalid: 'cross', stopped: 'pause', draft: 'minus' };

/** The effective settings, the addresses to copy, and tests that create no order. */
export class PipelinesView {
  #app: App;
  #live: Live<Pipeline[]>;
  #addresses: Record<string, Addresses> = {};
  #checks: Record<string, Checks['checks']> = {};
  #hooks: Record<string, Pick<Hooks, 'at' | 'message' | 'items'>> = {};
  #tests: Record<string, DryRun> = {};
  #wrong: Record<string, string> = {};
  #busy = '';

  constructor(app: App) {
    this.#app = app;
    this.#live = new Live(app, async () => (await api.pipelines()).items, () => PAUSE);
  }

  get title() {
    return t('pipelines.title');
  }

  start() {
    this.#live.start();
  }

  stop() {
    this.#live.stop();
  }

  render() {
    return html`<div class="head"><h1 tabindex="-1">${t('pipelines.title')}</h1>${this.#live.value?.length ? createButtons(this.#app, this.#live.now) : nothing}</div>${this.#app.replays.render()} ${this.#live.render((items) => this.#list(items))}`;
  }

  #list(items: Pipeline[]) {
    if (items.length === 0) return firstStart(this.#app, this.#live.now);
    return html`${items.filter((item) => !item.archived).map((item) => this.#pipeline(item))} ${archived(items.filter((item) => item.archived))}`;
  }

  #pipeline(item: Pipeline) {
    const flow = item.settings.find((setting) => setting.key.endsWith('Offerum:Flow'))?.value;
    const onHold = item.breakers.some((breaker) => breaker.open);
    const look = item.state === 'running' && onHold ? 'onHold' : item.state;
    const stopped = item.state === 'paused' || onHold;
    const title = item.title || item.name;
    return html`
      <section class="card" data-pipeline=${item.name} aria-label=${title}>
        <div class="head">
          <h2>${title} <span class="badge" data-tone=${tones[look] ?? 'calm'}>${icon(signs[look] ?? 'question')}${has(`pipelines.state.${look}`) ? t(`pipelines.state.${look}`) : look}</span></h2>
          <div class="buttons">
            ${stopped ? this.#button(item, 'resume', t('pipelines.resume'), () => this.#resume(item), '') : nothing}
            ${item.state === 'running' ? this.#button(item, 'pause', t('pipelines.pause'), () => this.#askPause(item)) : nothing}
          </div>
        </div>
        ${place(this.#app, item)}
        ${breakers(item.breakers, flow)}
        ${item.problems.length && !onHold ? html`<div class="notice" data-tone="bad"><p><strong>${t('pipelines.problems')}</strong></p><ul>${item.problems.map((p) => html`<li>${appWords(p)}</li>`)}</ul></div>` : nothing}
        ${isOnPage(item) ? html`${pageCard(item)} ${item.revision ? html`${this.#cabinet(item)} ${this.#backfill(item)}` : nothing}` : html`
          <div class="columns">
            <div>${this.#webhook(item)}</div>
            <div>${this.#check(item)} ${this.#cabinet(item)} ${this.#backfill(item)} ${this.#test(item)}</div>
          </div>
          ${settings(item.settings)}`}
      </section>`;
  }

  #button(item: Pipeline, verb: string, words: string, click: () => void, kind = 'secondary') {
    const busy = this.#busy === `${item.name}/${verb}`;
    return html`<button type="button" class=${kind} data-action=${verb} aria-busy=${busy ? 'true' : nothing} ?disabled=${Boolean(this.#busy)} @click=${click}>${words}</button>`;
  }

  #webhook(item: Pipeline) {
    const shown = this.#addresses[item.name];
    return html`
      <h3>${t('pipelines.webhook')}</h3>
      ${address(this.#app, shown?.webhook ?? item.webhookPath, Boolean(shown), t('pipelines.webhook'))}
      ${shown ? html`<p class="hint">${t('pipelines.secretHint')}</p>` : this.#button(item, 'addresses', t('pipelines.show'), () => this.#show(item))}
      <h4>${t('pipelines.steps')}</h4>
      <ol class="steps">${[1, 2, 3, 4].map((n) => html`<li>${t(`pipelines.step.${n}`)}</li>`)}</ol>
      <h3>${t('pipelines.postback')}</h3>
      ${item.postbackPath
        ? html`${address(this.#app, shown?.postback ?? item.postbackPath, Boolean(shown), t('pipelines.postback'))}<p class="hint">${t('pipelines.postbackHint')}</p>`
        : html`<p class="hint">${t('pipelines.noPostback')}</p>`}`;
  }

  #check(item: Pipeline) {
    const checks = this.#checks[item.name];
    return html`
      <h3>${t('pipelines.check')}</h3>
      <p class="hint">${t('pipelines.checkHint')}</p>
      ${this.#button(item, 'check', t('pipelines.check'), () => this.#try(item, 'check', () => this.#checkNow(item)))}
      <div aria-live="polite">${checks?.map((check) => html`
        <div class="notice" data-tone=${check.ok ? 'good' : 'bad'} data-check=${check.what}>
          <p><strong>${destinationName(check.what)}: ${t(check.ok ? 'pipelines.checkOk' : 'pipelines.checkBad')}</strong></p>
          ${check.ok || !check.code ? nothing : html`<p>${cause(check.code).title}. ${cause(check.code).remedy}</p>`}
          ${check.message ? html`<p class="system">${appWords(check.message)}</p>` : nothing}
        </div>`)}</div>`;
  }

  #cabinet(item: Pipeline) {
    const hooks = this.#hooks[item.name] ?? item.hooks;
    return html`
      <h3>${t('hooks.title')}</h3>
      <p class="hint">${t('hooks.text')}</p>
      ${this.#button(item, 'register', t('hooks.register'), () => this.#try(item, 'register', () => this.#register(item)), needsRegistering(hooks) ? '' : 'secondary')}
      <div aria-live="polite">${hooks ? hookList(hooks) : nothing}</div>`;
  }

  #backfill(item: Pipeline) {
    return html`
      <h3>${t('backfill.title')}</h3>
      <p class="hint">${t('backfill.hint')}</p>
      ${this.#button(item, 'backfill', t('backfill.open'), () => this.#app.dialogs.show(BackfillDialog(this.#app, item.name)))}`;
  }

  async #checkNow(item: Pipeline) {
    const { checks, hooks } = await api.check(item.name);
    this.#checks[item.name] = checks;
    if (hooks) this.#hooks[item.name] = hooks;
  }

  async #register(item: Pipeline) {
    try {
      const { items } = await api.registerHooks(item.name);
      this.#hooks[item.name] = { at: null, message: null, items };
      this.#app.toasts.say(t('hooks.registered'));
    } catch (error) {
      const failure = asApiError(error);
      if (failure.status !== 409) throw failure;
      // U-ON's reason is the most helpful text here: usually the key may not change webhooks.
      this.#hooks[item.name] = { at: null, message: failure.message, items: this.#hooks[item.name]?.items ?? item.hooks?.items ?? [] };
    }
  }

  #test(item: Pipeline) {
    const found = this.#tests[item.name];
    return html`
      <h3>${t('pipelines.test')}</h3>
      <p class="hint">${t('pipelines.testHint')}</p>
      <form class="inline" @submit=${(event: SubmitEvent) => this.#run(event, item)}>
        <label>${t('pipelines.testKind')}
          <select name="kind">${['lead', 'request'].map((kind) => html`<option value=${kind}>${t(`kind.${kind}`)}</option>`)}</select>
        </label>
        <label>${t('pipelines.testId')}<input name="id" inputmode="numeric" autocomplete="off" maxlength="18" aria-invalid=${this.#wrong[item.name] ? 'true' : nothing}></label>
        <button type="submit" class="secondary" data-action="test" aria-busy=${this.#busy === `${item.name}/test` ? 'true' : nothing} ?disabled=${Boolean(this.#busy)}>${t('pipelines.testRun')}</button>
      </form>
      <p class="wrong" role="alert">${this.#wrong[item.name] ?? ''}</p>
      <div aria-live="polite">${found ? dryRun(found) : nothing}</div>`;
  }

  #run(event: SubmitEvent, item: Pipeline) {
    event.preventDefault();
    const { kind = '', id = '' } = texts(event);
    this.#wrong[item.name] = /^\d{1,18}$/.test(id) ? '' : t('pipelines.testIdWrong');
    if (this.#wrong[item.name]) this.#app.update();
    else this.#try(item, 'test', async () => { this.#tests[item.name] = await api.dryRun(item.name, kind, id); });
  }

  #show(item: Pipeline) {
    this.#try(item, 'addresses', async () => { this.#addresses[item.name] = await api.addresses(item.name); });
  }

  #pause(item: Pipeline) {
    this.#try(item, 'pause', async () => {
      await api.pause(item.name);
      this.#app.toasts.say(t('pipelines.pausedNow'));
    });
  }

  #resume(item: Pipeline) {
    this.#try(item, 'resume', async () => {
      await api.resume(item.name);
      this.#app.toasts.say(t('pipelines.resumedNow'));
    });
  }

  #askPause(item: Pipeline) {
    this.#app.dialogs.show((close) => ({
      title: t('pipelines.pauseTitle', { name: item.name }),
      body: html`
        <form @submit=${(event: SubmitEvent) => { event.preventDefault(); close(); this.#pause(item); }}>
          <p>${t('pipelines.pauseText')}</p>
          <footer class="buttons"><button type="submit" data-action="pause-now">${t('pipelines.pause')}</button>
            <button type="button" class="secondary" @click=${close}>${t('app.cancel')}</button></footer>
        </form>`,
    }));
  }

  #try(item: Pipeline, verb: string, work: () => Promise<void>) {
    void this.#during(`${item.name}/${verb}`, work);
  }

  async #during(busy: string, work: () => Promise<void>) {
    this.#busy = busy;
    this.#app.update();
    try {
      await work();
    } catch (error) {
      this.#app.fail(error);
    }

    this.#busy = '';
    this.#app.update();
    this.#live.now();
  }
}

const settings = (list: Setting[]) => html`
  <details class="settings">
    <summary>${t('pipelines.settings')}</summary>
    <div class="scroll" tabindex="0" role="region" aria-label=${t('pipelines.settings')}>
      <table>
        <thead><tr><th scope="col">${t('pipelines.setting')}</th><th scope="col">${t('pipelines.value')}</th></tr></thead>
        <tbody>${list.map((s) => html`<tr><th scope="row" class="mono">${s.key}</th><td class="mono">${s.value}${s.isDefault ? html` <span class="hint">${t('pipelines.default')}</span>` : nothing}</td></tr>`)}</tbody>
      </table>
    </div>
  </details>`;
