import { html, nothing } from 'lit-html';
import { api, asApiError } from '../api.ts';
import { languageSwitch, type App } from '../app.ts';
import { t } from '../i18n.ts';
import * as session from '../session.ts';
import { texts } from '../ui/form.ts';

/** Asks for the function key, tries it, and keeps it for this tab. */
export class LoginView {
  #app: App;
  #why: string;
  #busy = false;

  constructor(app: App, why = '') {
    this.#app = app;
    this.#why = why;
  }

  get title() {
    return t('login.title');
  }

  render() {
    return html`
      <section class="door">
        <div class="door-head"><span class="mark" aria-hidden="true"></span>${languageSwitch(this.#app)}</div>
        <h1 tabindex="-1">${t('app.title')}</h1>
        <p>${t('login.lead')}</p>
        <form @submit=${this.#enter}>
          <label>${t('login.key')}
            <input name="key" type="password" required autocomplete="current-password" spellcheck="false"
              aria-invalid=${this.#why ? 'true' : nothing} aria-describedby="login-why">
          </label>
          <p id="login-why" class="wrong" role="alert">${this.#why}</p>
          <label>${t('login.operator')}
            <input name="operator" maxlength="60" autocomplete="nickname" .value=${session.operator.get() ?? ''} aria-describedby="operator-hint">
            <small id="operator-hint">${t('login.operatorHint')}</small>
          </label>
          <button type="submit" aria-busy=${this.#busy ? 'true' : nothing} ?disabled=${this.#busy}>${t('login.enter')}</button>
          <p class="hint">${t('login.kept')}</p>
        </form>
      </section>`;
  }

  #enter = async (event: SubmitEvent) => {
    event.preventDefault();
    const { key = '', operator = '' } = texts(event);
    session.key.set(key);
    session.operator.set(operator);
    this.#busy = true;
    this.#app.update();
    try {
      await api.operations({ take: 1 });
      this.#app.enter();
    } catch (error) {
      session.key.set('');
      const { status, words } = asApiError(error);
      this.#why = status === 401 ? t('login.wrong') : words;
      this.#busy = false;
      this.#app.update();
    }
  };
}
