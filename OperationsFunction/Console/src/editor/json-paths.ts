import type { Json } from './types.ts';

/** From the reply's root to a value: property names and list indexes. */
export type Place = (string | number)[];

/** The envelopes of U-ON's replies; a path that starts with `record` matches all of them. */
const envelopes = ['request', 'lead', 'requests', 'leads'];

// Uses the quote that the name does not contain.
const quoted = (name: string) => (name.includes('"') ? `['${name}']` : `["${name}"]`);

export const valueAt = (record: Json, place: Place) => place.reduce<Json | undefined>(
  (found, step) => (typeof found === 'object' && found !== null ? (found as Record<string | number, Json>)[step] : undefined), record);

/** An extra field of a cabinet: its number is next to its value, and its index in the list differs from record to record. */
function extraId(record: Json, place: Place, index: number) {
  const item = valueAt(record, place.slice(0, index + 1));
  if (typeof item !== 'object' || item === null || Array.isArray(item) || !('id' in item && 'value' in item)) return null;
  const { id } = item;
  return (typeof id === 'string' || typeof id === 'number') && /^[\w-]+$/.test(String(id)) ? String(id) : null;
}

/** The path of a value as the app's settings write it: `["record"][0]["client_phone"]`. */
export function pathOf(record: Json, place: Place): string {
  return place.map((step, index) => {
    if (index === 0 && envelopes.includes(String(step))) return '["record"]';
    if (typeof step === 'string') return quoted(step);
    const id = index > 1 ? extraId(record, place, index) : null;
    return id ? `[id=${id}]` : `[${step}]`;
  }).join('');
}

/** A name for a value's new field; with `_2` and so on if the name is taken. */
export function nameFor(record: Json, place: Place, taken: readonly string[]): string {
  const lists = place.flatMap((step, index) => (typeof step === 'number' && index > 1 ? [extraId(record, place, index) ?? String(step)] : []));
  const last = String(place.findLast((step) => typeof step === 'string') ?? 'field');
  const parent = place.findLast((step, index) => typeof step === 'string' && index < place.lastIndexOf(last));
  const raw = last === 'value' && lists.length > 0 ? `extra_${lists.at(-1)}` : lists.length > 0 ? `${String(parent)}_${last}` : last;
  const base = raw.toLowerCase().replace(/[^a-z0-9_]+/g, '_').replace(/^_+|_+$/g, '') || 'field';
  let name = base;
  for (let n = 2; taken.includes(name); n++) name = `${base}_${n}`;
  return name;
}
