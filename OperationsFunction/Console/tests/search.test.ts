import { answer } from './browser.ts';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { find, findCsv, isOperationId } from '../src/search.ts';

const item = (id: string, receivedAt: string) => ({ id, receivedAt });

async function asked(text: string) {
  const requests = answer(() => ({ json: { items: [], next: null } }));
  await find(text, { state: 'Failed' });
  return requests.map(({ query: { state, ...rest } }) => {
    assert.equal(state, 'Failed');
    return rest;
  });
}

test('an id of an operation is recognised, and nothing like it', () => {
  assert.ok(isOperationId('main/lead/48213'));
  assert.ok(isOperationId(`turkey-2/request/${'9'.repeat(18)}`));
  for (const text of ['48213', 'main/lead/', 'main/deal/1', 'Main/lead/1', `main/lead/${'9'.repeat(19)}`, 'x main/lead/1']) {
    assert.ok(!isOperationId(text), text);
  }
});

test('without a text the filter is all that is asked for', async () => {
  assert.deepEqual(await asked('   '), [{}]);
});

test('a number and an order id are searched as text, a long number without rounding', async () => {
  assert.deepEqual(await asked('48213'), [{ text: '48213' }]);
  assert.deepEqual(await asked(' A-1489733122 '), [{ text: 'A-1489733122' }]);
  assert.deepEqual(await asked('900719925474099312'), [{ text: '900719925474099312' }]);
  assert.deepEqual(await asked('0000000000000000001489733122'), [{ text: '0000000000000000001489733122' }]);
});

test('a phone in any format is searched as a phone', async () => {
  assert.deepEqual(await asked('8 (900) 123-45-67'), [{ phone: '8 (900) 123-45-67' }]);
  assert.deepEqual(await asked('+79001234567'), [{ phone: '+79001234567' }]);
});

test('digits that may be either are searched as both, each operation once, newest first', async () => {
  answer(({ query }) => ({
    json: query.phone
      ? { items: [item('main/lead/3', '2026-11-24T03:00:00Z'), item('main/lead/1', '2026-11-24T01:00:00Z')], next: 'p' }
      : { items: [item('main/lead/1', '2026-11-24T01:00:00Z')], next: 't' },
  }));
  const page = await find('89001234567', {});
  assert.deepEqual(page.items.map(({ id }) => id), ['main/lead/3', 'main/lead/1']);
  assert.equal(page.next, 't');
});

test('digits that the app refuses as a phone are still found as text; other errors are reported', async () => {
  answer(({ query }) => (query.phone ? { status: 400, json: { detail: 'no phone' } } : { json: { items: [item('a', '2026')], next: null } }));
  assert.equal((await find('1234567890', {})).items.length, 1);
  answer(({ query }) => (query.phone ? { status: 503, json: {} } : { json: { items: [], next: null } }));
  await assert.rejects(find('1234567890', {}), { status: 503 });
});

test('the table has the search of the list', async () => {
  const tables = async (text: string, found: string[] = []) => {
    const requests = answer(({ query }) => ({ json: { items: found.filter((name) => query[name]).map((name) => item(name, '2026')), next: null } }));
    await findCsv(text, { state: 'Failed' });
    return requests.filter(({ query }) => query.format === 'csv').map(({ query: { text: typed, phone, state } }) => ({ text: typed, phone, state }));
  };
  const [byText, byPhone] = ['text', 'phone'].map((name) => (value: string) => ({ text: undefined, phone: undefined, state: 'Failed', [name]: value }));
  assert.deepEqual(await tables(''), [{ text: undefined, phone: undefined, state: 'Failed' }]);
  assert.deepEqual(await tables('A-1489733122'), [byText!('A-1489733122')]);
  assert.deepEqual(await tables('8 900 123-45-67'), [byPhone!('8 900 123-45-67')]);
  assert.deepEqual(await tables('89991234567', ['phone']), [byPhone!('89991234567')]);
  assert.deepEqual(await tables('89991234567', ['text']), [byText!('89991234567')]);
  assert.deepEqual(await tables('89991234567', ['text', 'phone']), [byText!('89991234567'), byPhone!('89991234567')]);
  assert.deepEqual(await tables('89991234567'), [byText!('89991234567')]);
});
