import { html, nothing } from 'lit-html';
import { t } from '../i18n.js';

// Corrected most often; the others are one click further.
const usual = ['phone', 'name', 'client_name', 'client_surname'];
const fixed = ['id', 'country', 'order_time'];

const buttons = (submit, close) => html`
  <footer class="buttons">
    <button type="submit">${submit}</button>
    <button type="button" class="secondary" @click=${close}>${t('app.cancel')}</button>
  </footer>`;

/** Corrects fields and sends. Only what was really changed goes to the app. */
export function EditDialog(app, item, fieldName, act) {
  let problem = '';
  const others = Object.keys(item.fields).filter((name) => !usual.includes(name) && !fixed.includes(name) && !name.startsWith('original_'));
  const isMasked = (name) => /phone|mail/i.test(name) && (item.fields[name] ?? '').includes('***');
  const value = (name) => (isMasked(name) ? '' : item.fields[name] ?? '');
  const input = (name) => html`
    <label>${fieldName(name)}
      <input name=${name} .defaultValue=${value(name)} type=${name === 'phone' ? 'tel' : 'text'} maxlength="1000" autocomplete="off"
        aria-invalid=${problem && name === 'phone' ? 'true' : nothing}>
      ${name === 'phone' ? html`<small>${t('edit.phoneHint', { value: item.fields.phone ?? '—' })}</small>` : nothing}
    </label>`;
  return (close) => ({
    title: t('edit.title'),
    body: html`
      <form novalidate @submit=${async (event) => {
        event.preventDefault();
        const entries = [...new FormData(event.target)].map(([name, text]) => [name, text.trim()]);
        const changed = entries.filter(([name, text]) => text !== '' && text !== value(name));
        problem = changed.length === 0 ? t('edit.nothing') : (await act('edit', { fields: Object.fromEntries(changed) })) ?? '';
        app.update();
      }}>
        <p>${t('edit.lead')}</p>
        ${usual.map(input)}
        ${others.length ? html`<details><summary>${t('edit.more')}</summary>${others.map(input)}</details>` : nothing}
        <p class="wrong" role="alert">${problem}</p>
        ${buttons(t('edit.submit'), close)}
      </form>`,
  });
}

/** A person saw the order in the network's cabinet. */
export const ResolveDialog = (act) => (close) => ({
  title: t('resolve.title'),
  body: html`
    <form @submit=${(event) => submit(event, act, 'delivered')}>
      <p>${t('resolve.lead')}</p>
      <label>${t('resolve.orderId')} <span class="hint">(${t('resolve.optional')})</span><input name="orderId" maxlength="100" autocomplete="off"></label>
      ${note()} ${buttons(t('resolve.submit'), close)}
    </form>`,
});

export const DiscardDialog = (act) => (close) => ({
  title: t('discard.title'),
  body: html`<form @submit=${(event) => submit(event, act, 'discarded')}><p>${t('discard.lead')}</p>${note()} ${buttons(t('discard.submit'), close)}</form>`,
});

/** Asked before an order leaves that may have arrived already. */
export const SureDialog = (act) => (close) => ({
  title: t('action.sure'),
  body: html`
    <form @submit=${(event) => {
      event.preventDefault();
      act('replay', { from: 'send' });
    }}><p>${t('action.sureText')}</p>${buttons(t('action.send'), close)}</form>`,
});

const note = () => html`<label>${t('resolve.note')} <span class="hint">(${t('resolve.optional')})</span><input name="note" maxlength="300" autocomplete="off"></label>`;

function submit(event, act, as) {
  event.preventDefault();
  const said = [...new FormData(event.target)].filter(([, text]) => text.trim() !== '').map(([name, text]) => [name, text.trim()]);
  act('resolve', { as, ...Object.fromEntries(said) });
}
