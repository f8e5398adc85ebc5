import { mayHaveArrived } from './states.ts';
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
export function buttonsFor({ state, error, allowedActions }: Pick<Operation | Delivery, 'state' | 'error' | 'allowedActions'>): Button[] {
  const first = likely(state, error?.code ?? '');
  return Object.keys(buttons)
    .filter((action) => allowedActions.includes(action))
    .flatMap((action) => buttons[action] ?? [])
    .sort((a, b) => Number(b === first) - Number(a === first));
}

/** With several destinations each delivery has its own buttons; the operation's own buttons cover the remaining states. */
export const hasOwnButtons = ({ state, deliveries }: Pick<Operation, 'state' | 'deliveries'>) =>
  deliveries.length < 2 || !deliveries.some((delivery) => delivery.state === state);

function likely(state: string, code: string): Button {
  if (mayHaveArrived(state)) return 'delivered';
  if (state === 'Rejected' || code === 'bad-phone' || code === 'no-phone') return 'edit';
  if (state === 'Failed' && code.startsWith('offerum-')) return 'send';
  return 'enrich';
}
