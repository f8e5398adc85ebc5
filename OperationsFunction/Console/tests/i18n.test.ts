import './browser.ts';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';
import { has, lang, languages, speak, t, texts } from '../src/i18n.ts';
import { language } from '../src/session.ts';
import alertsEn from '../texts/alerts.en.json' with { type: 'json' };
import alertsRu from '../texts/alerts.ru.json' with { type: 'json' };

const [en, ru] = [texts.en!, texts.ru!];

const source = fs.readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => fs.readFileSync(`src/${name}`, 'utf8'))
  .join('\n');
const literals = new Set([...source.matchAll(/'([\w.-]+)'/g)].map((match) => match[1]));
// `state.${name}` asks for any text that has something else in the place of the variable.
const families = [...source.matchAll(/`([\w.]+\.\$\{[^`]+)`/g)].map(([, text = '']) =>
  new RegExp(`^${text.replaceAll('.', '\\.').replace(/\$\{[^}]+\}/g, '[\\w-]+')}$`));

test('both languages have the same texts', () => {
  assert.deepEqual(Object.keys(ru), Object.keys(en));
});

test('alerts have the same texts, with the same values, in both languages', () => {
  assert.deepEqual(Object.keys(alertsRu), Object.keys(alertsEn));
  const places = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort().join(' ');
  assert.deepEqual(Object.entries(alertsEn).filter(([name, text]) => places(text) !== places((alertsRu as Record<string, string>)[name]!)), []);
});

test('every text is used', () => {
  const unused = Object.keys(en).filter((name) => !literals.has(name) && !families.some((family) => family.test(name)));
  assert.deepEqual(unused, []);
});

test('every text that is used exists', () => {
  const asked = [...source.matchAll(/\bt\('([^']+)'/g)].map(([, name = '']) => name);
  assert.ok(asked.length > 100);
  assert.deepEqual(asked.filter((name) => !has(name)), []);
  assert.deepEqual(families.filter((family) => !Object.keys(en).some((name) => family.test(name))), []);
});

test('both languages fill in the same values', () => {
  const places = (text: unknown) => [...new Set(JSON.stringify(text).match(/\{\w+\}/g))].sort().join(' ');
  const different = Object.entries(en).filter(([name, text]) => places(text) !== places(ru[name]));
  assert.deepEqual(different, []);
});

test('a plural has every form of its language', () => {
  const forms = (texts: object) => Object.values(texts).filter((text) => typeof text === 'object').map((text) => Object.keys(text as object).join(' '));
  assert.deepEqual([...new Set(forms(en))], ['one other']);
  assert.deepEqual([...new Set(forms(ru))], ['one few many other']);
});

test('the number chooses the form and is written as the language writes it', () => {
  speak('ru');
  const words = [1, 3, 5, 12_000].map((n) => t('overview.needsYou', { n }));
  assert.deepEqual(words, ['1 лид ждёт вашего решения', '3 лида ждут вашего решения', '5 лидов ждут вашего решения', '12\u00a0000 лидов ждут вашего решения']);
});

test('a value is put in as it is; one that is missing leaves its place', () => {
  speak('en');
  assert.equal(t('operation.order', { destination: '{n} $& <b>' }), 'Order in {n} $& <b>');
  assert.equal(t('operation.order'), 'Order in {destination}');
});

test('the language is the browser\'s until the operator chooses one, which is kept', () => {
  assert.deepEqual(languages, ['en', 'ru']);
  speak('ru');
  assert.deepEqual([lang(), language.get(), document.documentElement.lang], ['ru', 'ru', 'ru']);
});

test('a name from outside is no property of the texts', () => {
  assert.ok(!has('constructor'));
  assert.equal(t('no.such.text'), 'no.such.text');
});
