import { answer, shown } from './browser.ts';
import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import type { App } from '../src/app.ts';
import { speak } from '../src/i18n.ts';
import type { AttentionGroup } from '../src/types.ts';
import { AttentionView } from '../src/views/attention.ts';
import { settled } from './editor-fake.ts';

const app = { update: () => undefined, replays: { render: () => '' } } as unknown as App;
const group = (change: Partial<AttentionGroup>): AttentionGroup => ({
  pipeline: 'main', state: 'Held', code: null, destination: null, count: 1, capped: false, oldestAt: '2026-11-28T10:00:00Z', newestAt: '2026-11-28T10:00:00Z',
  message: 'Odd.', samples: ['main/lead/48213'], query: { pipeline: 'main', state: 'Held', error: null, destination: null }, mayHaveArrived: false, canReplay: [], ...change,
});

beforeEach(() => {
  mock.timers.enable({ apis: ['setTimeout'] });
  speak('en');
});
afterEach(() => mock.timers.reset());

async function page(change: Partial<AttentionGroup>) {
  answer(({ path }) => ({ json: path === 'attention' ? { groups: [group(change)] } : { items: [] } }));
  const view = new AttentionView(app);
  view.start();
  await settled();
  view.stop();
  return shown(view.render());
}

test('a sample that is an operation leads to it, another one leads nowhere', async () => {
  assert.match(await page({}), /<a class="sample" href="#\/operations\/main\/lead\/48213">Lead 48213</);
  for (const [state, id] of [['Failed', 'unreadable/uon-records/ab12'], ['Unmatched', 'unmatched/main/ab12']] as const) {
    const shownPage = await page({ state, code: 'unreadable', samples: [id] });
    assert.match(shownPage, new RegExp(`<span class="sample">${id}<`));
    assert.doesNotMatch(shownPage, new RegExp(`operations/${id}`));
    assert.match(shownPage, /href="#\/operations\?/);
  }
});

test('what may have arrived is offered to be sent again, but not as the first thing to do', async () => {
  const canReplay = ['enrich', 'send'];
  assert.match(await page({ state: 'Uncertain', mayHaveArrived: true, canReplay }), /class=secondary data-action="all-send"[^]*all-enrich/);
  assert.match(await page({ state: 'Failed', canReplay }), /class= data-action="all-enrich"[^]*all-send/);
});

test('what is paused can be resumed, what is no longer in the settings cannot', async () => {
  assert.match(await page({}), /data-action="resume"/);
  assert.doesNotMatch(await page({ code: 'retired' }), /data-action="resume"/);
});
