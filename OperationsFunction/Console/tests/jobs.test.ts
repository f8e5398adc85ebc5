import { answer, shown } from './browser.ts';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { App } from '../src/app.ts';
import { has, languages, speak } from '../src/i18n.ts';
import { jobName, JobsPart, result } from '../src/views/jobs.ts';

const contract = ['reconcile', 'sweep', 'breakers', 'replays', 'alerts', 'rollup', 'retention', 'backlog'];
const job = { name: 'sweep', lastRun: '2026-11-24T10:00:00Z', duration: 0.25, error: null, next: '2026-11-24T10:05:00Z', every: 300, running: false, asked: false };

test('every job has a name in both languages, and a new one is shown as it is', () => {
  for (const language of languages) {
    speak(language);
    assert.deepEqual(contract.filter((name) => !has(`jobs.name.${name}`)), []);
  }

  assert.equal(jobName('digest'), 'digest');
});

test('a run under way, a failure and a success are told apart', () => {
  speak('en');
  assert.match(shown(result({ ...job, running: true })), /running/i);
  assert.match(shown(result({ ...job, error: 'The storage account answered 503.' })), /Failed.*503/s);
  assert.match(shown(result(job)), /250 ms/);
  assert.equal(shown(result({ ...job, lastRun: null })), '—');
});

test('why a job failed is told in the reader\'s language', () => {
  speak('ru');
  assert.match(shown(result({ ...job, error: 'The storage account answered 503 (ServerBusy).' })), /Хранилище ответило 503 \(ServerBusy\)/);
});

test('the part shows what the API lists, and nothing before', async () => {
  speak('en');
  const requests = answer(() => ({ json: { items: [job, { ...job, name: 'digest', error: 'TimeoutException' }] } }));
  const part = new JobsPart({} as App);

  assert.equal(typeof part.render(), 'symbol');
  await part.load();

  assert.deepEqual(requests.map((request) => `${request.method} ${request.path}`), ['GET jobs']);
  assert.match(shown(part.render()), /Overdue.*digest.*TimeoutException/s);
});
