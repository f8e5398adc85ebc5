import { answer, bound } from './browser.ts';
import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import type { App } from '../src/app.ts';
import { copyDialog, createDialog, importDialog } from '../src/editor/create.ts';
import type { Dialog } from '../src/ui/dialog.ts';
import { OperationView } from '../src/views/operation.ts';
import { settled } from './editor-fake.ts';

let opened: Dialog | null = null;
const app = {
  update: () => undefined,
  fail: assert.fail,
  toasts: { say: () => undefined },
  counter: { now: () => undefined },
  dialogs: { show: (dialog: Dialog) => { opened = dialog; }, close: () => undefined },
} as unknown as App;
const operation = {
  id: 'main/lead/48213', pipeline: 'main', kind: 'lead', recordId: '48213', state: 'Failed', fields: {}, error: null, deliveries: [], events: [],
  allowedActions: ['resolve'], receivedAt: '2026-11-28T10:00:00Z', updatedAt: '2026-11-28T10:00:00Z', postback: null, recordUrl: null, nextTryAt: null, inProgress: false, resending: false, mayHaveArrived: false,
};

beforeEach(() => {
  mock.timers.enable({ apis: ['setTimeout'] });
  Object.defineProperty(globalThis, 'location', { configurable: true, value: { hash: '' } });
  Object.defineProperty(globalThis, 'FormData', {
    configurable: true,
    value: class {
      get() { return null; }
      *[Symbol.iterator]() { yield* [['title', 'Turkey'], ['code', '{}']]; }
    },
  });
});

afterEach(() => mock.timers.reset());

/** Submits the dialog's form twice before the app answers. */
async function submitTwice(dialog: Dialog) {
  const [submit] = bound(dialog(() => undefined).body, '@submit') as ((event: unknown) => unknown)[];
  for (let click = 0; click < 2; click++) void submit!({ preventDefault: () => undefined, target: null });
  await settled();
}

for (const [name, make, path] of [
  ['create', () => createDialog(app, { from: 'main' }), 'pipelines'],
  ['copy', () => copyDialog(app, 'main'), 'pipelines/main/copy'],
  ['import', () => importDialog(app, () => undefined), 'pipelines/import'],
] as const) {
  test(`a double click does not ${name} twice`, async () => {
    const requests = answer(() => ({ json: { name: 'turkey', names: [] } }));
    await submitTwice(make());
    assert.deepEqual(requests.map((request) => request.path), [path]);
  });
}

test('a double click does not run an action on an operation twice', async () => {
  const requests = answer(() => ({ json: operation }));
  const view = new OperationView(app, operation.id);
  view.start();
  await settled();
  const [, resolve] = bound(view.render(), '@click') as (() => void)[];
  resolve!();
  await submitTwice(opened!);
  view.stop();
  assert.equal(requests.filter(({ method }) => method === 'POST').length, 1);
});
