import fs from 'node:fs';
import path from 'node:path';

/** A text in the app's source, its interpolations as `{}`. */
export interface Literal {
  file: string;
  text: string;
  /** What stands before it in the same statement. */
  before: string;
}

/** The app's C# files below these folders. */
export const files = (folders: string[]) => folders.flatMap((folder) => fs.readdirSync(`../../${folder}`, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.cs') && !/(^|[\\/])(bin|obj)[\\/]/.test(name))
  .map((name) => path.join('..', '..', folder, name)));

/** Every text of a file, outside of its comments. */
export function literals(file: string): Literal[] {
  const source = fs.readFileSync(file, 'utf8').replace(/^\s*\/\/.*$/gm, '');
  const found: Literal[] = [];
  for (let at = source.indexOf('"'); at >= 0; at = source.indexOf('"', at)) {
    if (source[at - 1] === "'" && source[at + 1] === "'") {
      at += 2;
      continue;
    }

    const start = at;
    const [text, end] = read(source, at + 1, source[at - 1] === '$');
    const statement = source.slice(Math.max(0, start - 600), start);
    found.push({ file, text, before: statement.slice(Math.max(statement.lastIndexOf(';'), statement.lastIndexOf('\n\n')) + 1) });
    at = end;
  }

  return found;
}

function read(source: string, at: number, interpolated: boolean): [string, number] {
  let text = '';
  while (at < source.length && source[at] !== '"') {
    if (source[at] === '\\') {
      text += source[at + 1];
      at += 2;
    } else if (interpolated && source[at] === '{' && source[at + 1] !== '{') {
      at = close(source, at);
      text += '{}';
    } else {
      text += source[at++];
    }
  }

  return [text, at + 1];
}

/** The end of an interpolation, which may hold texts of its own. */
function close(source: string, at: number): number {
  let depth = 0;
  for (; at < source.length; at++) {
    if (source[at] === '"') at = read(source, at + 1, source[at - 1] === '$')[1] - 1;
    else if (source[at] === '{') depth++;
    else if (source[at] === '}' && --depth === 0) return at + 1;
  }

  return at;
}
