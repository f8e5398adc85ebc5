import { api, ApiError } from './api.ts';
import type { OperationPage, Query } from './types.ts';

const OPERATION_ID = /^[a-z0-9-]{1,40}\/(?:lead|request|auto)\/\d{1,18}$/;

/** An operation's own id, as logs and messages show it. */
export const isOperationId = (text: string) => OPERATION_ID.test(text);

/**
 * One search box for everything: the text may be a U-ON number, an order id, or a phone in any spelling. Ten digits may be any of these,
 * so the page runs both searches and shows the results together.
 */
export function queries(text: string, filter: Query): [Query, Query?] {
  const typed = text.trim();
  if (!typed) return [filter];
  const digits = typed.replace(/\D/g, '');
  const looksLikePhone = digits.length >= 10 && digits.length <= 15 && /^[\d\s()+\-–—.]+$/.test(typed);
  const isNumber = /^\d+$/.test(typed);
  if (!looksLikePhone) return [{ ...filter, text: typed }];
  if (!isNumber) return [{ ...filter, phone: typed }];
  return [{ ...filter, text: typed }, { ...filter, phone: typed }];
}

export async function find(text: string, filter: Query): Promise<OperationPage> {
  const [asked, other] = queries(text, filter);
  if (!other) return api.operations(asked);
  const [byText, byPhone] = await Promise.all([api.operations(asked), api.operations(other).catch(noneIfRefused)]);
  const known = new Set(byText.items.map((item) => item.id));
  return {
    items: [...byText.items, ...byPhone.items.filter((item) => !known.has(item.id))].sort((a, b) => b.receivedAt.localeCompare(a.receivedAt)),
    next: byText.items.length === 0 ? byPhone.next : byText.next,
  };
}

/** The same search as CSV: one table, or two if the digits are a number of one operation and the phone of another. */
export async function findCsv(text: string, filter: Query): Promise<Response[]> {
  const [asked, other] = queries(text, filter);
  if (!other) return [await api.csv(asked)];
  const has = async (query: Query) => (await api.operations({ ...query, take: 1 }).catch(noneIfRefused)).items.length > 0;
  const [byText, byPhone] = await Promise.all([has(asked), has(other)]);
  return Promise.all([...(byText || !byPhone ? [asked] : []), ...(byPhone ? [other] : [])].map(api.csv));
}

/** The app rejects digits that are not a phone; then only the text search has results. */
function noneIfRefused(error: unknown): OperationPage {
  if (error instanceof ApiError && error.status === 400) return { items: [], next: null };
  throw error;
}
