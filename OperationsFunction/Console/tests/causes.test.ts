import './browser.ts';
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { cause, codes } from '../src/causes.ts';
import { has, languages, speak } from '../src/i18n.ts';

beforeEach(() => speak('en'));

test('every code of the filter has a cause and a remedy in both languages', () => {
  for (const language of languages) {
    speak(language);
    assert.deepEqual(codes.filter((code) => !has(`error.${code}`) || !has(`remedy.${code}`)), []);
  }
});

test('a denied flow is named, a denied key is not mistaken for it', () => {
  assert.equal(cause('offerum-denied', { flow: 'zkvz', message: 'Thread not found' }).title, 'Offerum has no flow zkvz');
  assert.equal(cause('offerum-denied', { flow: 'zkvz', message: 'Wrong api_key' }).title, 'Offerum rejects the key or the flow code');
  assert.equal(cause('offerum-denied', { message: 'Thread not found' }).title, 'Offerum rejects the key or the flow code');
});

test('a code of any destination is shown with its name', () => {
  assert.equal(cause('telegram-denied').title, 'Telegram denies access');
  assert.match(cause('brand-new-unavailable').remedy, /^When brand-new works again/);
});

test('a doubt names the destination where the operator looks', () => {
  assert.match(cause('uncertain', { stage: 'bitrix' }).remedy, /in Bitrix24\./);
  assert.match(cause('uncertain').remedy, /in Offerum\./);
});

test('a new code is shown as it is, and no code says so', () => {
  assert.equal(cause('out-of-ink').title, 'out-of-ink');
  assert.equal(cause('out-of-ink').remedy, cause(null).remedy);
  assert.equal(cause(null).title, 'No cause is given');
});
