import type { Change, Json, Settings } from './types.ts';

const isObject = (value: Json | undefined): value is Settings => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The app's settings are case-insensitive. */
const spelling = (settings: Settings, name: string) =>
  Object.keys(settings).find((key) => key.toLowerCase() === name.toLowerCase()) ?? name;

/** The value at a key such as `Offerum:Flow`. */
export function read(settings: Settings, key: string): Json | undefined {
  let found: Json | undefined = settings;
  for (const name of key.split(':')) found = isObject(found) ? found[spelling(found, name)] : undefined;
  return found;
}

/** The same as text; empty when there is none. */
export function textAt(settings: Settings, key: string): string {
  const found = read(settings, key);
  return found === undefined || found === null || typeof found === 'object' ? '' : String(found);
}

/** A section's texts by name, without nested sections. */
export function mapAt(settings: Settings, key: string): Record<string, string> {
  const found = read(settings, key);
  if (!isObject(found)) return {};
  return Object.fromEntries(Object.keys(found).filter((name) => !isObject(found[name])).map((name) => [name, textAt(found, name)]));
}

/** A copy with another value; undefined removes it. An empty section stays, because it marks a destination as present. */
export function write(settings: Settings, key: string, value: Json | undefined): Settings {
  const [first = '', ...rest] = key.split(':');
  const name = spelling(settings, first);
  const { [name]: old, ...others } = settings;
  if (rest.length > 0) value = write(isObject(old) ? old : {}, rest.join(':'), value);
  if (value === undefined) return others;
  return name in settings ? { ...settings, [name]: value } : { ...others, [name]: value };
}

/** Every setting by its full key. A list counts as one setting, because an index does not identify an item. */
export function leaves(settings: Settings, prefix = ''): Map<string, Json> {
  const found = new Map<string, Json>();
  for (const [name, value] of Object.entries(settings)) {
    if (isObject(value) && Object.keys(value).length > 0) leaves(value, `${prefix}${name}:`).forEach((leaf, key) => found.set(key, leaf));
    else found.set(prefix + name, value);
  }

  return found;
}

export const asText = (value: Json | undefined) =>
  value === undefined ? null : typeof value === 'string' ? value : isObject(value) && Object.keys(value).length === 0 ? '' : JSON.stringify(value);

/** The differences between two structures, by setting. */
export function changes(before: Settings, after: Settings): Change[] {
  const [old, now] = [leaves(before), leaves(after)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .map((key) => ({ key, before: asText(old.get(key)), after: asText(now.get(key)) }))
    .filter((change) => change.before !== change.after);
}
