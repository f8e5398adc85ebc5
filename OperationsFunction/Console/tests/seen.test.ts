import { answer, bound } from './browser.ts';
import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { OperationView } from '../src/views/operation.ts';
import { FakeApp } from './app-fake.ts';
import { settled } from './editor-fake.ts';

const operation = {
  id: 'main/lead/48213', pipeline: 'main', kind: 'lead', recordId: '48213', state: 'Failed', run: 'r1', fields: { client_name: 'Анна' }, error: null, deliveries: [], events: [],
  receivedAt: '2026-11-28T10:00:00Z', updatedAt: '2026-11-28T10:00:00Z', postback: null, recordUrl: null, nextTryAt: null, inProgress: false, resending: false, mayHaveArrived: false,
};

const fake = new FakeApp();
const { app } = fake;

beforeEach(() => {
  fake.opened = null;
  mock.timers.enable({ apis: ['setTimeout'] });
  Object.defineProperty(globalThis, 'location', { configurable: true, value: { hash: '' } });
  Object.defineProperty(globalThis, 'FormData', { configurable: true, value: class { *[Symbol.iterator]() { yield* [['client_name', 'Ольга'], ['send again', 'on']]; } } });
});

afterEach(() => mock.timers.reset());

/** The body of the action behind the operation's first button. */
async function acted(change: object) {
  const requests = answer(() => ({ json: { ...operation, ...change } }));
  const view = new OperationView(app, operation.id);
  view.start();
  await settled();
  (bound(view.render(), '@click') as (() => void)[])[1]!();
  const [submit] = fake.opened ? (bound(fake.opened(() => undefined).body, '@submit') as ((event: unknown) => unknown)[]) : [];
  void submit?.({ preventDefault: () => undefined, target: null });
  await settled();
  view.stop();
  return requests.find(({ method }) => method === 'POST')?.body;
}

test('what sends an order again says what the operator saw', async () => {
  assert.deepEqual(await acted({ allowedActions: ['replay-send'] }), { from: 'send', run: 'r1', mayHaveArrived: false });
  assert.deepEqual(await acted({ allowedActions: ['replay-send'], mayHaveArrived: true }), { from: 'send', run: 'r1', mayHaveArrived: true });
  assert.deepEqual(await acted({ allowedActions: ['edit'], mayHaveArrived: true }), { fields: { client_name: 'Ольга' }, run: 'r1', mayHaveArrived: true });
});
