import './browser.ts';
import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { Draft } from '../src/editor/draft.ts';
import { write } from '../src/editor/settings.ts';
import { draftView, FakeEditor, settled } from './editor-fake.ts';

let app: FakeEditor;
let draft: Draft;

beforeEach(() => {
  mock.timers.enable({ apis: ['setTimeout'] });
  app = new FakeEditor();
  draft = new Draft(draftView(), () => undefined, () => undefined);
});
afterEach(() => {
  draft.stop();
  mock.timers.reset();
});

const type = (key: string, value: string) => draft.replace({ title: draft.title, settings: write(draft.settings, key, value) });
const later = async (milliseconds: number) => {
  mock.timers.tick(milliseconds);
  await settled();
};
const saves = () => app.asked('PUT', '/draft');

test('what is typed is saved once, a moment after the last key, with the version it was read with', async () => {
  type('Offerum:Flow', 'a');
  await later(500);
  type('Offerum:Flow', 'ab');
  await later(500);
  assert.equal(saves().length, 0);
  await later(300);
  assert.equal(saves().length, 1);
  assert.equal(saves()[0]!.headers['if-match'], '"1"');
  assert.deepEqual(app.draft.settings, { Offerum: { Flow: 'ab' } });
  assert.ok(draft.isSaved);
});

test('what is typed while a save is under way is saved after it, with the new version', async () => {
  type('Offerum:Flow', 'a');
  mock.timers.tick(700);
  type('Offerum:Flow', 'ab');
  await settled();
  assert.equal(draft.state, 'waiting');
  await later(700);
  assert.deepEqual(saves().map((save) => save.headers['if-match']), ['"1"', '"2"']);
  assert.deepEqual(app.draft.settings, { Offerum: { Flow: 'ab' } });
});

test('another person\'s save is never overwritten: nothing more is sent until somebody chooses', async () => {
  app.change({ Offerum: { Flow: 'theirs' } });
  type('Offerum:Flow', 'mine');
  await later(700);
  assert.equal(draft.state, 'conflict');
  assert.deepEqual(draft.conflict?.differences, [{ key: 'Offerum:Flow', before: 'zkVz', theirs: 'theirs', mine: 'mine' }]);
  type('Offerum:Country', 'RU');
  await later(60_000);
  assert.equal(saves().length, 1);
  assert.equal(await draft.flush(), false);
  assert.deepEqual(app.draft.settings, { Offerum: { Flow: 'theirs' } });
});

test('changes in different places are joined', async () => {
  app.change({ Offerum: { Flow: 'zkVz', Source: 'theirs' } });
  type('Offerum:Country', 'RU');
  await later(700);
  draft.join(() => true);
  await later(700);
  assert.deepEqual(app.draft.settings, { Offerum: { Flow: 'zkVz', Source: 'theirs', Country: 'RU' } });
  assert.equal(draft.conflict, null);
});

test('where both changed a setting the choice decides', async () => {
  for (const [keepMine, flow] of [[true, 'mine'], [false, 'theirs']] as const) {
    app = new FakeEditor();
    draft = new Draft(draftView(), () => undefined, () => undefined);
    app.change({ Offerum: { Flow: 'theirs' } });
    type('Offerum:Flow', 'mine');
    await later(700);
    draft.join(() => keepMine);
    await later(700);
    assert.deepEqual(app.draft.settings, { Offerum: { Flow: flow } });
  }
});

test('one\'s own changes can be given up', async () => {
  app.change({ Offerum: { Flow: 'theirs' } });
  type('Offerum:Flow', 'mine');
  await later(700);
  draft.takeTheirs();
  await later(700);
  assert.deepEqual(draft.settings, { Offerum: { Flow: 'theirs' } });
  assert.equal(saves().length, 1);
});

test('a save whose answer was lost is no conflict with oneself', async () => {
  app.saving.push({ status: 503, json: {} });
  type('Offerum:Flow', 'mine');
  await later(700);
  assert.equal(draft.state, 'failed');
  app.change({ Offerum: { Flow: 'mine' } }, 'Ольга');
  await later(5_000);
  assert.ok(draft.isSaved);
  assert.equal(draft.base.etag, '"2"');
});

test('without a connection it is tried again; what the app refuses is not', async () => {
  app.saving.push({ status: 503, json: {} });
  type('Offerum:Flow', 'a');
  await later(700);
  await later(5_000);
  assert.ok(draft.isSaved);
  app.saving.push({ status: 413, json: { detail: 'Too large.' } });
  type('Offerum:Flow', 'b');
  await later(700);
  await later(60_000);
  assert.equal(saves().length, 3);
  assert.equal(draft.state, 'failed');
  assert.equal(draft.error?.message, 'Too large.');
});

test('another\'s change is taken over when nothing is unsaved here, and waits when something is', async () => {
  app.change({ Offerum: { Flow: 'theirs' } });
  assert.equal(await draft.refresh(), true);
  assert.deepEqual(draft.settings, { Offerum: { Flow: 'theirs' } });
  app.change({ Offerum: { Flow: 'again' } });
  type('Offerum:Country', 'RU');
  assert.equal(await draft.refresh(), false);
  assert.deepEqual(draft.settings, { Offerum: { Flow: 'theirs', Country: 'RU' } });
});

test('before a step that needs the draft everything is saved at once', async () => {
  type('Offerum:Flow', 'now');
  assert.equal(await draft.flush(), true);
  assert.deepEqual(app.draft.settings, { Offerum: { Flow: 'now' } });
});
