import en from '../texts/en.json';
import ru from '../texts/ru.json';
import { language } from './session.js';

const texts = { en, ru };

export const languages = Object.keys(texts);

function wanted() {
  const chosen = language.get();
  if (languages.includes(chosen)) return chosen;
  const offered = navigator.languages ?? [navigator.language];
  return offered.map((name) => name.slice(0, 2).toLowerCase()).find((name) => languages.includes(name)) ?? 'en';
}

let current = wanted();
document.documentElement.lang = current;

export const lang = () => current;

export function speak(name) {
  current = name;
  language.set(name);
  document.documentElement.lang = name;
}

/** Whether there are words for it; codes and names from outside may be new. */
export const has = (name) => Object.hasOwn(texts[current], name);

/** The words, with {placeholders} filled; `n` chooses among plural forms. */
export function t(name, values = {}) {
  const found = texts[current][name] ?? name;
  const form = typeof found === 'string' ? found : found[new Intl.PluralRules(current).select(values.n ?? 0)] ?? found.other;
  return form.replace(/\{(\w+)\}/g, (whole, word) => {
    const value = values[word];
    if (value === undefined || value === null) return whole;
    return typeof value === 'number' ? new Intl.NumberFormat(current).format(value) : String(value);
  });
}
