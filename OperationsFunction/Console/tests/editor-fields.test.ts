import assert from 'node:assert/strict';
import { test } from 'node:test';
import { daysOf, fromDays } from '../src/editor/durations.ts';
import { nameFor, pathOf } from '../src/editor/json-paths.ts';
import { isPart, partOf, problemsAt } from '../src/editor/parts.ts';
import { defaultFields, readPath, transformNames, writePath } from '../src/editor/paths.ts';
import type { Json } from '../src/editor/types.ts';
import { nextKey, readRules, writeRules } from '../src/editor/rules.ts';

const record = {
  result: 200,
  lead: [{
    client_phone: '+79001234567', 'odd "name"': 1, services: [{ country: 'Турция' }, { country: 'Египет' }],
    extended_fields: [{ id: 199888, value: 'да' }, { id: '5', value: null }],
  }],
};

test('a value\'s path fits both envelopes, and an extra field is found by its number', () => {
  assert.equal(pathOf(record, ['lead', 0, 'client_phone']), '["record"][0]["client_phone"]');
  assert.equal(pathOf(record, ['lead', 0, 'odd "name"']), '["record"][0][\'odd "name"\']');
  assert.equal(pathOf(record, ['lead', 0, 'services', 1, 'country']), '["record"][0]["services"][1]["country"]');
  assert.equal(pathOf(record, ['lead', 0, 'extended_fields', 0, 'value']), '["record"][0]["extended_fields"][id=199888]["value"]');
  assert.equal(pathOf(record, ['result']), '["result"]');
});

test('a field is named after its value, and never like another', () => {
  assert.equal(nameFor(record, ['lead', 0, 'client_phone'], []), 'client_phone');
  assert.equal(nameFor(record, ['lead', 0, 'client_phone'], ['client_phone', 'client_phone_2']), 'client_phone_3');
  assert.equal(nameFor(record, ['lead', 0, 'services', 1, 'country'], []), 'services_country');
  assert.equal(nameFor(record, ['lead', 0, 'extended_fields', 0, 'value'], []), 'extra_199888');
  assert.equal(nameFor(record, ['lead', 0, 'odd "name"'], []), 'odd_name');
  assert.equal(nameFor({ request: [{ Имя: 1 }] }, ['request', 0, 'Имя'], []), 'field');
});

test('a path is taken apart and put together again', () => {
  const text = '["record"][0]["a|b"]|["record"][0]["dat"]|\'нет, \'\'даты\'\'\' => date:day, upper';
  const parts = readPath(text);
  assert.deepEqual(parts, { alternatives: ['["record"][0]["a|b"]', '["record"][0]["dat"]'], otherwise: "нет, 'даты'", transforms: ['date:day', 'upper'] });
  assert.equal(writePath(parts), text);
  assert.deepEqual(readPath('["record"][0]["id"]'), { alternatives: ['["record"][0]["id"]'], otherwise: null, transforms: [] });
  for (const path of Object.values(defaultFields)) assert.equal(writePath(readPath(path)), path);
});

test('the 16 fields of the source document are there, and the transforms', () => {
  assert.equal(Object.keys(defaultFields).length, 25);
  assert.equal(defaultFields.source, '["record"][0]["source"]');
  assert.equal(transformNames.length, 13);
});

test('rules in a list stay in a list, named ones keep their names', () => {
  const list: Json = [{ Field: 'status_id', In: '1,5' }, { field: 'phone', exists: true }];
  assert.deepEqual(readRules(list).map(({ field, condition, value }) => [field, condition, value]), [['status_id', 'In', '1,5'], ['phone', 'Exists', 'true']]);
  assert.deepEqual(writeRules(readRules(list), list), [{ Field: 'status_id', In: '1,5' }, { Field: 'phone', Exists: 'true' }]);
  const named: Json = { spam: { Field: 'status', NotIn: 'СПАМ' } };
  assert.deepEqual(writeRules(readRules(named), named), named);
  assert.equal(writeRules([], named), undefined);
  assert.deepEqual(readRules('1'), []);
});

test('a group and a rule of several conditions are kept as they are', () => {
  const filter: Json = [{ Any: [{ Field: 'a', In: '1' }] }, { Field: 'a', In: '1', Exists: 'true' }, { Name: 'x', Field: 'a', In: '1' }];
  assert.ok(readRules(filter).every((rule) => rule.raw));
  assert.deepEqual(writeRules(readRules(filter), filter), filter);
});

test('a new rule has a key of its own', () => {
  assert.equal(nextKey(readRules([{ Field: 'a', In: '1' }])), '1');
  assert.equal(nextKey(readRules({ 1: { Field: 'a', In: '1' } })), '2');
});

test('lengths of time are days where they are whole ones', () => {
  assert.deepEqual(['30.00:00:00', '0', '00:00:00', '1.12:00:00', 'soon'].map(daysOf), [30, 0, 0, null, null]);
  assert.equal(daysOf(fromDays(7)), 7);
});

test('each problem has its part', () => {
  assert.deepEqual(['Offerum:Flow', 'fields:phone', 'Filter:0', 'Uon:ApiKey', 'Postback:Secret', '', 'Webhook:Secret', 'Uon:WriteBack:approved:Note'].map(partOf),
    ['destinations', 'fields', 'rules', 'source', 'destinations', 'destinations', 'source', 'destinations']);
  const problems = ['Offerum:Flow', 'Offerum:Form:x', 'Offerum'].map((key) => ({ key, code: 'missing', message: '', remedy: '' }));
  assert.deepEqual(problemsAt(problems, 'offerum:form').map((problem) => problem.key), ['Offerum:Form:x']);
  assert.ok(isPart('run') && !isPart('constructor'));
});
