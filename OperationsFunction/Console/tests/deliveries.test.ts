import { answer, binding, bound, shown, type Request } from './browser.ts';
import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { speak } from '../src/i18n.ts';
import { OperationView } from '../src/views/operation.ts';
import { FakeApp } from './app-fake.ts';
import { settled } from './editor-fake.ts';

const ID = 'main/lead/48213';
const at = '2026-11-28T10:00:00Z';
let requests: Request[] = [];
const fake = new FakeApp();
const { app } = fake;

const delivery = (destination: string, state: string, change: object = {}) =>
  ({ destination, state, attempts: 1, orderId: null, reply: null, error: null, nextTryAt: null, mayHaveArrived: false, allowedActions: [], ...change });
const error = (code: string, stage: string, message = 'As the test says.') => ({ code, stage, message });
const several = [
  delivery('offerum', 'Rejected', { error: error('offerum-rejected', 'offerum'), allowedActions: ['edit'] }),
  delivery('telegram', 'Uncertain', { error: error('uncertain', 'telegram'), mayHaveArrived: true, allowedActions: ['replay-send', 'resolve'] }),
  delivery('bitrix', 'Failed', { error: error('bitrix-unavailable', 'bitrix'), allowedActions: ['replay-send'] }),
  delivery('amo', 'Delivered'),
];

beforeEach(() => {
  mock.timers.enable({ apis: ['setTimeout'] });
  speak('en');
  fake.opened = null;
  Object.defineProperty(globalThis, 'FormData', { configurable: true, value: class { *[Symbol.iterator]() { yield* []; } } });
});

afterEach(() => mock.timers.reset());

async function view(state: string, deliveries: object[], change: object = {}) {
  const operation = {
    id: ID, pipeline: 'main', kind: 'lead', recordId: '48213', state, fields: {}, error: null, deliveries, events: [], allowedActions: ['replay-send', 'replay-enrich'],
    receivedAt: at, updatedAt: at, postback: null, recordUrl: null, nextTryAt: null, ...change,
  };
  requests = answer(() => ({ json: operation }));
  const page = new OperationView(app, ID);
  page.start();
  await settled();
  page.stop();
  return page.render();
}

const of = (page: unknown, destination: string) => binding(page, 'data-destination', destination);

async function press(page: unknown, destination: string, action: string) {
  const part = of(page, destination);
  const index = bound(part, 'data-action').indexOf(action);
  (bound(part, '@click')[index] as () => void)();
  await settled();
}

async function submit() {
  const [send] = bound(fake.opened!(() => undefined).body, '@submit') as ((event: unknown) => unknown)[];
  void send!({ preventDefault: () => undefined, target: null });
  await settled();
}

const sent = () => requests.filter(({ method }) => method === 'POST').map(({ path, body }) => [path, body]);

test('each of several deliveries shows its own state, cause and buttons', async () => {
  const page = await view('Uncertain', several);
  const [offerum, telegram, bitrix, amo] = several.map(({ destination }) => [shown(of(page, destination)), bound(of(page, destination), 'data-action')] as const);
  assert.match(offerum![0], /<strong>Offerum<\/strong>.*Rejected.*<strong>Offerum rejected the lead's data\.<\/strong>/s);
  assert.match(telegram![0], /<strong>Telegram<\/strong>.*Uncertain.*in Telegram\./s);
  assert.match(bitrix![0], /<strong>Bitrix24<\/strong>.*Failed.*<strong>Bitrix24 [^<]+<\/strong>/s);
  assert.match(amo![0], /<strong>amoCRM<\/strong>.*Delivered/s);
  assert.doesNotMatch(amo![0], /<strong>.*<strong>/s);
  assert.deepEqual([offerum, telegram, bitrix, amo].map((part) => part![1]), [['edit'], ['delivered', 'send', 'discard'], ['send'], []]);
  // Each delivery has its own, so the operation as a whole has none.
  assert.equal(bound(page, 'data-action').filter((action) => action !== 'preview').length, 5);
});

test('a button of a delivery names its destination to the app', async () => {
  const page = await view('Uncertain', several);
  await press(page, 'bitrix', 'send');
  for (const action of ['delivered', 'discard']) {
    await press(page, 'telegram', action);
    await submit();
  }

  assert.deepEqual(sent(), [
    [`operations/${ID}/replay`, { from: 'send', mayHaveArrived: false, destination: 'bitrix' }],
    [`operations/${ID}/resolve`, { as: 'delivered', destination: 'telegram' }],
    [`operations/${ID}/resolve`, { as: 'discarded', destination: 'telegram' }],
  ]);
});

test('the only delivery needs no name', async () => {
  const page = await view('Failed', [delivery('offerum', 'Failed')]);
  const index = bound(page, 'data-action').indexOf('send');
  (bound(page, '@click')[index + 1] as () => void)();
  await settled();
  assert.deepEqual(sent(), [[`operations/${ID}/replay`, { from: 'send' }]]);
});

test('only the delivery that may have arrived is asked about before it is sent again', async () => {
  const page = await view('Uncertain', several);
  await press(page, 'bitrix', 'send');
  assert.deepEqual([fake.opened, sent().length], [null, 1]);

  await press(page, 'telegram', 'send');
  assert.equal(fake.opened!(() => undefined).title, 'Telegram — Send again?');
  assert.equal(sent().length, 1);
  await submit();
  assert.deepEqual(sent()[1], [`operations/${ID}/replay`, { from: 'send', mayHaveArrived: true, destination: 'telegram' }]);
});

const same = error('same-record', 'telegram', 'other/lead/48213 already sends the same record to this account. If that operation is rejected, this one is sent automatically.');

test('the only delivery, skipped for another operation, links to it', async () => {
  const page = await view('Skipped', [delivery('telegram', 'Skipped', { error: same })], { error: same });
  assert.match(shown(page), /<a href="#\/operations\/other\/lead\/48213">/);
});

test('one of several deliveries, skipped for another operation, links to it', async () => {
  const page = await view('Rejected', [several[0]!, delivery('telegram', 'Skipped', { error: same })], { error: several[0]!.error });
  assert.match(shown(of(page, 'telegram')), /<a href="#\/operations\/other\/lead\/48213">/);
});
