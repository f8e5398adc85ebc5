import { html, nothing } from 'lit-html';
import { allowed, isDoubtful } from '../allowed.js';
import { api } from '../api.js';
import { cause } from '../causes.js';
import { destinationName, destinationNames } from '../destinations.js';
import { duration, money, when } from '../format.js';
import { has, t } from '../i18n.js';
import { line } from '../story.js';
import { badge, isOver } from '../ui/badge.js';
import { icon } from '../ui/icons.js';
import { Poller } from '../ui/poller.js';
import { failed, loading } from '../ui/states.js';
import { dryRun } from './dry-run.js';
import { fieldName, fieldList } from './fields.js';
import { DiscardDialog, EditDialog, ResolveDialog, SureDialog } from './operation-dialogs.js';

const SOON = 1_500;
const LATER = 10_000;

/** One operation: how it stands, what to do, and everything that happened. */
export class OperationView {
  #app;
  #id;
  #item = null;
  #error = null;
  #busy = '';
  #revealed = null;
  #preview = null;
  #poller = new Poller(() => this.#load(), () => (this.#item && isOver(this.#item.state) ? LATER : SOON));

  constructor(app, id) {
    this.#app = app;
    this.#id = id;
  }

  get title() {
    const [, kind, number] = this.#id.split('/');
    return `${has(`kind.${kind}`) ? t(`kind.${kind}`) : kind} ${number}`;
  }

  start() {
    this.#poller.start();
  }

  stop() {
    this.#poller.stop();
  }

  render() {
    const item = this.#item;
    return html`
      <p class="crumb"><a href="#/operations" @click=${back}>${icon('back')}${t('operation.back')}</a></p>
      ${this.#error ? failed(this.#error, () => this.#poller.now()) : nothing}
      ${item ? this.#story(item) : this.#error ? html`<h1 tabindex="-1">${this.title}</h1>` : loading()}`;
  }

  #story(item) {
    const fields = this.#revealed?.fields ?? item.fields;
    const who = [fields.client_surname, fields.client_name ?? fields.name, fields.client_sname].filter(Boolean).join(' ');
    return html`
      <div class="head">
        <div>
          <h1 tabindex="-1">${who || this.title}</h1>
          <p class="sub">${this.title} · ${item.pipeline}${fields.phone ? html` · <span class="phone">${fields.phone}</span>` : nothing}</p>
        </div>
        ${recordLink(item.recordUrl)}
      </div>
      ${this.#standing(item)}
      <div class="columns">
        <section class="card" aria-labelledby="story-title">
          <h2 id="story-title">${t('operation.story')}</h2>
          <ol class="story">${item.events.toReversed().map((event) => line(event, item))}</ol>
        </section>
        <div>${this.#said(item, fields)} ${this.#answers(item)} ${this.#sent(item)}</div>
      </div>`;
  }

  #standing(item) {
    const why = item.error ? cause(item.error.code, item.error) : null;
    const done = item.events.findLast((event) => event.name === 'delivered' || event.name === 'duplicate');
    return html`
      <section class="card standing" data-tone=${tone(item.state)} aria-live="polite">
        <div class="standing-head">${badge(item.state)}<p>${why ? html`<strong>${why.title}.</strong> ` : nothing}${why && isOver(item.state) ? nothing : t(`stateHint.${item.state}`, { destination: destinationNames(item) })}</p></div>
        ${why ? html`${isOver(item.state) ? html`<p class="remedy">${why.remedy}</p>` : nothing}<p class="system"><span>${t('operation.system')}:</span> ${linked(item.error.message)}</p>` : nothing}
        <dl class="facts">
          <div><dt>${t('operation.received')}</dt><dd>${when(item.receivedAt)}</dd></div>
          ${item.nextTryAt ? html`<div><dt>${t('operation.next')}</dt><dd>${when(item.nextTryAt, { seconds: true })}</dd></div>` : nothing}
          ${done ? html`<div><dt>${t('operation.took')}</dt><dd>${duration(Math.max(0, new Date(done.at) - new Date(item.receivedAt)) / 1000)}</dd></div>` : nothing}
          ${item.deliveries.filter((delivery) => delivery.orderId).map(({ destination, orderId }) => html`
            <div><dt>${t('operation.order', { destination: destinationName(destination) })}</dt><dd class="mono">${orderId}</dd></div>`)}
          ${item.postback ? html`<div><dt>${t('operation.postback')}</dt><dd>${postback(item.postback)}</dd></div>` : nothing}
        </dl>
        ${this.#buttons(item)}
      </section>`;
  }

  #buttons(item) {
    const actions = allowed(item);
    if (actions.length === 0) return nothing;
    return html`
      <div class="buttons" role="group" aria-label=${t('operation.what')}>
        ${actions.map((name, index) => html`
          <button type="button" class=${index === 0 ? '' : name === 'discard' ? 'quiet' : 'secondary'} data-action=${name} title=${t(`action.${name}Hint`)}
            aria-busy=${this.#busy === name ? 'true' : nothing} ?disabled=${Boolean(this.#busy)} @click=${() => this.#choose(name)}>
            ${t(`action.${name}`)}
          </button>`)}
      </div>`;
  }

  #said(item, fields) {
    const hidden = !this.#revealed && Object.keys(item.fields).some((name) => /phone|mail/i.test(name));
    return html`
      <section class="card" aria-labelledby="said-title">
        <h2 id="said-title">${t('operation.said')}</h2>
        ${Object.keys(fields).length === 0 ? html`<p class="empty">${t('operation.noFields')}</p>` : fieldList(fields)}
        ${hidden ? html`
          <p class="hint">${t('operation.revealHint')}</p>
          <button type="button" class="secondary" data-action="reveal" ?disabled=${Boolean(this.#busy)} @click=${this.#reveal}>${t('operation.reveal')}</button>` : nothing}
      </section>`;
  }

  #answers(item) {
    return html`
      <section class="card" aria-labelledby="answer-title">
        <h2 id="answer-title">${t('operation.answered')}</h2>
        ${item.deliveries.length === 0 ? html`<p class="empty">${t('operation.noAnswer')}</p>` : item.deliveries.map((delivery) => html`
          <p>${item.deliveries.length > 1 ? html`<strong>${destinationName(delivery.destination)}</strong> ` : nothing}${badge(delivery.state)} ${t('operation.sends', { n: delivery.attempts })}
            ${delivery.reply ? html` · ${t('operation.status', { status: String(delivery.reply.status) })}` : nothing}</p>
          ${delivery.reply?.body ? html`<pre tabindex="0" aria-label=${t('operation.answered')}>${delivery.reply.body}</pre>`
            : html`<p class="empty">${t('operation.noAnswer')}</p>`}`)}
      </section>`;
  }

  #sent(item) {
    return html`
      <section class="card" aria-labelledby="sent-title">
        <h2 id="sent-title">${t('operation.sent')}</h2>
        ${this.#preview ? dryRun(this.#preview) : html`
          <p class="hint">${t('operation.previewHint')}</p>
          <button type="button" class="secondary" data-action="preview" aria-busy=${this.#busy === 'preview' ? 'true' : nothing}
            ?disabled=${Boolean(this.#busy)} @click=${() => this.#show(item)}>${t('operation.preview')}</button>`}
      </section>`;
  }

  #choose(name) {
    const item = this.#item;
    const act = (action, body) => this.#act(name, action, body);
    if (name === 'edit') this.#app.dialogs.show(EditDialog(this.#app, this.#revealed ?? item, fieldName, act));
    else if (name === 'delivered') this.#app.dialogs.show(ResolveDialog(act));
    else if (name === 'discard') this.#app.dialogs.show(DiscardDialog(act));
    else if (name === 'send' && isDoubtful(item.state)) this.#app.dialogs.show(SureDialog(act));
    else act('replay', { from: name });
  }

  async #act(name, action, body) {
    this.#busy = name;
    this.#app.update();
    try {
      this.#item = await api.act(this.#id, action, body);
      this.#revealed = null;
      this.#app.dialogs.close();
      this.#app.toasts.say(t(`action.done.${name}`));
      this.#app.counter.now();
      return null;
    } catch (error) {
      if (error.status === 400 && error.message) return error.message;
      this.#app.dialogs.close();
      this.#app.fail(error);
      return null;
    } finally {
      this.#busy = '';
      this.#app.update();
      this.#poller.now();
    }
  }

  #reveal = async () => {
    this.#busy = 'reveal';
    this.#app.update();
    try {
      this.#revealed = await api.act(this.#id, 'reveal', {});
      this.#item = { ...this.#item, events: this.#revealed.events };
      this.#app.toasts.say(t('operation.revealed'));
    } catch (error) {
      this.#app.fail(error);
    }

    this.#busy = '';
    this.#app.update();
  };

  async #show(item) {
    this.#busy = 'preview';
    this.#app.update();
    try {
      this.#preview = await api.pipeline(item.pipeline, 'test', { kind: item.kind, id: Number(item.recordId) });
    } catch (error) {
      this.#app.fail(error);
    }

    this.#busy = '';
    this.#app.update();
  }

  async #load() {
    try {
      this.#item = await api.operation(this.#id);
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

// Another operation that the app's words name becomes a link: the same person's, for example.
const linked = (message) => message.split(/\b([a-z0-9-]{1,40}\/(?:lead|request)\/\d{1,18})\b/).map((part, index) =>
  (index % 2 ? html`<a href="#/operations/${part}">${part}</a>` : part));

// Back to the list as it was, filters and all, when one came from there.
function back(event) {
  if (history.length > 1) {
    event.preventDefault();
    history.back();
  }
}

const tone = (state) => ({ Delivered: 'good', Failed: 'bad', Rejected: 'bad', Held: 'warn', Uncertain: 'warn', Unconfirmed: 'warn' })[state] ?? 'plain';

// An address from outside becomes a link only if it leads to a web page.
function recordLink(url) {
  return /^https?:\/\//i.test(url ?? '')
    ? html`<a role="button" class="secondary" href=${url} target="_blank" rel="noopener noreferrer">${t('operation.openUon')}${icon('link')}</a>` : nothing;
}

const postback = ({ status, payout, currency, at }) =>
  html`${has(`postback.${status}`) ? t(`postback.${status}`) : status}${payout ? html`, ${money(payout, currency)}` : nothing} ${when(at)}`;
