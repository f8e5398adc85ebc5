import { answer } from './browser.ts';
import assert from 'node:assert/strict';
import { afterEach, mock, test } from 'node:test';
import { api, ApiError, blob } from '../src/api.ts';
import { speak } from '../src/i18n.ts';
import { key, operator } from '../src/session.ts';

afterEach(() => {
  key.set('');
  operator.set('');
});

test('the key travels in a header and never in an address', async () => {
  key.set('secret');
  const [request] = await asked(() => api.operations({ take: 1, cursor: null, text: '' }));
  assert.equal(request.headers['x-functions-key'], 'secret');
  assert.deepEqual(request.query, { take: '1' });
});

test('the cookie of a sign-in goes to the app itself and nowhere else', async () => {
  const [request] = await asked(() => api.attention());
  assert.equal(request.credentials, 'same-origin');
});

test('an action is signed with the operator\'s name, reading is not', async () => {
  operator.set('Ольга');
  const [act] = await asked(() => api.act('main/lead/48213', 'replay', { from: 'send' }));
  assert.equal(act.path, 'operations/main/lead/48213/replay');
  assert.deepEqual(act.body, { from: 'send', by: 'Ольга' });
  assert.equal(act.headers['x-operator'], encodeURIComponent('Ольга'));
  const [get] = await asked(() => api.operation('main/lead/<1>'));
  assert.equal(get.path, 'operations/main/lead/%3C1%3E');
  assert.equal(get.headers['x-operator'], undefined);
});

test('the number of a record keeps all its 18 digits', async () => {
  const [request] = await asked(() => api.dryRun('main', 'lead', '900719925474099312'));
  assert.deepEqual(request.body, { kind: 'lead', id: '900719925474099312' });
});

test('an error is shown in our words, else in the app\'s', async () => {
  speak('en');
  const words = async (status: number, json: unknown) => {
    answer(() => ({ status, json }));
    const error = await api.attention().then(() => assert.fail('no error'), (found: unknown) => found);
    assert.ok(error instanceof ApiError);
    return error.words;
  };
  assert.equal(await words(401, {}), 'The access key is not valid.');
  assert.match(await words(503, { detail: 'Azurite is away' }), /^The app could not answer/);
  assert.equal(await words(400, { detail: 'phone is not a phone number.' }), 'phone is not a phone number.');
  assert.equal(await words(404, 'not an object'), 'Not found.');
  assert.match(await words(409, {}), /changed in the meantime/);
  const detail = 'The settings of pipeline \'main\' cannot be used, so none of its work can continue. The log shows what to fix.';
  assert.equal(await words(409, { detail }), detail);
  speak('ru');
  assert.match(await words(409, { detail }), /^Настройки обработки «main» с ошибками/);
  assert.equal(
    await words(409, { detail: 'main/lead/48213 is Delivered; this is possible from Held, Failed only.' }),
    'main/lead/48213: состояние сейчас «Доставлен», а это возможно только из состояний: Приостановлен, Ошибка.');
  speak('en');
});

test('a body that stops halfway is an error of the network', async () => {
  speak('en');
  const halfway = () => new Response(new ReadableStream({ pull: (body) => { body.error(new DOMException('too late', 'TimeoutError')); } }));
  mock.method(globalThis, 'fetch', () => Promise.resolve(halfway()));
  const readers: (() => Promise<unknown>)[] = [() => api.attention(), () => blob(halfway())];
  for (const work of readers) {
    const error = await work().then(() => assert.fail('no error'), (found: unknown) => found);
    assert.ok(error instanceof ApiError);
    assert.match(error.words, /^The app cannot be reached/);
  }
});

test('a body that is no JSON stays a bug', async () => {
  mock.method(globalThis, 'fetch', () => Promise.resolve(new Response('<html>')));
  await assert.rejects(api.attention(), SyntaxError);
});

async function asked(work: () => Promise<unknown>) {
  const requests = answer(() => ({ json: {} }));
  await work();
  const [request] = requests;
  assert.ok(request);
  return [request] as const;
}
