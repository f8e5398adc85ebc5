import editorEn from '../texts/editor.en.json' with { type: 'json' };
import editorRu from '../texts/editor.ru.json' with { type: 'json' };
import en from '../texts/en.json' with { type: 'json' };
import ru from '../texts/ru.json' with { type: 'json' };
import { language } from './session.ts';

type Plural = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };
type Values = Record<string, string | number | null | undefined> & { n?: number };

export const texts: Record<string, Record<string, string | Plural>> = { en: { ...en, ...editorEn }, ru: { ...ru, ...editorRu } };

export const languages = Object.keys(texts);

function preferred() {
  const chosen = language.get();
  if (chosen && languages.includes(chosen)) return chosen;
  return navigator.languages.map((name) => name.slice(0, 2).toLowerCase()).find((name) => languages.includes(name)) ?? 'en';
}

let current = preferred();
document.documentElement.lang = current;

export const lang = () => current;

export function speak(name: string) {
  current = name;
  language.set(name);
  document.documentElement.lang = name;
}

/** Whether there is a text; codes and names from the API may be unknown. */
export const has = (name: string) => Object.hasOwn(texts[current]!, name);

/** The text, with {placeholders} filled; `n` chooses among plural forms. */
export function t(name: string, values: Values = {}): string {
  const found = texts[current]![name] ?? name;
  const form = typeof found === 'string' ? found : found[new Intl.PluralRules(current).select(values.n ?? 0)] ?? found.other;
  return form.replace(/\{(\w+)\}/g, (whole: string, word: string) => {
    const value = values[word];
    if (value === undefined || value === null) return whole;
    return typeof value === 'number' ? new Intl.NumberFormat(current).format(value) : String(value);
  });
}
