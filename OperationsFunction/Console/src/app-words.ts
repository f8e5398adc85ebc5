import { absolute } from './format.ts';
import { translate } from './sentences.ts';

/** A line that the app wrote, in the reader's language and time zone. */
export const appWords = (line: string | null | undefined) =>
  translate(line ?? '', (name, value) => (name === 'time' ? absolute(value.replace(' ', 'T'), { seconds: true }) : value));
