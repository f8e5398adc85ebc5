import { shown } from './browser.ts';
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { speak } from '../src/i18n.ts';
import type { Breaker } from '../src/types.ts';
import { breakers } from '../src/ui/breakers.ts';

const breaker = (change: Partial<Breaker>): Breaker => ({
  destination: 'offerum', open: true, why: 'hold', code: 'offerum-denied', message: null, since: '2026-11-24T10:00:00Z', nextProbeAt: null, ...change,
});

beforeEach(() => speak('en'));

test('an open breaker says what is on hold, why, and what to do', () => {
  const text = shown(breakers([breaker({ message: 'Thread not found' })], 'zkvz'));
  assert.match(text, /Offerum is on hold: Offerum has no flow zkvz.*Check the flow code/s);
  assert.doesNotMatch(text, /next probe/);
});

test('an outage continues by itself and says when it is probed; a pause waits for the operator', () => {
  assert.match(shown(breakers([breaker({ why: 'outage', code: 'uon-unavailable', destination: 'uon', nextProbeAt: '2026-11-24T10:05:00Z' })])),
    /U-ON is unavailable; its circuit breaker is open.*continues automatically.*next probe/s);
  assert.match(shown(breakers([breaker({ why: 'paused', code: null, destination: 'pipeline' })])), /Paused.*Press “Resume”/s);
});

test('a breaker that is not open is not shown', () => {
  assert.deepEqual(breakers([breaker({ open: false })]), []);
});
