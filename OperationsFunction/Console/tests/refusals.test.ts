import { answer, bound, shown } from './browser.ts';
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import type { App } from '../src/app.ts';
import { speak } from '../src/i18n.ts';
import { hookList } from '../src/ui/hooks.ts';
import { BackfillDialog } from '../src/views/backfill-dialog.ts';
import { settled } from './editor-fake.ts';

const app = { update: () => undefined, fail: assert.fail } as unknown as App;

beforeEach(() => speak('ru'));
afterEach(() => speak('en'));

test('why the webhooks are unknown is told in the reader\'s language', () => {
  const page = shown(hookList({ at: null, message: 'The API is not switched on in the U-ON cabinet.', items: [] }));
  assert.match(page, /В кабинете U-ON выключен API/);
});

for (const [status, detail, words] of [
  [409, 'The API is not switched on in the U-ON cabinet.', 'В кабинете U-ON выключен API'],
  [400, 'to is the last day and must not be before from.', 'Последний день не может быть раньше первого'],
  [400, 'A backfill covers at most 366 days. Start several.', 'не больше 366 дней. Запустите несколько раз'],
] as const) {
  test(`a backfill's refusal is told in the reader's language: ${detail}`, async () => {
    Object.defineProperty(globalThis, 'FormData', { configurable: true, value: class { *[Symbol.iterator]() { yield* [['from', '2026-11-01'], ['to', '2026-11-02']]; } } });
    answer(() => ({ status, json: { detail } }));
    const dialog = BackfillDialog(app, 'main');
    const [submit] = bound(dialog(() => undefined).body, '@submit') as ((event: unknown) => void)[];
    submit!({ preventDefault: () => undefined, target: null });
    await settled();
    assert.match(shown(dialog(() => undefined).body), new RegExp(words));
  });
}
