import type { Delivery, Operation } from './types.ts';

export type Button = 'send' | 'edit' | 'enrich' | 'delivered' | 'discard';

/** The buttons of each action of the API. */
const buttons: Record<string, Button[]> = {
  'replay-send': ['send'],
  edit: ['edit'],
  'replay-enrich': ['enrich'],
  resolve: ['delivered', 'discard'],
};

/** Buttons for the actions that the API allows, the most likely remedy first. */
export function buttonsFor(item: Pick<Operation | Delivery, 'state' | 'error' | 'mayHaveArrived' | 'allowedActions'>): Button[] {
  const first = likely(item);
  return Object.keys(buttons)
    .filter((action) => item.allowedActions.includes(action))
    .flatMap((action) => buttons[action] ?? [])
    .sort((a, b) => Number(b === first) - Number(a === first));
}

/** With several destinations each delivery has its own buttons; the operation's own buttons cover the remaining states. */
export const hasOwnButtons = ({ state, deliveries }: Pick<Operation, 'state' | 'deliveries'>) =>
  deliveries.length < 2 || !deliveries.some((delivery) => delivery.state === state);

function likely({ state, error, mayHaveArrived }: Pick<Operation, 'state' | 'error' | 'mayHaveArrived'>): Button {
  const code = error?.code ?? '';
  if (state === 'Rejected' || code === 'bad-phone' || code === 'no-phone') return 'edit';
  if (state === 'Failed' && code.startsWith('offerum-')) return 'send';
  if (mayHaveArrived) return 'delivered';
  return 'enrich';
}
