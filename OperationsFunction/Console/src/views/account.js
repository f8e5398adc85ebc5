import { html } from 'lit-html';
import { t } from '../i18n.js';
import * as session from '../session.js';

/** Who is at work, and the way out. */
export const AccountDialog = (app) => (close) => ({
  title: t('account.title'),
  body: html`
    <form @submit=${(event) => {
      event.preventDefault();
      session.operator.set(new FormData(event.target).get('operator').trim());
      close();
      app.toasts.say(t('account.saved'));
    }}>
      <label>${t('account.operator')}
        <input name="operator" maxlength="60" autocomplete="nickname" .value=${session.operator.get() ?? ''}>
        <small>${t('login.operatorHint')}</small>
      </label>
      <footer class="buttons">
        <button type="submit">${t('account.save')}</button>
        <button type="button" class="secondary" data-action="leave" @click=${() => app.leave()}>${t('account.leave')}</button>
      </footer>
    </form>`,
});
