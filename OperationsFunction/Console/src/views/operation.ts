import { html, nothing } from 'lit-html';
import { buttonsFor, hasOwnButtons, type Button } from '../actions.ts';
import { api, asApiError } from '../api.ts';
import type { App } from '../app.ts';
import { cause } from '../causes.ts';
import { destinationName, destinationNames } from '../destinations.ts';
import { duration, money, when } from '../format.ts';
import { has, t } from '../i18n.ts';
import { hintOf } from '../states.ts';
import { appWords } from '../app-words.ts';
import { line } from '../story.ts';
import type { Delivery, DryRun, Fields, Operation, Postback } from '../types.ts';
import { badge } from '../ui/badge.ts';
import { icon } from '../ui/icons.ts';
import { Live } from '../ui/live.ts';
import { failed, loading } from '../ui/placeholders.ts';
import { dryRun } from './dry-run.ts';
import { fieldList } from './fields.ts';
import { DiscardDialog, EditDialog, ResolveDialog, SureDialog, type Act } from './operation-dialogs.ts';

const SOON = 1_500;
const LATER = 10_000;

/** One operation: its state, the remedies, and its story. */
export class OperationView {
  #app: App;
  #id: string;
  #live: Live<Operation>;
  #busy = '';
  #revealed: Operation | null = null;
  #preview: DryRun | null = null;

  constructor(app: App, id: string) {
    this.#app = app;
    this.#id = id;
    this.#live = new Live(app, () => api.operation(id), () => (this.#live.value?.inProgress === false ? LATER : SOON));
  }

  get title() {
    const [, kind, number] = this.#id.split('/');
    return `${has(`kind.${kind}`) ? t(`kind.${kind}`) : kind} ${number}`;
  }

  start() {
    this.#live.start();
  }

  stop() {
    this.#live.stop();
  }

  render() {
    const { value: item, error } = this.#live;
    return html`
      <p class="crumb"><a href="#/operations" @click=${back}>${icon('back')}${t('operation.back')}</a></p>
      ${error?.status === 404 ? html`<p class="empty">${t('operation.missing')}</p>`
        : error ? failed(error, this.#live.now) : nothing}
      ${item ? this.#story(item) : error ? html`<h1 tabindex="-1">${this.title}</h1>` : loading()}`;
  }

  #story(item: Operation) {
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

  #standing(item: Operation) {
    const why = item.error ? cause(item.error.code, item.error) : null;
    const done = item.events.findLast((event) => event.name === 'delivered' || event.name === 'duplicate');
    return html`
      <section class="card standing" data-tone=${item.inProgress ? 'plain' : tones[item.state] ?? 'plain'} aria-live="polite">
        <div class="standing-head">${badge(item)}<p>${why ? html`<strong>${why.title}.</strong> ` : nothing}${why && !item.inProgress ? nothing : hintOf(item, destinationNames(item))}</p></div>
        ${why ? html`${item.inProgress ? nothing : html`<p class="remedy">${why.remedy}</p>`}${system(item)}` : nothing}
        <dl class="facts">
          <div><dt>${t('operation.received')}</dt><dd>${when(item.receivedAt)}</dd></div>
          ${item.revision ? html`<div data-revision=${item.revision}><dt>${t('operation.revision')}</dt><dd><a href="#/pipelines/${item.pipeline}/history">${t('editor.history.revision', { revision: String(item.revision) })}</a></dd></div>` : nothing}
          ${item.nextTryAt ? html`<div><dt>${t('operation.next')}</dt><dd>${when(item.nextTryAt, { seconds: true })}</dd></div>` : nothing}
          ${done ? html`<div><dt>${t('operation.took')}</dt><dd>${duration(Math.max(0, Date.parse(done.at) - Date.parse(item.receivedAt)) / 1000)}</dd></div>` : nothing}
          ${item.deliveries.filter((delivery) => delivery.orderId).map(({ destination, orderId }) => html`
            <div><dt>${t('operation.order', { destination: destinationName(destination) })}</dt><dd class="mono">${orderId}</dd></div>`)}
          ${item.postback ? html`<div><dt>${t('operation.postback')}</dt><dd>${postback(item.postback)}</dd></div>` : nothing}
        </dl>
        ${hasOwnButtons(item) ? this.#buttons(item) : nothing}
      </section>`;
  }

  /** For one delivery, the action names its destination. */
  #buttons(item: Operation, delivery?: Delivery) {
    const buttons = buttonsFor(delivery ?? item);
    if (buttons.length === 0) return nothing;
    const label = delivery ? `${t('operation.what')}: ${destinationName(delivery.destination)}` : t('operation.what');
    const id = (name: Button) => `${delivery?.destination ?? ''}:${name}`;
    return html`
      <div class="buttons" role="group" aria-label=${label}>
        ${buttons.map((name, index) => html`
          <button type="button" class=${index === 0 ? '' : name === 'discard' ? 'quiet' : 'secondary'} data-action=${name} title=${t(`actionHint.${name}`)}
            aria-busy=${this.#busy === id(name) ? 'true' : nothing} ?disabled=${Boolean(this.#busy)} @click=${() => this.#choose(item, name, delivery)}>
            ${t(`action.${name}`)}
          </button>`)}
      </div>`;
  }

  #said(item: Operation, fields: Fields) {
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

  #answers(item: Operation) {
    return html`
      <section class="card" aria-labelledby="answer-title">
        <h2 id="answer-title">${t('operation.answered')}</h2>
        ${item.deliveries.length === 0 ? html`<p class="empty">${t('operation.noAnswer')}</p>` : item.deliveries.map((delivery) => html`
          <div data-destination=${delivery.destination}>
            <p>${item.deliveries.length > 1 ? html`<strong>${destinationName(delivery.destination)}</strong> ` : nothing}${badge(delivery)} ${t('operation.sends', { n: delivery.attempts })}
              ${delivery.reply ? html` · ${t('operation.status', { status: String(delivery.reply.status) })}` : nothing}</p>
            ${item.deliveries.length > 1 ? this.#own(item, delivery) : nothing}
            ${delivery.reply?.body ? html`<pre tabindex="0" aria-label=${t('operation.answered')}>${delivery.reply.body}</pre>`
              : delivery.reply ? nothing : html`<p class="empty">${t('operation.noAnswer')}</p>`}
          </div>`)}
      </section>`;
  }

  /** The details of one of several deliveries: its cause, its next attempt, its buttons. */
  #own(item: Operation, delivery: Delivery) {
    const why = delivery.error ? cause(delivery.error.code, delivery.error) : null;
    return html`
      ${why ? html`<p><strong>${why.title}.</strong> ${delivery.resending ? hintOf(delivery, destinationName(delivery.destination)) : delivery.inProgress ? nothing : why.remedy}</p>` : nothing}
      ${delivery.state === 'Skipped' ? system(delivery) : nothing}
      ${delivery.nextTryAt ? html`<p>${t('operation.next')}: ${when(delivery.nextTryAt, { seconds: true })}</p>` : nothing}
      ${this.#buttons(item, delivery)}`;
  }

  #sent(item: Operation) {
    return html`
      <section class="card" aria-labelledby="sent-title">
        <h2 id="sent-title">${t('operation.sent')}</h2>
        ${this.#preview ? dryRun(this.#preview) : html`
          <p class="hint">${t('operation.previewHint')}</p>
          <button type="button" class="secondary" data-action="preview" aria-busy=${this.#busy === 'preview' ? 'true' : nothing}
            ?disabled=${Boolean(this.#busy)} @click=${() => this.#show(item)}>${t('operation.preview')}</button>`}
      </section>`;
  }

  #choose(item: Operation, name: Button, delivery?: Delivery) {
    const destination = delivery?.destination;
    const busy = `${destination ?? ''}:${name}`;
    const { mayHaveArrived } = delivery ?? item;
    // The app refuses to send again what has come into doubt since.
    const seen = name === 'send' || name === 'edit' || name === 'enrich' ? { run: item.run, mayHaveArrived } : {};
    const act: Act = Object.assign(
      (action: string, body: object) => this.#act(name, busy, action, { ...body, ...seen, ...(destination ? { destination } : {}) }),
      { busy: () => Boolean(this.#busy) });
    if (name === 'edit') this.#app.dialogs.show(EditDialog(this.#app, { fields: (this.#revealed ?? item).fields, mayHaveArrived }, act));
    else if (name === 'delivered') this.#app.dialogs.show(ResolveDialog(act, destination));
    else if (name === 'discard') this.#app.dialogs.show(DiscardDialog(act, destination));
    else if (name === 'send' && mayHaveArrived) this.#app.dialogs.show(SureDialog(act, destination));
    else void act('replay', { from: name });
  }

  async #act(name: Button, busy: string, action: string, body: object) {
    // The second click of a double click.
    if (this.#busy) return null;
    this.#busy = busy;
    this.#app.update();
    try {
      this.#live.value = await api.act(this.#id, action, body);
      this.#revealed = null;
      this.#app.dialogs.close();
      this.#app.toasts.say(t(`actionDone.${name}`));
      this.#app.counter.now();
      return null;
    } catch (error) {
      const { status, message } = asApiError(error);
      if (status === 400 && message) return appWords(message);
      this.#app.dialogs.close();
      this.#app.fail(error);
      return null;
    } finally {
      this.#busy = '';
      this.#app.update();
      // A read that started before the action would show the old state.
      this.#live.again();
    }
  }

  #reveal = async () => {
    this.#busy = 'reveal';
    this.#app.update();
    try {
      this.#revealed = await api.act(this.#id, 'reveal', {});
      if (this.#live.value) this.#live.value = { ...this.#live.value, events: this.#revealed.events };
      this.#app.toasts.say(t('operation.revealed'));
    } catch (error) {
      this.#app.fail(error);
    }

    this.#busy = '';
    this.#app.update();
  };

  async #show(item: Operation) {
    this.#busy = 'preview';
    this.#app.update();
    try {
      this.#preview = await api.dryRun(item.pipeline, item.kind, item.recordId);
    } catch (error) {
      this.#app.fail(error);
    }

    this.#busy = '';
    this.#app.update();
  }
}

// The id of another operation in a message becomes a link.
const linked = (message: string) => message.split(/\b([a-z0-9-]{1,40}\/(?:lead|request)\/\d{1,18})\b/).map((part, index) =>
  (index % 2 ? html`<a href="#/operations/${part}">${part}</a>` : part));

const system = ({ error }: Pick<Operation | Delivery, 'error'>) => html`<p class="system"><span>${t('operation.system')}:</span> ${linked(appWords(error?.message))}</p>`;

// If the operator came from the list, go back to it with its filters.
function back(event: Event) {
  if (history.length > 1) {
    event.preventDefault();
    history.back();
  }
}

const tones: Record<string, string> = { Delivered: 'good', Failed: 'bad', Rejected: 'bad', Held: 'warn', Uncertain: 'warn', Unconfirmed: 'warn' };

// An external address becomes a link only if it is a web address.
function recordLink(url: string | null) {
  return url && /^https?:\/\//i.test(url)
    ? html`<a role="button" class="secondary" href=${url} target="_blank" rel="noopener noreferrer">${t('operation.openUon')}${icon('link')}</a>` : nothing;
}

const postback = ({ status, payout, currency, at }: Postback) =>
  html`${has(`postback.${status}`) ? t(`postback.${status}`) : status}${payout ? html`, ${money(payout, currency)}` : nothing} ${when(at)}`;
