import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withStarts } from '../src/editor/destinations.ts';
import { differences, merge } from '../src/editor/merge.ts';
import { changes, mapAt, read, textAt, write } from '../src/editor/settings.ts';

test('a setting is found whatever its case, as the app finds it', () => {
  const settings = { offerum: { FLOW: 'zkVz', Form: { phone: '{phone}', More: { x: '1' } } } };
  assert.equal(textAt(settings, 'Offerum:Flow'), 'zkVz');
  assert.equal(textAt(settings, 'Offerum:Form'), '');
  assert.equal(read(settings, 'Telegram:Text'), undefined);
  assert.deepEqual(mapAt(settings, 'Offerum:Form'), { phone: '{phone}' });
  assert.deepEqual(write(settings, 'Offerum:Flow', 'x').offerum, { ...settings.offerum, FLOW: 'x' });
});

test('writing copies, keeps the order, and removes', () => {
  const settings = { A: '1', Offerum: { Flow: 'a', Country: 'RU' }, Z: '2' };
  const next = write(settings, 'Offerum:Flow', 'b');
  assert.deepEqual(Object.keys(next), ['A', 'Offerum', 'Z']);
  assert.equal(settings.Offerum.Flow, 'a');
  assert.deepEqual(write(next, 'Offerum:Flow', undefined), { A: '1', Offerum: { Country: 'RU' }, Z: '2' });
  assert.deepEqual(write({}, 'Lead:Fields:42', 'x'), { Lead: { Fields: { 42: 'x' } } });
});

test('a destination whose last setting is removed is still there', () => {
  assert.deepEqual(withStarts({ Offerum: {}, Uon: {} }), { Offerum: { Country: 'auto' }, Uon: {} });
});

test('changes name the settings; a list is one of them', () => {
  assert.deepEqual(changes({ Offerum: { Flow: 'a', Form: { x: '' } }, Filter: [{ Field: 'id' }] }, { Offerum: { Flow: 'b', Form: { x: '' } }, Telegram: {} }), [
    { key: 'Offerum:Flow', before: 'a', after: 'b' },
    { key: 'Filter', before: '[{"Field":"id"}]', after: null },
    { key: 'Telegram', before: null, after: '' },
  ]);
});

const edited = (settings: Parameters<typeof changes>[0], title = 'A') => ({ title, settings });

test('what one removed and the other never touched stays removed', () => {
  const [base, mine, theirs] = [edited({ X: '1', Y: '1' }), edited({ Y: '1' }), edited({ X: '1', Y: '2' }, 'B')];
  assert.deepEqual(merge(base, mine, theirs, () => true), { title: 'B', settings: { Y: '2' } });
  assert.deepEqual(differences(base, mine, theirs), [{ key: '$title', before: 'A', theirs: 'B' }, { key: 'Y', before: '1', theirs: '2' }]);
});

test('the same change by both is no collision', () => {
  const [base, both] = [edited({ X: '1' }), edited({ X: '2' })];
  assert.deepEqual(differences(base, both, both), [{ key: 'X', before: '1', theirs: '2' }]);
  assert.deepEqual(merge(base, both, both, () => false).settings, { X: '2' });
});

test('where one removed what the other changed, a person chooses', () => {
  const [base, mine, theirs] = [edited({ X: '1' }), edited({}), edited({ X: '2' })];
  assert.deepEqual(differences(base, mine, theirs), [{ key: 'X', before: '1', theirs: '2', mine: null }]);
  assert.deepEqual(merge(base, mine, theirs, () => true).settings, {});
  assert.deepEqual(merge(base, mine, theirs, () => false).settings, { X: '2' });
});
