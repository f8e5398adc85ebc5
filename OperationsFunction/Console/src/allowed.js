// Which action which state allows: the app refuses all others (design: "Sold is sold").
const enrich = ['Waiting', 'Held', 'Skipped', 'Failed', 'Rejected', 'Discarded'];
const send = ['Held', 'Failed', 'Rejected', 'Unconfirmed', 'Uncertain'];
const resolve = ['Uncertain', 'Unconfirmed', 'Failed', 'Rejected', 'Held', 'Waiting'];

/** Actions for an operation, the most likely remedy first. */
export function allowed({ state, fields, error }) {
  const hasPhone = Boolean(fields?.phone);
  const actions = [];
  if (send.includes(state) && hasPhone) actions.push('send');
  if (send.includes(state)) actions.push('edit');
  if (enrich.includes(state)) actions.push('enrich');
  if (resolve.includes(state)) actions.push('delivered', 'discard');
  const first = likely(state, error?.code);
  return actions.sort((a, b) => Number(b === first) - Number(a === first));
}

/** An order that may have arrived already: sending it again needs a second thought. */
export const isDoubtful = (state) => state === 'Uncertain' || state === 'Unconfirmed';

function likely(state, code) {
  if (isDoubtful(state)) return 'delivered';
  if (state === 'Rejected' || code === 'bad-phone' || code === 'no-phone') return 'edit';
  if (state === 'Failed' && code?.startsWith('offerum-')) return 'send';
  return 'enrich';
}
