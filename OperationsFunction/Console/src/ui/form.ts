/** The texts of a submitted form, trimmed, by the names of its fields. */
export const texts = (event: SubmitEvent): Record<string, string> => Object.fromEntries(
  [...new FormData(event.target as HTMLFormElement)].map(([name, value]) => [name, typeof value === 'string' ? value.trim() : '']));

/** The text in the field that an event comes from. */
export const valueOf = (event: Event) => (event.target as HTMLInputElement | HTMLSelectElement).value;
