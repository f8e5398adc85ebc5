import type { Json } from './types.ts';

/** From the answer's root to a value: names of properties and places in lists. */
export type Place = (string | number)[];

/** The envelopes of U-ON's answers; a path that starts with `record` fits them all. */
const envelopes = ['request', 'lead', 'requests', 'leads'];

// Whichever quote the name does not hold.
const quoted = (name: string) => (name.includes('"') ? `['${name}']` : `["${name}"]`);

export const valueAt = (record: Json, place: Place) => place.reduce<Json | undefined>(
  (found, step) => (typeof found === 'object' && found !== null ? (found as Record<string | number, Json>)[step] : undefined), record);

/** An extra field of a cabinet: its number stands beside its value, and its place in the list differs from record to record. */
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

/** A name for the field that shows a value; `_2` and so on when there is one of that name. */
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
