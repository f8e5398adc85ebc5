import type { Json, Settings } from './types.ts';

/** The conditions of a rule, in display order. */
export const conditions = ['In', 'NotIn', 'Exists', 'Matches', 'Less', 'Greater', 'Within'] as const;
export type Condition = (typeof conditions)[number];

/** One line of the filter. Rules that the page cannot show as a sentence (groups, several conditions) are kept unchanged. */
export interface Rule {
  /** Its key in the settings: a number or a name. */
  key: string;
  field: string;
  condition: Condition;
  value: string;
  raw: Json | null;
}

/** The rules of `Filter`, whichever of its two forms it has. */
export function readRules(filter: Json | undefined): Rule[] {
  if (typeof filter !== 'object' || filter === null) return [];
  return Object.entries(filter).map(([key, rule]: [string, Json]) => readRule(key, rule));
}

function readRule(key: string, rule: Json): Rule {
  const other: Rule = { key, field: '', condition: 'In', value: '', raw: rule };
  if (typeof rule !== 'object' || rule === null || Array.isArray(rule)) return other;
  const named = Object.fromEntries(Object.entries(rule).map(([name, value]) => [name.toLowerCase(), value]));
  const asked = conditions.filter((name) => name.toLowerCase() in named);
  const [condition] = asked;
  const known = new Set(['field', ...asked.map((name) => name.toLowerCase())]);
  if (asked.length > 1 || Object.keys(named).some((name) => !known.has(name))) return other;
  const value = condition ? named[condition.toLowerCase()] : '';
  return { key, field: simple(named.field), condition: condition ?? 'In', value: simple(value), raw: null };
}

const simple = (value: Json | undefined) => (value === undefined || value === null || typeof value === 'object' ? '' : String(value));

/** The setting for these rules; undefined when there are none. Named rules keep their names. */
export function writeRules(rules: Rule[], old: Json | undefined): Json | undefined {
  if (rules.length === 0) return undefined;
  const named = typeof old === 'object' && old !== null && !Array.isArray(old);
  if (!named) return rules.map(writeRule);
  return Object.fromEntries(rules.map((rule) => [rule.key, writeRule(rule)]));
}

function writeRule({ field, condition, value, raw }: Rule): Json {
  const rule: Settings = { Field: field, [condition]: value };
  return raw ?? rule;
}

/** A key that no rule has yet. */
export function nextKey(rules: Rule[]): string {
  let n = rules.length;
  while (rules.some((rule) => rule.key === String(n))) n++;
  return String(n);
}
