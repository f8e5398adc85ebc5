import { answer, bound, shown, type Request } from './browser.ts';
import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import type { App } from '../src/app.ts';
import { speak } from '../src/i18n.ts';
import type { Dialog } from '../src/ui/dialog.ts';
import { OperationsView } from '../src/views/operations.ts';
import { settled } from './editor-fake.ts';

const ID = 'unreadable/uon-records/0000123-abc';
const orphan = (code: string) => ({
  id: ID, pipeline: null, kind: null, recordId: null, state: 'Unmatched', fields: {}, deliveries: [], events: [], error: { code, message: 'As the test says.' },
  receivedAt: '2026-11-28T10:00:00Z', nextTryAt: null,
});
let opened: Dialog | null = null;
let said: string[] = [];
let requests: Request[] = [];
const app = {
  search: '',
  update: () => undefined,
  fail: assert.fail,
  toasts: { say: (text: string) => said.push(text) },
  dialogs: { show: (dialog: Dialog) => { opened = dialog; }, close: () => { opened = null; } },
} as unknown as App;

beforeEach(() => {
  mock.timers.enable({ apis: ['setTimeout'] });
  speak('en');
  [opened, said] = [null, []];
});

afterEach(() => mock.timers.reset());

/** The buttons of the only row. */
async function buttons(code: string) {
  requests = answer(({ method, path }) => ({
    json: path.endsWith('/reveal') ? { body: '{"what":"is this"}' } : method === 'POST' ? {} : { items: path === 'operations' ? [orphan(code)] : [], next: null },
  }));
  const view = new OperationsView(app, new URLSearchParams());
  view.start();
  await settled();
  view.stop();
  // The first is the CSV's.
  const rows = bound(view.render(), '@click').slice(1) as (() => unknown)[];
  return { view, rows };
}

const posted = () => requests.filter(({ method }) => method === 'POST').map(({ path, body }) => [path, body]);

test('an unreadable message is shown on request', async () => {
  const { view, rows: [reveal] } = await buttons('unreadable');
  assert.deepEqual(posted(), []);
  await reveal!();
  view.stop();
  assert.deepEqual(posted(), [[`operations/${ID}/reveal`, {}]]);
  assert.match(shown(opened!(() => undefined).body), /<pre>\{"what":"is this"\}<\/pre>/);
});

test('an unreadable message is discarded after a question, and the list is read again', async () => {
  const { view, rows: [, ask] } = await buttons('unreadable');
  await ask!();
  assert.deepEqual(posted(), []);
  const reads = requests.filter(({ path }) => path === 'operations').length;

  await (bound(opened!(() => undefined).body, '@click')[0] as () => unknown)();
  await settled();
  view.stop();

  assert.deepEqual(posted(), [[`operations/${ID}/resolve`, { as: 'discarded' }]]);
  assert.deepEqual([opened, said], [null, ['Discarded']]);
  assert.equal(requests.filter(({ path }) => path === 'operations').length, reads + 1);
});

test('an unmatched postback has nothing to show or discard', async () => {
  const { view, rows } = await buttons('unmatched-postback');
  view.stop();
  assert.deepEqual(rows, []);
});
