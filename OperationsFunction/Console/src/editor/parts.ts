import { destinationSections } from './destinations.ts';
import type { Problem } from './types.ts';

/** The parts of the page, in the order of a first set-up; each can be used at any time. */
export const parts = ['source', 'fields', 'rules', 'destinations', 'compare', 'send', 'run', 'history'] as const;
export type PartName = (typeof parts)[number];

export const isPart = (name: string | undefined): name is PartName => parts.includes(name as PartName);

/** The part in which a problem is fixed. */
export function partOf(key: string): PartName {
  const [section = '', group = ''] = key.split(':');
  const is = (name: string) => section.toLowerCase() === name.toLowerCase();
  const isWriteBack = is('Uon') && group.toLowerCase() === 'writeback';
  if (is('Fields')) return 'fields';
  if (is('Filter')) return 'rules';
  if (destinationSections.some(is) || is('Postback') || isWriteBack || section === '') return 'destinations';
  return 'source';
}

/** The problems of one setting and of the settings below it. */
export const problemsAt = (problems: Problem[], key: string) => problems.filter(
  (problem) => problem.key.toLowerCase() === key.toLowerCase() || problem.key.toLowerCase().startsWith(`${key.toLowerCase()}:`));
