import { html, nothing } from 'lit-html';
import type { App } from '../app.ts';
import { destinationName } from '../destinations.ts';
import { t } from '../i18n.ts';
import type { Operation } from '../types.ts';
import type { Dialog } from '../ui/dialog.ts';
import { texts } from '../ui/form.ts';
import { fieldName } from './fields.ts';

/** Runs an action of the API; returns the app's error about the operator's input, if any. Does nothing while it is busy. */
export interface Act {
  (action: string, body: object): Promise<string | null>;
  busy: () => boolean;
}

// The fields that are corrected most often; the others are one click away.
const usual = ['phone', 'name', 'client_name', 'client_surname'];
const fixed = ['id', 'country', 'order_time'];

/** The name of the confirmation; a field of a record has no space in its name. */
const SURE = 'send again';

/** As the app masks phones and e-mails, also within a text; other asterisks are text, such as a hotel's stars. */
const masks = /\d\*{7}\d\d|\*{3}@/;
const isMasked = (name: string, value: string) => (/phone|mail/i.test(name) ? value.includes('***') : masks.test(value));

/** What an input makes of a value that nobody has touched. */
const oneLine = (value: string) => value.replace(/[\r\n]/g, '').trim();

const buttons = (submit: string, act: Act, close: () => void) => html`
  <footer class="buttons">
    <button type="submit" aria-busy=${act.busy() ? 'true' : nothing} ?disabled=${act.busy()}>${submit}</button>
    <button type="button" class="secondary" @click=${close}>${t('app.cancel')}</button>
  </footer>`;

/** Corrects fields and sends. Only changed fields go to the app. Resending an order that may have arrived needs the same confirmation as without a correction. */
export function EditDialog(app: App, item: Pick<Operation, 'fields' | 'mayHaveArrived'>, act: Act): Dialog {
  let problem = '';
  const others = Object.keys(item.fields).filter((name) => !usual.includes(name) && !fixed.includes(name) && !name.startsWith('original_'));
  const value = (name: string) => (isMasked(name, item.fields[name] ?? '') ? '' : item.fields[name] ?? '');
  const input = (name: string) => html`
    <label>${fieldName(name)}
      <input name=${name} .defaultValue=${value(name)} type=${name === 'phone' ? 'tel' : 'text'} maxlength="1000" autocomplete="off"
        aria-invalid=${problem && name === 'phone' ? 'true' : nothing}>
      ${name === 'phone' ? html`<small>${t('edit.phoneHint', { value: item.fields.phone ?? '—' })}</small>`
        : isMasked(name, item.fields[name] ?? '') ? html`<small>${t('edit.maskedHint', { value: item.fields[name] })}</small>` : nothing}
    </label>`;
  return (close) => ({
    title: t('edit.title'),
    body: html`
      <form novalidate @submit=${async (event: SubmitEvent) => {
        event.preventDefault();
        const { [SURE]: sure, ...given } = texts(event);
        const changed = Object.entries(given).filter(([name, text]) => text !== '' && text !== oneLine(value(name)));
        problem = changed.length === 0 ? t('edit.nothing')
          : item.mayHaveArrived && !sure ? t('sure.missing')
            : (await act('edit', { fields: Object.fromEntries(changed) })) ?? '';
        app.update();
      }}>
        <p>${t('edit.lead')}</p>
        ${usual.map(input)}
        ${others.length ? html`<details><summary>${t('edit.more')}</summary>${others.map(input)}</details>` : nothing}
        ${item.mayHaveArrived ? html`
          <div class="notice" data-tone="warn">
            <p>${t('sure.text')}</p>
            <label class="check"><input type="checkbox" name=${SURE}> ${t('sure.confirm')}</label>
          </div>` : nothing}
        <p class="wrong" role="alert">${problem}</p>
        ${buttons(t('edit.submit'), act, close)}
      </form>`,
  });
}

/** The operator saw the order at the destination. */
export const ResolveDialog = (act: Act, destination = ''): Dialog => (close) => ({
  title: named('resolve.title', destination),
  body: html`
    <form @submit=${(event: SubmitEvent) => submit(event, act, 'delivered')}>
      <p>${t('resolve.lead')}</p>
      <label>${t('resolve.orderId')} <span class="hint">(${t('resolve.optional')})</span><input name="orderId" maxlength="100" autocomplete="off"></label>
      ${note()} ${buttons(t('resolve.submit'), act, close)}
    </form>`,
});

export const DiscardDialog = (act: Act, destination = ''): Dialog => (close) => ({
  title: named('discard.title', destination),
  body: html`<form @submit=${(event: SubmitEvent) => submit(event, act, 'discarded')}><p>${t('discard.lead')}</p>${note()} ${buttons(t('discard.submit'), act, close)}</form>`,
});

/** Asks for confirmation before resending an order that may have arrived. */
export const SureDialog = (act: Act, destination = ''): Dialog => (close) => ({
  title: named('sure.title', destination),
  body: html`
    <form @submit=${(event: SubmitEvent) => {
      event.preventDefault();
      void act('replay', { from: 'send' });
    }}><p>${t('sure.text')}</p>${buttons(t('action.send'), act, close)}</form>`,
});

/** Adds the destination to a dialog's title if there are several. */
const named = (title: string, destination: string) => (destination ? `${destinationName(destination)} — ${t(title)}` : t(title));

const note = () => html`<label>${t('resolve.note')} <span class="hint">(${t('resolve.optional')})</span><input name="note" maxlength="300" autocomplete="off"></label>`;

function submit(event: SubmitEvent, act: Act, as: string) {
  event.preventDefault();
  const filled = Object.entries(texts(event)).filter(([, text]) => text !== '');
  void act('resolve', { as, ...Object.fromEntries(filled) });
}
