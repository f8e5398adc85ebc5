import { html, nothing, render } from 'lit-html';
import { keyed } from 'lit-html/directives/keyed.js';
import { api, asApiError } from './api.ts';
import { lang, languages, speak, t } from './i18n.ts';
import * as session from './session.ts';
import { Dialogs } from './ui/dialog.ts';
import { icon } from './ui/icons.ts';
import { Poller } from './ui/poller.ts';
import { Toasts } from './ui/toasts.ts';
import { AccountDialog } from './views/account.ts';
import { AttentionView } from './views/attention.ts';
import { EditorView } from './editor/view.ts';
import { LoginView } from './views/login.ts';
import { OperationView } from './views/operation.ts';
import { OperationsView } from './views/operations.ts';
import { OverviewView } from './views/overview.ts';
import { PipelinesView } from './views/pipelines.ts';
import { ReplayRuns } from './replays.ts';

const sections = ['overview', 'operations', 'attention', 'pipelines'];
const CLOCK = 20_000;
const COUNT = 30_000;

/** A section of the page. */
interface View {
  readonly title: string;
  render(): unknown;
  start?(): void;
  stop?(): void;
  /** Handles new parameters of the same route, or another part of it. */
  follow?(params: URLSearchParams, parts: string[]): void;
}

/** The page: the current view, the state that all views share, and the frame around them. */
export class App {
  #root: HTMLElement;
  #view: View | null = null;
  #place: string | null = null;
  #pending = false;
  attention: number | null = null;
  readonly dialogs: Dialogs;
  readonly toasts: Toasts;
  readonly replays: ReplayRuns;
  readonly counter: Poller;
  /** The last search. Kept here, not in the address: it may be a phone. */
  search = '';

  constructor(root: HTMLElement) {
    this.#root = root;
    this.dialogs = new Dialogs(this.update);
    this.toasts = new Toasts(this.update);
    this.replays = new ReplayRuns(this);
    this.counter = new Poller(() => this.#count(), () => COUNT);
  }

  start() {
    addEventListener('hashchange', () => this.#go());
    // "5 minutes ago" changes with time.
    setInterval(this.update, CLOCK);
    this.#go();
  }

  update = () => {
    if (this.#pending) return;
    this.#pending = true;
    queueMicrotask(() => {
      this.#pending = false;
      render(this.#frame(), this.#root);
      const title = this.#view?.title;
      document.title = title ? `${title} · ${t('app.title')}` : t('app.title');
    });
  };

  /** Handles API errors for every view: an invalid key leads back to the sign-in. */
  fail(error: unknown) {
    const { status, words } = asApiError(error);
    if (status === 401) this.leave(t('login.expired'));
    else this.toasts.say(words, 'bad');
  }

  enter() {
    this.#place = null;
    this.#go();
  }

  leave(why = '') {
    session.key.set('');
    this.search = '';
    this.dialogs.close();
    this.#show(new LoginView(this, why), 'login');
  }

  async #count() {
    try {
      const { groups } = await api.attention();
      this.attention = groups.reduce((sum, group) => sum + group.count, 0);
    } catch (error) {
      // This only affects a number in the menu; the views report the error.
      asApiError(error);
      this.attention = null;
    }

    this.update();
  }

  #go() {
    if (!session.key.get()) {
      this.#show(new LoginView(this), 'login');
      return;
    }

    const [path = '', query = ''] = location.hash.replace(/^#\/?/, '').split('?');
    const parts = path.split('/').map(decode);
    // The parts of one pipeline's page share the unsaved input.
    const place = parts[0] === 'pipelines' && parts[1] ? `pipelines/${parts[1]}` : path || 'overview';
    if (place === this.#place && this.#view?.follow) {
      this.#view.follow(new URLSearchParams(query), parts);
      return;
    }

    const params = new URLSearchParams(query);
    if (parts[0] === 'operations' && parts.length === 4) this.#show(new OperationView(this, parts.slice(1).join('/')), place);
    else if (parts[0] === 'operations') this.#show(new OperationsView(this, params), place);
    else if (parts[0] === 'attention') this.#show(new AttentionView(this), place);
    else if (parts[0] === 'pipelines' && parts[1]) this.#show(new EditorView(this, parts[1], parts[2]), place);
    else if (parts[0] === 'pipelines') this.#show(new PipelinesView(this), place);
    else this.#show(new OverviewView(this, params), place);
  }

  #show(view: View, place: string) {
    this.#view?.stop?.();
    this.dialogs.close();
    const before = this.#place;
    [this.#view, this.#place] = [view, place];
    if (place === 'login') {
      this.counter.stop();
    } else if (before === null || before === 'login') {
      this.counter.start();
      this.replays.start();
    }

    view.start?.();
    this.update();
    // Screen readers announce the new view; for the first one the browser does that itself.
    if (before !== null) queueMicrotask(() => document.querySelector('h1')?.focus({ preventScroll: true }));
    scrollTo(0, 0);
  }

  #frame() {
    return html`
      <a class="skip" href="#main" @click=${skip}>${t('app.skip')}</a>
      ${this.#place === 'login' ? nothing : this.#header()}
      <main id="main" tabindex="-1" data-view=${this.#place?.split('/')[0] ?? ''}>
        ${keyed(this.#view, this.#view?.render() ?? nothing)}
      </main>
      ${this.dialogs.render()} ${this.toasts.render()}`;
  }

  #header() {
    const here = this.#place?.split('/')[0];
    return html`
      <header class="bar">
        <a class="brand" href="#/overview"><span class="mark" aria-hidden="true"></span>${t('app.title')}</a>
        <nav aria-label=${t('app.menu')}>
          ${sections.map((name) => html`
            <a href="#/${name}" aria-current=${here === name ? 'page' : nothing}>
              ${icon(name)}<span>${t(`nav.${name}`)}</span>
              ${name === 'attention' && this.attention ? html`<b class="count">${this.attention}</b>` : nothing}
            </a>`)}
        </nav>
        <div class="tools">
          ${languageSwitch(this)}
          <button type="button" class="quiet round" aria-label=${t('app.account')} title=${t('app.account')}
            @click=${() => this.dialogs.show(AccountDialog(this))}>${icon('account')}</button>
        </div>
      </header>`;
  }
}

/** Both languages, each with its own name for itself. */
export const languageSwitch = (app: App) => html`
  <div class="languages" role="group" aria-label=${t('app.language')}>
    ${languages.toReversed().map((name) => html`
      <button type="button" class="quiet" lang=${name} aria-pressed=${lang() === name ? 'true' : 'false'} @click=${() => choose(app, name)}>
        ${name.toUpperCase()}
      </button>`)}
  </div>`;

function choose(app: App, name: string) {
  speak(name);
  app.update();
}

// The fragment holds the page's own route, so the link cannot jump by itself.
function skip(event: Event) {
  event.preventDefault();
  document.getElementById('main')!.focus();
}

function decode(part: string) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
