import { html, nothing } from 'lit-html';
import { api } from '../api.js';
import { languageSwitch } from '../app.js';
import { t } from '../i18n.js';
import * as session from '../session.js';

/** Asks for the function key, tries it, and keeps it for this tab. */
export class LoginView {
  #app;
  #why;
  #busy = false;

  constructor(app, why = '') {
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

  #enter = async (event) => {
    event.preventDefault();
    const data = new FormData(event.target);
    session.key.set(data.get('key').trim());
    session.operator.set(data.get('operator').trim());
    this.#busy = true;
    this.#app.update();
    try {
      await api.operations({ take: 1 });
      this.#app.enter();
    } catch (error) {
      session.key.set('');
      this.#why = error.status === 401 ? t('login.wrong') : error.words;
      this.#busy = false;
      this.#app.update();
    }
  };
}
