// The page's persistent state. Private windows and strict settings block storage; then it is kept until the page is closed.
function remember(area: () => Storage, name: string) {
  let value: string | null = null;
  try {
    value = area().getItem(name);
  } catch {
    value = null;
  }

  return {
    get: () => value,
    set(next: string) {
      value = next || null;
      try {
        if (value === null) area().removeItem(name);
        else area().setItem(name, value);
      } catch {
        // Kept in memory only.
      }
    },
  };
}

/** The function key: kept for this tab until it is closed, and never part of an address. */
export const key = remember(() => window.sessionStorage, 'uonofferum.key');

/** Bulk replays started here, tracked again after a reload. */
export const replays = remember(() => window.sessionStorage, 'uonofferum.replays');

export const operator = remember(() => window.localStorage, 'uonofferum.operator');

export const language = remember(() => window.localStorage, 'uonofferum.language');
