import { html } from 'lit-html';
import type { App } from '../app.ts';
import { t } from '../i18n.ts';
import * as session from '../session.ts';
import type { Dialog } from '../ui/dialog.ts';
import { texts } from '../ui/form.ts';

/** The operator's name, and the sign-out. */
export const AccountDialog = (app: App): Dialog => (close) => ({
  title: t('account.title'),
  body: html`
    <form @submit=${(event: SubmitEvent) => {
      event.preventDefault();
      session.operator.set(texts(event).operator ?? '');
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
