import { has, t } from './i18n.js';

/** A destination's name for people; one that is new here keeps its own. */
export const destinationName = (name) => (has(`destination.${name}`) ? t(`destination.${name}`) : name);

/** The destinations of an operation that stand as the operation does. */
export const destinationNames = (item) => {
  const deliveries = item.deliveries ?? [];
  const same = deliveries.filter((delivery) => delivery.state === item.state);
  return (same.length ? same : deliveries).map((delivery) => destinationName(delivery.destination)).join(', ') || destinationName('offerum');
};
