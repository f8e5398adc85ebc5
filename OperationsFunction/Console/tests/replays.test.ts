import { answer, shown } from './browser.ts';
import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { nothing } from 'lit-html';
import { ReplayRuns } from '../src/replays.ts';
import { speak } from '../src/i18n.ts';
import { replays as kept } from '../src/session.ts';
import type { Replay } from '../src/types.ts';

const run = (id: string, change: Partial<Replay> = {}): Replay => ({
  id, state: 'Running', from: 'send', perMinute: 300, total: 10, done: 0, refused: 0, startedAt: '2026-11-24T10:00:00Z', by: null, cancelledBy: null, problem: null, ...change,
});
const settled = () => new Promise((resolve) => { setImmediate(resolve); });

function runs() {
  const seen = { errors: [] as unknown[], counted: 0 };
  const app = {
    update: () => undefined,
    fail: (error: unknown) => seen.errors.push(error),
    toasts: { say: () => undefined },
    counter: { now: () => { seen.counted++; } },
  };
  return { runs: new ReplayRuns(app as unknown as ConstructorParameters<typeof ReplayRuns>[0]), seen };
}

beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
afterEach(() => {
  speak('en');
  mock.timers.reset();
  kept.set('');
});

test('a replay is followed until it is done, and kept for a reload', async () => {
  const steps = [run('a', { done: 4 }), run('a', { done: 9, refused: 1, state: 'Done' })];
  const requests = answer(() => ({ json: steps[Math.min(requests.length, steps.length) - 1] }));
  const { runs: followed, seen } = runs();
  followed.start();
  await settled();
  followed.add(run('a'), 'Offerum is unavailable');
  await settled();
  assert.deepEqual(stored(), [{ ...steps[0], title: 'Offerum is unavailable' }]);
  mock.timers.tick(1_500);
  await settled();
  assert.deepEqual(stored(), [{ ...steps[1], title: 'Offerum is unavailable' }]);
  assert.equal(seen.counted, 1);
  mock.timers.tick(60_000);
  await settled();
  assert.equal(requests.length, 2);
});

test('a replay that the app no longer knows is dropped', async () => {
  kept.set(JSON.stringify([{ ...run('gone'), title: '' }]));
  answer(() => ({ status: 404, json: {} }));
  const { runs: followed, seen } = runs();
  followed.start();
  assert.notEqual(followed.render(), nothing);
  await settled();
  assert.equal(kept.get(), null);
  assert.equal(followed.render(), nothing);
  assert.deepEqual(seen.errors, []);
});

test('an error that may pass is waited out, an invalid key is not', async () => {
  kept.set(JSON.stringify([{ ...run('a'), title: '' }]));
  let status = 503;
  answer(() => ({ status, json: {} }));
  const { runs: followed, seen } = runs();
  followed.start();
  await settled();
  assert.deepEqual([seen.errors.length, stored().length], [0, 1]);
  status = 401;
  mock.timers.tick(1_500);
  await settled();
  assert.deepEqual([seen.errors.length, stored().length], [1, 1]);
});

test('what storage holds by accident is no replay', () => {
  kept.set('{not JSON');
  const { runs: followed } = runs();
  followed.start();
  assert.equal(followed.render(), nothing);
});

test('why a backfill waits is told in the reader\'s language', async () => {
  speak('ru');
  kept.set(JSON.stringify([{ ...run('a'), title: '', backfill: true, problem: 'The API is not switched on in the U-ON cabinet.' }]));
  answer(() => ({ status: 503, json: {} }));
  const { runs: followed } = runs();
  followed.start();
  await settled();
  assert.match(shown(followed.render()), /В кабинете U-ON выключен API/);
});

test('why a replay waits is told until it continues', async () => {
  speak('ru');
  let problem: string | null = 'Pipeline \'main\' is no longer in the settings. Restore it to continue this, or stop this.';
  answer(() => ({ json: run('a', { problem }) }));
  const { runs: followed } = runs();
  followed.start();
  await settled();
  followed.add(run('a'), '');
  await settled();
  assert.match(shown(followed.render()), /Обработки «main» больше нет в настройках\. Верните её/);
  problem = null;
  mock.timers.tick(1_500);
  await settled();
  assert.doesNotMatch(shown(followed.render()), /Обработки «main»/);
});

const stored = () => JSON.parse(kept.get() ?? '[]') as Replay[];
