import './browser.ts';
import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { absolute, duration, money, number, relative } from '../src/format.ts';
import { speak } from '../src/i18n.ts';

beforeEach(() => {
  speak('en');
  mock.timers.enable({ apis: ['Date'], now: new Date('2026-11-24T15:00:00+03:00') });
});
afterEach(() => mock.timers.reset());

test('a time is as short as its distance allows', () => {
  assert.equal(absolute('2026-11-24T11:03:20Z'), '14:03');
  assert.equal(absolute('2026-11-24T11:03:20Z', { seconds: true }), '14:03:20');
  assert.equal(absolute('2026-11-23T11:03:00Z'), '23 Nov, 14:03');
  assert.equal(absolute('2025-11-23T11:03:00Z'), '23 Nov 2025, 14:03');
});

test('midnight is that of the browser, not of UTC', () => {
  assert.equal(absolute('2026-11-23T21:30:00Z'), '00:30');
});

test('a distance in time uses the largest unit that fits, before and after', () => {
  const distances = [
    ['2026-11-24T11:59:55Z', 'just now'],
    ['2026-11-24T11:59:15Z', '45 sec ago'],
    ['2026-11-24T11:55:00Z', '5 min ago'],
    ['2026-11-24T14:00:00Z', 'in 2 hr'],
    ['2026-11-21T12:00:00Z', '3 days ago'],
  ] as const;
  // Versions of ICU differ in the dot after an abbreviation.
  for (const [at, words] of distances) assert.equal(relative(at).replace('.', ''), words);
});

test('Russian is counted the Russian way', () => {
  speak('ru');
  assert.match(relative('2026-11-24T11:55:00Z'), /^5 мин\.? назад$/);
  assert.equal(number(12_345), '12\u00a0345');
  assert.equal(duration(7_200), '2 ч');
});

test('a length of time is rounded to what matters at its size', () => {
  const lengths = [[0.25, '250 ms'], [3.14, '3.1 s'], [12.6, '13 s'], [90, '2 min'], [5_400, '2 h'], [129_600, '2 d']] as const;
  for (const [seconds, words] of lengths) assert.equal(duration(seconds), words);
});

test('money has its currency, and what is no currency is shown as it came', () => {
  assert.equal(money('12.5', 'eur'), '€12.50');
  assert.equal(money('12.5', 'points'), '12.5 points');
  assert.equal(money('twelve', 'EUR'), 'twelve EUR');
  assert.equal(money(7, null), '7');
});
