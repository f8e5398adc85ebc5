import { bound, shown } from './browser.ts';
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import type { App } from '../src/app.ts';
import { speak } from '../src/i18n.ts';
import { DiscardDialog, EditDialog, ResolveDialog, SureDialog, type Act } from '../src/views/operation-dialogs.ts';

const app = { update: () => undefined } as unknown as App;
const fields = {
  phone: '+7*******67', client_name: 'Анна', contact_mail: 'a***@mail.ru', note: 'Call +7*******67 \n after six', hotel: 'Sunrise 4***', lines: ' one\ntwo ',
};

beforeEach(() => {
  speak('en');
  // A form stands for what it would send.
  Object.defineProperty(globalThis, 'FormData', { configurable: true, value: class { constructor(form: Iterable<[string, string]>) { return form; } } });
});

const acting = (acts: object[] = [], busy = false): Act => Object.assign((_: string, body: object) => {
  acts.push(body);
  return Promise.resolve(null);
}, { busy: () => busy });
const edit = (act: Act, mayHaveArrived = false) => EditDialog(app, { fields, mayHaveArrived }, act);

async function sent(change: Record<string, string> = {}, mayHaveArrived = false) {
  const acts: object[] = [];
  const dialog = edit(acting(acts), mayHaveArrived)(() => undefined);
  const untouched = Object.fromEntries(values(dialog.body).filter(([name]) => name !== 'send again').map(([name, value]) => [name, value.replaceAll('\n', '')]));
  const [submit] = bound(dialog.body, '@submit') as ((event: unknown) => Promise<void>)[];
  await submit!({ preventDefault: () => undefined, target: Object.entries({ ...untouched, ...change }) });
  return acts;
}

const values = (body: unknown) => {
  const given = bound(body, '.defaultValue') as string[];
  return (bound(body, 'name') as string[]).map((name, index): [string, string] => [name, given[index] ?? '']);
};

test('a value with a masked phone or address is not filled in, and shown beside its field', () => {
  const { body } = edit(acting())(() => undefined);
  assert.deepEqual(Object.fromEntries(values(body)), {
    phone: '', name: '', client_name: 'Анна', client_surname: '', contact_mail: '', note: '', hotel: 'Sunrise 4***', lines: ' one\ntwo ',
  });
  assert.match(shown(body), /hidden.*Now: a\*\*\*@mail\.ru.*hidden.*Now: Call \+7\*{7}67/s);
});

test('only what the operator changed is sent', async () => {
  assert.deepEqual(await sent(), []);
  assert.deepEqual(await sent({ client_name: 'Ольга', note: 'Call +79001234567' }), [{ fields: { client_name: 'Ольга', note: 'Call +79001234567' } }]);
});

test('a correction of an order that may have arrived warns, and is sent only when that is confirmed', async () => {
  const warning = /unknown whether the first order arrived/;
  assert.doesNotMatch(shown(edit(acting())(() => undefined).body), warning);
  const dialog = edit(acting(), true);
  assert.match(shown(dialog(() => undefined).body), warning);
  assert.deepEqual(await sent({ client_name: 'Ольга' }, true), []);
  assert.deepEqual(await sent({ client_name: 'Ольга', 'send again': 'on' }, true), [{ fields: { client_name: 'Ольга' } }]);
});

test('while an action runs, none of the dialogs sends another one', () => {
  for (const dialog of [edit, ResolveDialog, DiscardDialog, SureDialog]) {
    const disabled = (busy: boolean) => bound(dialog(acting([], busy))(() => undefined).body, '?disabled');
    assert.deepEqual([disabled(true), disabled(false)], [[true], [false]]);
  }
});
