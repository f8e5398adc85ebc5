import { has, t } from './i18n.ts';
import type { Operation } from './types.ts';
import { WRITE_BACK } from './written.ts';

/** A destination's display name; an unknown destination keeps its own name. */
export const destinationName = (name: string) => (has(`destination.${name}`) ? t(`destination.${name}`) : name);

/** The destinations whose orders are in the operation's state. */
export const destinationNames = ({ state, deliveries: all }: Operation) => {
  const deliveries = all.filter((delivery) => delivery.destination !== WRITE_BACK);
  const same = deliveries.filter((delivery) => delivery.state === state);
  return (same.length ? same : deliveries).map((delivery) => destinationName(delivery.destination)).join(', ') || destinationName('offerum');
};
