// The notation of Fields: alternatives, a default in quotes at the end, transforms after an arrow.

/** A field's path, parsed for editing. */
export interface PathParts {
  alternatives: string[];
  /** The default text; null: there is none. */
  otherwise: string | null;
  transforms: string[];
}

/** The transforms that the app supports, in the order of docs/settings.md. */
export const transformNames = [
  'trim', 'one-line', 'html-decode', 'upper', 'lower', 'capitalize', 'first-word', 'last-word', 'digits', 'number', 'date:unix', 'date:iso', 'date:day',
];

/** Splits at a separator outside quotes. */
function split(text: string, separator: string): string[] {
  const parts = [''];
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const c = text[at]!;
    if (quote ? c === quote : c === '"' || c === "'") quote = quote ? '' : c;
    if (!quote && text.startsWith(separator, at)) {
      parts.push('');
      at += separator.length - 1;
    } else {
      parts[parts.length - 1] += c;
    }
  }

  return parts.map((part) => part.trim());
}

export function readPath(text: string): PathParts {
  const [source = '', ...arrows] = split(text, '=>');
  const parts = split(source, '|').filter((part) => part !== '');
  const last = parts.at(-1) ?? '';
  const hasDefault = /^(['"]).*\1$/s.test(last);
  return {
    alternatives: hasDefault ? parts.slice(0, -1) : parts,
    otherwise: hasDefault ? last.slice(1, -1).replaceAll(last[0]!.repeat(2), last[0]!) : null,
    transforms: arrows.join(',').split(',').map((name) => name.trim()).filter((name) => name !== ''),
  };
}

export function writePath({ alternatives, otherwise, transforms }: PathParts): string {
  const quoted = otherwise === null ? [] : [`'${otherwise.replaceAll("'", "''")}'`];
  const source = [...alternatives, ...quoted].join('|');
  return transforms.length > 0 ? `${source} => ${transforms.join(', ')}` : source;
}

const plain = [
  'id', 'dat_lead', 'dat', 'dat_close', 'status_id', 'status', 'office_id', 'office_name', 'travel_type_id', 'travel_type',
  'manager_id', 'manager_surname', 'manager_sname', 'manager_name', 'source_id', 'source',
  'client_id', 'client_surname', 'client_name', 'client_sname', 'client_phone', 'client_phone_mobile', 'client_email',
];
const record = (...names: string[]) => names.map((name) => `["record"][0]["${name}"]`).join('|');

/** The fields that every pipeline reads unless its settings say otherwise: those of the source document, the client's, and the order's two. */
export const defaultFields: Readonly<Record<string, string>> = {
  ...Object.fromEntries(plain.map((name) => [name, record(name)])),
  dat_close: record('dat_close', 'date_close'),
  phone: record('client_phone_mobile', 'client_phone'),
  name: record('client_name', 'client_surname'),
};

/** Available in templates and rules in addition to the fields. */
export const computedFields = ['kind', 'country', 'order_time'];
