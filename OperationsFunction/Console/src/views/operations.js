import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { api } from '../api.js';
import { cause, codes } from '../causes.js';
import { when } from '../format.js';
import { t } from '../i18n.js';
import { find, isOperationId } from '../search.js';
import { badge, stateName, states } from '../ui/badge.js';
import { icon } from '../ui/icons.js';
import { Poller } from '../ui/poller.js';
import { failed, loading } from '../ui/states.js';

const LIVE = 5_000;
const TAKE = 50;
const periods = { '24h': 24, '7d': 24 * 7, '30d': 24 * 30 };
const filters = ['pipeline', 'state', 'error', 'period', 'from', 'to'];

/** The list, newest first: live while nothing is asked for beyond its first page. */
export class OperationsView {
  #app;
  #asked;
  #page = null;
  #error = null;
  #names = [];
  #more = false;
  #paged = false;
  #poller = new Poller(() => this.#load(), () => LIVE);

  constructor(app, params) {
    this.#app = app;
    this.#asked = read(params);
  }

  get title() {
    return t('operations.title');
  }

  start() {
    this.#poller.start();
    this.#loadPipelines();
  }

  stop() {
    this.#poller.stop();
  }

  follow(params) {
    this.#asked = read(params);
    this.#again();
  }

  render() {
    return html`
      <div class="head"><h1 tabindex="-1">${t('operations.title')}</h1><span class="live">${t('app.live')}</span></div>
      <form class="search" role="search" @submit=${this.#search}>
        <input type="search" name="q" .value=${this.#app.search} placeholder=${t('operations.searchHint')} aria-label=${t('operations.searchHint')}
          autocomplete="off" spellcheck="false" enterkeyhint="search" @input=${this.#typed}>
        <button type="submit" aria-label=${t('operations.search')}>${icon('search')}<span>${t('operations.search')}</span></button>
      </form>
      ${this.#filters()} ${this.#error ? failed(this.#error, () => this.#again()) : nothing} ${this.#list()}`;
  }

  #filters() {
    const asked = this.#asked;
    const select = (name, label, any, options) => html`
      <label>${label}
        <select name=${name} @change=${(event) => this.#filter({ [name]: event.target.value })}>
          <option value="" ?selected=${!asked[name]}>${any}</option>
          ${options.map(([value, words]) => html`<option value=${value} ?selected=${asked[name] === value}>${words}</option>`)}
        </select>
      </label>`;
    const date = (name) => html`
      <label>${t(`operations.${name}`)}
        <input type="date" name=${name} .value=${asked[name] ?? ''} @change=${(event) => this.#filter({ [name]: event.target.value })}>
      </label>`;
    return html`
      <div class="filters" role="group" aria-label=${t('operations.filters')}>
        ${this.#names.length > 1 ? select('pipeline', t('operations.pipeline'), t('operations.allPipelines'), this.#names.map((n) => [n, n])) : nothing}
        ${select('state', t('operations.state'), t('operations.any'), states.map((s) => [s, stateName(s)]))}
        ${select('error', t('operations.error'), t('operations.anyError'), codes.map((c) => [c, cause(c).title]))}
        ${select('period', t('operations.period'), t('operations.anyTime'), [...Object.keys(periods), 'custom'].map((p) => [p, t(`operations.${p}`)]))}
        ${asked.period === 'custom' ? [date('from'), date('to')] : nothing}
        <span class="filter-tools">
          ${filters.some((name) => asked[name]) || this.#app.search
            ? html`<button type="button" class="quiet" data-action="clear" @click=${this.#clear}>${t('operations.clear')}</button>` : nothing}
          <button type="button" class="quiet" data-action="csv" @click=${this.#csv}>${t('operations.csv')}</button>
        </span>
      </div>`;
  }

  #list() {
    if (!this.#page) return this.#error ? nothing : loading();
    if (this.#page.items.length === 0) {
      const asked = this.#app.search || filters.some((name) => this.#asked[name]);
      return html`<p class="empty">${t(asked ? 'operations.noneFound' : 'operations.none')}</p>`;
    }

    return html`
      <ul class="rows" aria-label=${t('operations.title')}>
        ${repeat(this.#page.items, (item) => item.id, (item) => row(item, this.#names.length > 1))}
      </ul>
      ${this.#page.next
        ? html`<p class="more"><button type="button" class="secondary" aria-busy=${this.#more ? 'true' : nothing} ?disabled=${this.#more}
            data-action="more" @click=${this.#loadMore}>${t('operations.more')}</button></p>` : nothing}`;
  }

  async #load() {
    const [asked, search] = [this.#asked, this.#app.search];
    if (this.#paged) return;
    try {
      const page = await find(search, query(asked));
      if (asked !== this.#asked || search !== this.#app.search || this.#paged) return;
      this.#page = page;
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

  #loadMore = async () => {
    this.#more = true;
    this.#paged = true;
    this.#app.update();
    try {
      const next = await find(this.#app.search, { ...query(this.#asked), cursor: this.#page.next });
      const known = new Set(this.#page.items.map((item) => item.id));
      this.#page = { items: [...this.#page.items, ...next.items.filter((item) => !known.has(item.id))], next: next.next };
    } catch (error) {
      this.#app.fail(error);
    }

    this.#more = false;
    this.#app.update();
  };

  async #loadPipelines() {
    try {
      this.#names = (await api.pipelines()).items.map((item) => item.name);
      this.#app.update();
    } catch (error) {
      // Without them the list lacks one filter; the list itself says what is wrong.
      if (!error.words) throw error;
    }
  }

  #again() {
    this.#page = null;
    this.#error = null;
    this.#paged = false;
    this.#app.update();
    // One may be under way for what was asked before.
    this.#poller.stop();
    this.#poller = new Poller(() => this.#load(), () => LIVE);
    this.#poller.start();
  }

  #typed = (event) => {
    // The cross of the search box empties it without a submit.
    if (event.target.value === '' && this.#app.search) this.#search(event);
  };

  #search = (event) => {
    event.preventDefault();
    const text = (event.target.elements?.q ?? event.target).value.trim();
    if (isOperationId(text)) {
      location.hash = `#/operations/${text}`;
      return;
    }

    this.#app.search = text;
    this.#again();
  };

  #filter(change) {
    // From the address, which changes at once; what it leads to comes a moment later.
    const next = { ...read(new URLSearchParams(location.hash.split('?')[1] ?? '')), ...change };
    if (next.period !== 'custom') [next.from, next.to] = ['', ''];
    const params = new URLSearchParams(filters.filter((name) => next[name]).map((name) => [name, next[name]]));
    location.hash = `#/operations${params.size ? `?${params}` : ''}`;
  }

  #clear = () => {
    this.#app.search = '';
    if (filters.some((name) => this.#asked[name])) location.hash = '#/operations';
    else this.#again();
  };

  #csv = async () => {
    try {
      const typed = this.#app.search;
      const asked = { ...query(this.#asked), ...(typed ? (/[\s()+-]/.test(typed) ? { phone: typed } : { text: typed }) : {}) };
      delete asked.take;
      const response = await api.csv(asked);
      const url = URL.createObjectURL(await response.blob());
      const link = Object.assign(document.createElement('a'), { href: url, download: `operations-${new Date().toISOString().slice(0, 10)}.csv` });
      link.click();
      setTimeout(() => URL.revokeObjectURL(url), 10_000);
      if (response.headers.get('x-more') === 'true') this.#app.toasts.say(t('operations.csvCut'), 'warn');
    } catch (error) {
      this.#app.fail(error);
    }
  };
}

function row(item, withPipeline) {
  const who = [item.fields.client_surname, item.fields.client_name ?? item.fields.name].filter(Boolean).join(' ');
  const order = item.deliveries.find((delivery) => delivery.orderId)?.orderId;
  const stray = !item.kind;
  const body = html`
    <span class="row-state">${badge(item.state)}</span>
    <span class="row-main">
      <strong>${who || (stray ? cause(item.error?.code).title : `${t(`kind.${item.kind}`)} ${item.recordId}`)}</strong>
      <span class="row-sub">
        ${stray ? item.id : html`${t(`kind.${item.kind}`)} ${item.recordId}`}${item.fields.phone ? html` · <span class="phone">${item.fields.phone}</span>` : nothing}
        ${withPipeline && item.pipeline ? html` · ${item.pipeline}` : nothing}
      </span>
    </span>
    <span class="row-why">
      ${item.error ? cause(item.error.code).title : order ? t('operations.order', { id: order }) : nothing}
      ${item.nextTryAt ? html`<span class="row-sub">${t('operation.next')}: ${when(item.nextTryAt)}</span>` : nothing}
    </span>
    <span class="row-at">${when(item.receivedAt)}</span>`;
  return html`<li>${stray ? html`<div class="row">${body}</div>` : html`<a class="row" href="#/operations/${item.id}">${body}</a>`}</li>`;
}

const read = (params) => Object.fromEntries(filters.map((name) => [name, params.get(name) ?? '']));

function query({ pipeline, state, error, period, from, to }) {
  const hours = periods[period];
  const day = (text, add) => {
    if (!text) return '';
    const [year, month, date] = text.split('-').map(Number);
    return new Date(year, month - 1, date + add).toISOString();
  };
  return {
    pipeline,
    state,
    error,
    from: hours ? new Date(Date.now() - hours * 3_600_000).toISOString() : day(from, 0),
    to: day(to, 1),
    take: TAKE,
  };
}
