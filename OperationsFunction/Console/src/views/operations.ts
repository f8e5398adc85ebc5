import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { api, asApiError, blob } from '../api.ts';
import type { App } from '../app.ts';
import { cause, codes } from '../causes.ts';
import { when } from '../format.ts';
import { t } from '../i18n.ts';
import { find, findCsv, isOperationId } from '../search.ts';
import { stateName, states } from '../states.ts';
import type { Operation, OperationPage, Query } from '../types.ts';
import { badge } from '../ui/badge.ts';
import { download } from '../ui/download.ts';
import { texts, valueOf } from '../ui/form.ts';
import { icon } from '../ui/icons.ts';
import { Live } from '../ui/live.ts';
import { failed } from '../ui/placeholders.ts';

const TAKE = 50;
const periods: Record<string, number> = { '24h': 24, '7d': 24 * 7, '30d': 24 * 30 };
const filters = ['pipeline', 'state', 'error', 'period', 'from', 'to'] as const;

type Filter = Record<(typeof filters)[number], string>;

/** The list, newest first: refreshed as long as only its first page is shown. */
export class OperationsView {
  #app: App;
  #asked: Filter;
  #live: Live<OperationPage>;
  #names: string[] = [];
  #more = false;

  constructor(app: App, params: URLSearchParams) {
    this.#app = app;
    this.#asked = read(params);
    this.#live = new Live(app, () => find(app.search, query(this.#asked)));
  }

  get title() {
    return t('operations.title');
  }

  start() {
    this.#live.start();
    void this.#loadPipelines();
  }

  stop() {
    this.#live.stop();
  }

  follow(params: URLSearchParams) {
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
      ${this.#filters()} ${this.#live.value && this.#live.error ? failed(this.#live.error, this.#again) : nothing} ${this.#live.render((page) => this.#list(page))}`;
  }

  #filters() {
    const asked = this.#asked;
    const select = (name: keyof Filter, label: string, any: string, options: [string, string][]) => html`
      <label>${label}
        <select name=${name} @change=${(event: Event) => this.#filter({ [name]: valueOf(event) })}>
          <option value="" ?selected=${!asked[name]}>${any}</option>
          ${options.map(([value, words]) => html`<option value=${value} ?selected=${asked[name] === value}>${words}</option>`)}
        </select>
      </label>`;
    const date = (name: 'from' | 'to') => html`
      <label>${t(`operations.date.${name}`)}
        <input type="date" name=${name} .value=${asked[name]} @change=${(event: Event) => this.#filter({ [name]: valueOf(event) })}>
      </label>`;
    return html`
      <div class="filters" role="group" aria-label=${t('operations.filters')}>
        ${this.#names.length > 1 ? select('pipeline', t('operations.pipeline'), t('operations.allPipelines'), this.#names.map((n) => [n, n])) : nothing}
        ${select('state', t('operations.state'), t('operations.any'), states.map((s) => [s, stateName(s)]))}
        ${select('error', t('operations.error'), t('operations.anyError'), codes.map((c) => [c, cause(c).title]))}
        ${select('period', t('operations.period'), t('operations.anyTime'), [...Object.keys(periods), 'custom'].map((p) => [p, t(`operations.period.${p}`)]))}
        ${asked.period === 'custom' ? [date('from'), date('to')] : nothing}
        <span class="filter-tools">
          ${filters.some((name) => asked[name]) || this.#app.search
            ? html`<button type="button" class="quiet" data-action="clear" @click=${this.#clear}>${t('operations.clear')}</button>` : nothing}
          <button type="button" class="quiet" data-action="csv" @click=${this.#csv}>${t('operations.csv')}</button>
        </span>
      </div>`;
  }

  #list(page: OperationPage) {
    if (page.items.length === 0) {
      const asked = this.#app.search || filters.some((name) => this.#asked[name]);
      return html`<p class="empty">${t(asked ? 'operations.noneFound' : 'operations.none')}</p>`;
    }

    return html`
      <ul class="rows" aria-label=${t('operations.title')}>
        ${repeat(page.items, (item) => item.id, (item) => row(item, this.#names.length > 1, this.#orphanActions(item)))}
      </ul>
      ${page.next
        ? html`<p class="more"><button type="button" class="secondary" aria-busy=${this.#more ? 'true' : nothing} ?disabled=${this.#more}
            data-action="more" @click=${() => void this.#loadMore(page)}>${t('operations.more')}</button></p>` : nothing}`;
  }

  async #loadMore(page: OperationPage) {
    const { items, next: cursor } = page;
    this.#more = true;
    this.#live.stop();
    this.#app.update();
    try {
      const next = await find(this.#app.search, { ...query(this.#asked), cursor });
      // Another filter was chosen meanwhile: this page belongs to the previous one.
      if (this.#live.value !== page) return;
      const known = new Set(items.map((item) => item.id));
      this.#live.value = { items: [...items, ...next.items.filter((item) => !known.has(item.id))], next: next.next };
    } catch (error) {
      this.#app.fail(error);
    } finally {
      this.#more = false;
      this.#app.update();
    }
  }

  async #loadPipelines() {
    try {
      this.#names = (await api.pipelines()).items.map((item) => item.name);
      this.#app.update();
    } catch (error) {
      // Without them the list lacks one filter; the list itself reports the error.
      asApiError(error);
    }
  }

  #again = () => {
    this.#live.value = null;
    this.#live.error = null;
    this.#app.update();
    this.#live.again();
  };

  #typed = (event: Event) => {
    // The clear button of the search box does not submit the form.
    if (valueOf(event) === '' && this.#app.search) this.#find('');
  };

  #search = (event: SubmitEvent) => {
    event.preventDefault();
    this.#find(texts(event).q ?? '');
  };

  #find(text: string) {
    if (isOperationId(text)) {
      location.hash = `#/operations/${text}`;
      return;
    }

    this.#app.search = text;
    this.#again();
  }

  #filter(change: Partial<Filter>) {
    // Read from the address, which changes at once; the view follows a moment later.
    const next: Filter = { ...read(new URLSearchParams(location.hash.split('?')[1] ?? '')), ...change };
    if (next.period !== 'custom') [next.from, next.to] = ['', ''];
    const params = new URLSearchParams(filters.filter((name) => next[name]).map((name) => [name, next[name]]));
    location.hash = `#/operations${params.size ? `?${params}` : ''}`;
  }

  #clear = () => {
    this.#app.search = '';
    if (filters.some((name) => this.#asked[name])) location.hash = '#/operations';
    else this.#again();
  };

  /** An unreadable message can be shown and discarded. */
  #orphanActions(item: Operation) {
    if (item.kind || item.error?.code !== 'unreadable') return nothing;
    const reveal = async () => {
      try {
        const { body } = await api.unreadable(item.id);
        this.#app.dialogs.show(() => ({ title: t('unreadable.title'), body: html`<pre>${body}</pre>` }));
      } catch (error) {
        this.#app.fail(error);
      }
    };
    const discard = async () => {
      try {
        await api.act(item.id, 'resolve', { as: 'discarded' });
        this.#app.dialogs.close();
        this.#app.toasts.say(t('actionDone.discard'));
        this.#again();
      } catch (error) {
        this.#app.fail(error);
      }
    };
    const ask = () => this.#app.dialogs.show((close) => ({
      title: t('unreadable.discard'),
      body: html`
        <p>${t('unreadable.sure')}</p>
        <footer class="buttons">
          <button type="button" @click=${discard}>${t('action.discard')}</button>
          <button type="button" class="secondary" @click=${close}>${t('app.cancel')}</button>
        </footer>`,
    }));
    return html`
      <p class="buttons">
        <button type="button" class="secondary" @click=${reveal}>${t('unreadable.reveal')}</button>
        <button type="button" class="secondary" @click=${ask}>${t('action.discard')}</button>
      </p>`;
  }

  #csv = async () => {
    try {
      const tables = await findCsv(this.#app.search, { ...query(this.#asked), take: null });
      for (const [index, response] of tables.entries()) {
        download(`operations-${new Date().toISOString().slice(0, 10)}${index ? `-${index + 1}` : ''}.csv`, await blob(response), 'text/csv');
      }

      if (tables.some(({ headers }) => headers.get('x-more') === 'true')) this.#app.toasts.say(t('operations.csvCut'), 'warn');
    } catch (error) {
      this.#app.fail(error);
    }
  };
}

function row(item: Operation, withPipeline: boolean, actions: unknown) {
  const who = [item.fields.client_surname, item.fields.client_name ?? item.fields.name].filter(Boolean).join(' ');
  const order = item.deliveries.find((delivery) => delivery.orderId)?.orderId;
  // An unreadable message or a refused webhook, in the shape of an operation.
  const unmatched = !item.kind;
  const body = html`
    <span class="row-state">${badge(item)}</span>
    <span class="row-main">
      <strong>${who || (unmatched ? cause(item.error?.code).title : `${t(`kind.${item.kind}`)} ${item.recordId}`)}</strong>
      <span class="row-sub">
        ${unmatched ? item.id : html`${t(`kind.${item.kind}`)} ${item.recordId}`}${item.fields.phone ? html` · <span class="phone">${item.fields.phone}</span>` : nothing}
        ${withPipeline && item.pipeline ? html` · ${item.pipeline}` : nothing}
      </span>
    </span>
    <span class="row-why">
      ${item.error ? cause(item.error.code).title : order ? t('operations.order', { id: order }) : nothing}
      ${item.nextTryAt ? html`<span class="row-sub">${t('operation.next')}: ${when(item.nextTryAt)}</span>` : nothing}
    </span>
    <span class="row-at">${when(item.receivedAt)}</span>`;
  return html`<li>${unmatched ? html`<div class="row">${body}</div>${actions}` : html`<a class="row" href="#/operations/${item.id}">${body}</a>`}</li>`;
}

const read = (params: URLSearchParams) => Object.fromEntries(filters.map((name) => [name, params.get(name) ?? ''])) as Filter;

function query({ pipeline, state, error, period, from, to }: Filter): Query {
  const hours = periods[period];
  const day = (text: string, add: number) => {
    // In the browser's time zone, as the operator expects.
    const at = new Date(`${text}T00:00`);
    if (Number.isNaN(at.getTime())) return '';
    at.setDate(at.getDate() + add);
    return at.toISOString();
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
