import { shown } from './browser.ts';
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { speak } from '../src/i18n.ts';
import { line, read } from '../src/story.ts';
import type { Operation } from '../src/types.ts';

beforeEach(() => speak('en'));

test('an action names what was done and who did it', () => {
  assert.deepEqual(read({ name: 'replayed', detail: 'enrich (by Olga)' }), { title: 'event.replayed.enrich', tone: 'hand', by: 'Olga', rest: '' });
  assert.deepEqual(read({ name: 'resolved', detail: 'discarded: a test (by Olga)' }), { title: 'event.resolved.discarded', tone: 'hand', by: 'Olga', rest: 'a test' });
});

test('a name is read from the operators\' own lines only', () => {
  assert.deepEqual(read({ name: 'rejected', detail: 'refused by rule 7' }), { title: 'event.rejected', tone: 'bad', rest: 'refused by rule 7' });
});

test('the next attempt is a time, not words', () => {
  assert.deepEqual(read({ name: 'retry', detail: 'HTTP 503; next try at 2026-11-24 10:00:00Z' }), {
    title: 'event.retry', tone: 'warn', next: '2026-11-24T10:00:00Z', rest: 'HTTP 503',
  });
});

test('a claim counts its sends, a postback its status, a fetch its kind', () => {
  assert.deepEqual(read({ name: 'claimed', detail: 'send 2' }), { title: 'event.claimed', tone: 'plain', send: 2, rest: '' });
  assert.equal(read({ name: 'postback', detail: 'approved, 12 EUR' }).rest, 'approved, 12 EUR');
  assert.equal(read({ name: 'postback', detail: 'waiting' }).rest, 'pending');
  assert.equal(read({ name: 'fetched', detail: 'request' }).rest, 'Request');
});

test('an event that is new to the page keeps its name and text', () => {
  assert.deepEqual(read({ name: 'archived', detail: null }), { title: 'event.archived', tone: 'plain', rest: '' });
});

test('a line shows the cause in place of the error\'s text, and nothing twice', () => {
  const at = (name: string, code: string, detail: string) => shown(line(
    { at: '2026-11-24T10:00:00Z', name, attempt: 1, detail },
    { error: { code, message: 'HTTP 503.', stage: 'offerum' }, deliveries: [] as Operation['deliveries'] } as Operation,
  ));
  assert.match(at('failed', 'offerum-unavailable', 'HTTP 503.'), /No more automatic attempts<.*Offerum is unavailable</s);
  assert.equal(at('rejected', 'offerum-rejected', 'HTTP 503.').split('Offerum rejected the lead\'s data').length, 2);
});
