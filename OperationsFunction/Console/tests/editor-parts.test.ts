import { binding, bound, shown } from './browser.ts';
import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import type { App } from '../src/app.ts';
import { EditorContext } from '../src/editor/context.ts';
import { newTree, tree } from '../src/editor/json-tree.ts';
import { DestinationsPart } from '../src/editor/part-destinations.ts';
import { FieldsPart } from '../src/editor/part-fields.ts';
import { RulesPart } from '../src/editor/part-rules.ts';
import { RunPart } from '../src/editor/part-run.ts';
import { SourcePart } from '../src/editor/part-source.ts';
import type { Json } from '../src/editor/types.ts';
import { speak } from '../src/i18n.ts';
import { draftView, FakeEditor, settled, trial } from './editor-fake.ts';

const said: string[] = [];
const app = { update: () => undefined, fail: () => undefined, toasts: { say: (text: string) => said.push(text) }, dialogs: { show: () => undefined } } as unknown as App;
let fake: FakeEditor;

async function context(change: Parameters<typeof draftView>[0] = {}) {
  fake.draft = draftView(change);
  const editor = new EditorContext(app, fake.draft);
  await settled();
  return editor;
}

beforeEach(() => {
  mock.timers.enable({ apis: ['setTimeout'] });
  speak('en');
  said.length = 0;
  fake = new FakeEditor();
});
afterEach(() => mock.timers.reset());

test('a saved key is never in the page, only that there is one', async () => {
  const page = shown(new SourcePart(await context()).render());
  assert.match(page, /data-secret=Uon:ApiKey data-set=true/);
  assert.match(page, /saved/);
  assert.doesNotMatch(page, /type="password"[^>]*value=/);
});

test('the last event stays ticked, because none would mean both', async () => {
  const editor = await context({ settings: { Uon: { Events: '2' } } });
  const tick = (index: number, checked: boolean) => (bound(new SourcePart(editor).render(), '@change')[index] as (event: unknown) => void)({ target: { checked } });
  const boxes = () => bound(new SourcePart(editor).render(), '.checked').map((box) => (box as { values: unknown[] }).values[0]);
  assert.deepEqual(boxes(), [false, true]);
  tick(1, false);
  assert.equal(editor.text('Uon:Events'), '2');
  assert.deepEqual(boxes(), [false, true]);
  tick(0, true);
  assert.equal(editor.text('Uon:Events'), '');
  assert.deepEqual(boxes(), [true, true]);
  tick(1, false);
  assert.equal(editor.text('Uon:Events'), '1');
});

test('only a webhook that was used leads to its operation', async () => {
  const seen = async (state: string) => {
    fake.lastWebhook = { at: '2026-11-28T10:00:00Z', method: 'POST', typeId: 2, kind: 'lead', recordId: '48213', state };
    const part = new SourcePart(await context());
    part.start();
    await settled();
    part.stop();
    return shown(part.render());
  };
  assert.match(await seen('Delivered'), /<a href="#\/operations\/turkey\/lead\/48213">/);
  assert.match(await seen('ignored'), /Lead 48213/);
  assert.doesNotMatch(await seen('ignored'), /#\/operations/);
});

test('a field shows its value, and a rule its verdict', async () => {
  const editor = await context({ settings: { Filter: [{ Field: 'status_id', In: '1' }] } });
  fake.trial = trial({ rules: [{ index: 0, key: '0', passed: false, value: '7' }] });
  await editor.sample.choose('lead', '48213');
  assert.match(shown(new FieldsPart(editor).render()), /client_name.*Анна/s);
  assert.match(shown(new RulesPart(editor).render()), /does not|fails.*in the record: 7/s);
});

test('a change is tried on the sample again once it is saved', async () => {
  const editor = await context();
  await editor.sample.choose('lead', '48213');
  const before = fake.asked('POST', '/try').length;
  editor.set('Offerum:Country', 'RU');
  mock.timers.tick(700);
  await settled();
  assert.equal(fake.asked('POST', '/try').length, before + 1);
  assert.equal(fake.asked('POST', '/validate').length, 2);
});

test('what would be sent stands beside each form field, and whole below', async () => {
  const editor = await context();
  fake.trial = trial({ orders: [{ destination: 'offerum', method: 'POST', url: 'https://api/order/?key=***', form: { phone: '+79001234567' }, body: null, problem: null }] });
  await editor.sample.choose('lead', '48213');
  const page = shown(new DestinationsPart(editor).render());
  assert.match(page, /data-entry=phone.*\{phone\}.*\+79001234567.*data-sent=phone/s);
  assert.match(page, /key=\*\*\*/);
});

test('a problem stands at its setting and leads to its part', async () => {
  fake.problems = [{ key: 'Offerum:Flow', code: 'missing', message: 'Flow is missing.', remedy: 'Give it.' }];
  const editor = await context();
  assert.match(shown(new DestinationsPart(editor).render()), /Offerum:Flow is missing/);
  const page = shown(new RunPart(editor).render());
  assert.match(page, /href="#\/pipelines\/turkey\/destinations"/);
  speak('ru');
  assert.match(shown(new RunPart(editor).render()), /Не заполнено: Offerum:Flow/);
});

test('a problem that is new to the page keeps the app\'s words', async () => {
  fake.problems = [{ key: 'Offerum:Flow', code: 'brand-new', message: 'Odd.', remedy: 'Look.' }];
  assert.match(shown(new RunPart(await context()).render()), /Odd\. Look\./);
});

test('a secret of another version than the one in force can be published, however old it is', async () => {
  const canPublish = async (version: string) => {
    const editor = await context({ liveRevision: 3 });
    fake.live = {
      revision: 3, at: '2026-12-01T10:00:00Z', by: null, note: 'restored from 1', title: editor.draft.title, settings: editor.draft.settings,
      secrets: [{ key: 'Uon:ApiKey', version }], changes: [],
    };
    const part = new RunPart(editor);
    part.start();
    await settled();
    return bound(binding(part.render(), 'data-action', 'publish'), '?disabled')[0] === false;
  };
  assert.equal(await canPublish('1'), false);
  assert.equal(await canPublish('0'), true);
});

test('each outcome says what is written into the record, and what is wrong with it', async () => {
  const card = (editor: EditorContext) => shown(new DestinationsPart(editor).render()).split('data-write-back')[1]!;
  assert.match(card(await context()), /data-action="write-back-suggest".*Lead approved: .*nothing is written/s);
  const settings = { Offerum: {}, Uon: { WriteBack: { approved: { Note: 'Одобрен: {payout}' }, declined: { Note: '' }, trash: { Field: { 12: 'trash' } } } } };
  fake.problems = [{ key: 'Uon:WriteBack:trash:Field:12', code: 'template', message: 'Odd.', remedy: '' }];
  const page = card(await context({ settings }));
  assert.doesNotMatch(page, /write-back-suggest/);
  assert.match(page, /Lead approved: .*Одобрен: \{payout\}.*Lead declined: .*nothing is written.*Lead marked as trash: .*there is an error.*data-entry=12/s);
});

test('a tree draws what is open, and a hundred of a list', () => {
  const record: Json = { request: [{ list: Array.from({ length: 5_000 }, (_, at) => ({ id: at })), note: '<img src=x onerror=alert(1)>' }] };
  const state = newTree();
  const draw = () => shown(tree(record, { state, update: () => undefined, pick: () => undefined, fieldAt: () => undefined }));
  assert.doesNotMatch(draw(), /\/list\/0/);
  state.open.add('/request/0/list');
  assert.equal(draw().match(/aria-expanded=false/g)?.length, 100);
  assert.match(draw(), /Show 4,900 more/);
  state.whole.add('/request/0/list');
  assert.equal(draw().match(/aria-expanded=false/g)?.length, 5_000);
});

test('a search finds names and values, whatever is open', () => {
  const record: Json = { lead: [{ a: { deep: 'Анталья' }, b: 'x', c: null }] };
  const state = { ...newTree(), search: 'антал' };
  const page = shown(tree(record, { state, update: () => undefined, pick: () => undefined, fieldAt: () => undefined }));
  assert.match(page, /Анталья/);
  assert.doesNotMatch(page, /data-place=\/lead\/0\/b/);
});
