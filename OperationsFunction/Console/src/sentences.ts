// The app writes its story in English sentences; the catalogue in texts/ has each of them in both languages. Text from U-ON or a destination
// is not translated. SentenceCatalog.cs uses the same catalogue in the same way, for spreadsheets.
import en from '../texts/sentences.en.json' with { type: 'json' };
import ru from '../texts/sentences.ru.json' with { type: 'json' };
import { lang } from './i18n.ts';

const texts: Record<string, Record<string, string>> = { en, ru };

/** The values that a placeholder may hold; other placeholders hold any text. */
const places: Record<string, string> = {
  status: '\\d{3}',
  n: '\\d[\\d.,]*',
  field: '[A-Za-z]\\w*',
  time: '\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\dZ',
  owner: '[a-z0-9-]+/[a-z]+/\\d+',
  setting: '[A-Z]\\w*(?::\\w+)+',
  endpoint: '[\\w/.-]+',
  method: '[\\w.]+',
  order: '[\\w-]+',
  server: '[\\w.-]+(?: service)?',
};
const ANY = '.+?';
/** A sentence ends with the line, or where the next one begins. */
const END = '(?=\\.?$|\\. |; | \\+\\d)';

interface Known {
  code: string;
  pattern: RegExp;
  /** The number of fixed characters: of two matching sentences, the one with more fixed text wins. */
  fixed: number;
}

/** A parsed sentence of the app. */
export interface Sentence {
  code: string;
  params: Record<string, string>;
}

const catalogue: Known[] = Object.entries(en).map(([code, text]) => {
  const parts = text.split(/\{(\w+)\}/);
  const pattern = parts.map((part, at) => (at % 2 ? `(?<${part}>${places[part] ?? ANY})` : part.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'))).join('');
  return { code, pattern: new RegExp(`${pattern}${END}`, 'y'), fixed: parts.filter((_, at) => at % 2 === 0).join('').length };
});

function sentenceAt(line: string, at: number): (Sentence & { end: number }) | null {
  let best: { known: Known; found: RegExpExecArray } | null = null;
  for (const known of catalogue) {
    known.pattern.lastIndex = at;
    const found = known.pattern.exec(line);
    if (!found) continue;
    const isBetter = !best || known.fixed > best.known.fixed || (known.fixed === best.known.fixed && found[0].length > best.found[0].length);
    if (isBetter) best = { known, found };
  }

  return best && { code: best.known.code, params: { ...best.found.groups }, end: at + best.found[0].length };
}

/** The sentences of a line, each with its separator, and the remaining text that is not a known sentence. */
export function readSentences(line: string): { sentences: (Sentence & { after: string })[]; rest: string } {
  const sentences = [];
  let at = 0;
  while (at < line.length) {
    const found = sentenceAt(line, at);
    if (!found) break;
    const after = /^[.;]?\s*/.exec(line.slice(found.end))?.[0] ?? '';
    sentences.push({ code: found.code, params: found.params, after });
    at = found.end + after.length;
  }

  return { sentences, rest: line.slice(at) };
}

/** A line of the app in the reader's language. An unknown line, such as one from an older version, stays unchanged. */
export function translate(line: string, show: (name: string, value: string) => string = (_, value) => value): string {
  if (lang() === 'en') return line;
  const { sentences, rest } = readSentences(line);
  if (sentences.length === 0) return line;
  const said = sentences.map(({ code, params, after }) => (texts[lang()]?.[code] ?? '').replace(/\{(\w+)\}/g, (whole: string, name: string) => {
    const value = params[name];
    return value === undefined ? whole : show(name, places[name] ? value : translate(value, show));
  }) + after);
  return said.join('') + rest;
}
