import './browser.ts';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buttonsFor, hasOwnButtons } from '../src/actions.ts';
import { has, languages, speak } from '../src/i18n.ts';
import { hintOf, look, lookOf, nameOf, stateName, states } from '../src/states.ts';

const all = ['replay-enrich', 'replay-send', 'edit', 'resolve'];
const error = (code: string) => ({ code, message: '', stage: '' });

test('every state has a name and a hint in both languages', () => {
  for (const language of languages) {
    speak(language);
    assert.deepEqual(states.filter((state) => !has(`state.${state}`) || !has(`stateHint.${state}`)), []);
  }
});

test('a state that is new to the page is shown as it is', () => {
  assert.equal(stateName('Archived'), 'Archived');
  assert.deepEqual(look('Archived'), ['calm', 'question']);
});

test('an uncertain order that is sent again by itself is not shown like one that waits for an operator', () => {
  const [again, asks] = [{ state: 'Uncertain', resending: true }, { state: 'Uncertain', resending: false }];
  for (const language of languages) {
    speak(language);
    assert.notEqual(nameOf(again), nameOf(asks));
    assert.notEqual(hintOf(again, 'Offerum'), hintOf(asks, 'Offerum'));
    assert.equal(nameOf(asks), stateName('Uncertain'));
  }

  assert.deepEqual([lookOf(again), lookOf(asks)], [['info', 'clock'], look('Uncertain')]);
});

test('there is a button for what the API allows, and for nothing else', () => {
  assert.deepEqual(buttonsFor({ state: 'Failed', error: null, mayHaveArrived: false, allowedActions: [] }), []);
  assert.deepEqual(buttonsFor({ state: 'Failed', error: null, mayHaveArrived: false, allowedActions: ['edit', 'fly'] }), ['edit']);
  assert.deepEqual(buttonsFor({ state: 'Waiting', error: null, mayHaveArrived: false, allowedActions: ['resolve', 'replay-enrich'] }), ['enrich', 'delivered', 'discard']);
});

test('the likeliest remedy comes first', () => {
  const first = (state: string, code: string, mayHaveArrived = false) => buttonsFor({ state, error: error(code), mayHaveArrived, allowedActions: all })[0];
  assert.equal(first('Uncertain', 'uncertain', true), 'delivered');
  assert.equal(first('Rejected', 'offerum-rejected', true), 'edit');
  assert.equal(first('Rejected', 'offerum-rejected'), 'edit');
  assert.equal(first('Failed', 'no-phone'), 'edit');
  assert.equal(first('Failed', 'offerum-unavailable'), 'send');
  assert.equal(first('Failed', 'uon-unavailable'), 'enrich');
  assert.equal(buttonsFor({ state: 'Failed', error: error('no-phone'), mayHaveArrived: false, allowedActions: ['replay-enrich', 'resolve'] })[0], 'enrich');
});

test('with several destinations each has its own buttons, and the operation only those of what no delivery shows', () => {
  const delivery = (destination: string, state: string) =>
    ({ destination, state, orderId: null, attempts: 1, reply: null, error: null, nextTryAt: null, inProgress: false, resending: false, mayHaveArrived: false, allowedActions: all });
  assert.equal(hasOwnButtons({ state: 'Failed', deliveries: [] }), true);
  assert.equal(hasOwnButtons({ state: 'Failed', deliveries: [delivery('http', 'Failed')] }), true);
  assert.equal(hasOwnButtons({ state: 'Failed', deliveries: [delivery('http', 'Failed'), delivery('offerum', 'Uncertain')] }), false);
  assert.equal(hasOwnButtons({ state: 'Waiting', deliveries: [delivery('http', 'Rejected'), delivery('offerum', 'Uncertain')] }), true);
});
