import { asText, leaves, write } from './settings.ts';
import type { Json, Settings } from './types.ts';

/** The edited content: the structure and its title. */
export interface Edited {
  title: string;
  settings: Settings;
}

/** One setting that another user changed; `mine` is set if it was changed here, too. */
export interface Difference {
  key: string;
  before: string | null;
  theirs: string | null;
  mine?: string | null;
}

/** The key of the title: no setting has this name. */
export const TITLE = '$title';

const all = ({ title, settings }: Edited) => new Map<string, Json>([[TITLE, title], ...leaves(settings)]);

/** The other user's changes since the common base, and the settings that both changed. */
export function differences(base: Edited, mine: Edited, theirs: Edited): Difference[] {
  const [old, own, other] = [all(base), all(mine), all(theirs)];
  return [...new Set([...old.keys(), ...other.keys()])].flatMap((key) => {
    const [before, here, there] = [old, own, other].map((values) => asText(values.get(key)));
    if (before === there) return [];
    const difference: Difference = { key, before: before ?? null, theirs: there ?? null };
    return [here === before || here === there ? difference : { ...difference, mine: here ?? null }];
  });
}

/** The other version with the local changes applied; where both changed a setting, `keepMine` decides. */
export function merge(base: Edited, mine: Edited, theirs: Edited, keepMine: (key: string) => boolean): Edited {
  const [old, own, other] = [all(base), all(mine), all(theirs)];
  let { title, settings } = theirs;
  for (const key of new Set([...old.keys(), ...own.keys()])) {
    const [before, here, there] = [old, own, other].map((values) => asText(values.get(key)));
    if (here === before) continue;
    if (there !== before && there !== here && !keepMine(key)) continue;
    if (key === TITLE) title = mine.title;
    else settings = write(settings, key, own.get(key));
  }

  return { title, settings };
}
