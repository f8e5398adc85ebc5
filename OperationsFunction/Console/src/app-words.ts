import { absolute } from './format.ts';
import { has, t } from './i18n.ts';
import { translate } from './sentences.ts';

/** A line that the app wrote, in the reader's language and time zone. */
export const appWords = (line: string | null | undefined) => translate(line ?? '', (name, value) => shown[name]?.(value) ?? value);

const state = (name: string) => (has(`state.${name}`) ? t(`state.${name}`) : name);

const shown: Record<string, (value: string) => string> = {
  time: (value) => absolute(value.replace(' ', 'T'), { seconds: true }),
  state,
  states: (value) => value.split(', ').map(state).join(', '),
};
