import { has, t } from './i18n.ts';

/** The delivery that writes outcomes to U-ON; it is not a sale. */
export const WRITE_BACK = 'uon-write';

/** The written values as text for the operator: `approved: note, field 12, status 5`. */
export function written(detail: string) {
  const [, outcomes, what] = /^([a-z, ]+): (.+)$/.exec(detail) ?? [];
  if (!outcomes || !what) return detail;
  const words = outcomes.split(', ').map((one) => (has(`outcome.${one}`) ? t(`outcome.${one}`) : one)).join(', ');
  const parts = what.split(', ').map((part) => {
    const [, kind = '', number = ''] = /^(note|field|status) ?(\d*)$/.exec(part) ?? [];
    if (kind) return t(`written.${kind}`, { id: number });
    return part === 'U-ON has it already' ? t('written.already') : part;
  });
  return `${words}: ${parts.join(', ')}`;
}
