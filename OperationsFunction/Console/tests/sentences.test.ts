import './browser.ts';
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { speak } from '../src/i18n.ts';
import { readSentences, translate } from '../src/sentences.ts';
import en from '../texts/sentences.en.json' with { type: 'json' };
import ru from '../texts/sentences.ru.json' with { type: 'json' };
import lines from './sentences.json' with { type: 'json' };

const samples: Record<string, string> = {
  status: '503', n: '12', field: 'status_id', time: '2026-11-24 10:00:00Z', owner: 'main/lead/48213', setting: 'Amo:BaseAddress', endpoint: 'flows',
  method: 'crm.lead.add',
};
const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).sort();
const filled = (text: string) => text.replace(/\{(\w+)\}/g, (_, name: string) => samples[name] ?? 'Zq');

beforeEach(() => speak('ru'));

test('every sentence is there in both languages, with the same places', () => {
  assert.deepEqual(Object.keys(ru), Object.keys(en));
  assert.deepEqual(Object.entries(en).filter(([code, text]) => places(text).join() !== places((ru as Record<string, string>)[code]!).join()), []);
});

test('every sentence is known by itself, and for no other', () => {
  const wrong = Object.entries(en).filter(([code, text]) => {
    const { sentences, rest } = readSentences(filled(text));
    return sentences.length !== 1 || sentences[0]!.code !== code || rest !== '';
  });
  assert.deepEqual(wrong, []);
});

// The app's own tests read the same lines in the same way.
test('whole lines of the app are told in Russian', () => {
  for (const { line, ru: wanted } of lines) assert.equal(translate(line), wanted);
});

test('in English a line stays as the app wrote it', () => {
  speak('en');
  assert.equal(translate(lines[0]!.line), lines[0]!.line);
});

test('a place can be shown otherwise, such as a time in the reader\'s zone', () => {
  assert.equal(translate('HTTP 503; next try at 2026-11-24 10:00:00Z', (name, value) => (name === 'time' ? '13:00' : value)), 'HTTP 503; следующая попытка: 13:00');
});
