import { api } from './api.js';

const MAX_NUMBER = 18;
const DATA = /^[a-z0-9-]{1,40}\/(?:lead|request|auto)\/\d{1,18}$/;

/** An operation's own id, as it stands in logs and messages. */
export const isOperationId = (text) => DATA.test(text);

/**
 * One box for everything: what is typed may be a number of U-ON, an order id, or a phone in any spelling. Ten digits may be any of
 * these, so both are asked for and what is found stands together.
 */
export async function find(text, filter) {
  const typed = text.trim();
  if (!typed) return api.operations(filter);
  const digits = typed.replace(/\D/g, '');
  const looksLikePhone = digits.length >= 10 && digits.length <= 15 && /^[\d\s()+\-–—.]+$/.test(typed);
  const isNumber = /^\d+$/.test(typed);
  if (!looksLikePhone) return api.operations({ ...filter, text: isNumber ? typed.slice(0, MAX_NUMBER) : typed });
  if (!isNumber) return api.operations({ ...filter, phone: typed });
  const [byText, byPhone] = await Promise.all([
    api.operations({ ...filter, text: typed }),
    api.operations({ ...filter, phone: typed }).catch((error) => (error.status === 400 ? { items: [], next: null } : Promise.reject(error))),
  ]);
  const known = new Set(byText.items.map((item) => item.id));
  return {
    items: [...byText.items, ...byPhone.items.filter((item) => !known.has(item.id))].sort((a, b) => b.receivedAt.localeCompare(a.receivedAt)),
    next: byText.items.length === 0 ? byPhone.next : byText.next,
  };
}
