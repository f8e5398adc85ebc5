import { html, svg, type SVGTemplateResult } from 'lit-html';

const paths: Record<string, SVGTemplateResult> = {
  overview: svg`<path d="M4 19V11M10 19V5M16 19v-6M20.5 19.5h-18" />`,
  operations: svg`<path d="M4 6h16M4 12h16M4 18h10" />`,
  attention: svg`<path d="M12 4 2.8 19.5h18.4zM12 10v4.5M12 17.2v.1" />`,
  pipelines: svg`<circle cx="5" cy="12" r="2.4" /><circle cx="19" cy="12" r="2.4" /><path d="M7.5 12h9" />`,
  account: svg`<circle cx="12" cy="8.5" r="3.6" /><path d="M4.8 20c1-3.8 4-5.6 7.2-5.6s6.2 1.8 7.2 5.6" />`,
  search: svg`<circle cx="11" cy="11" r="6.2" /><path d="m16 16 4.5 4.5" />`,
  back: svg`<path d="M14.5 5.5 8 12l6.5 6.5" />`,
  link: svg`<path d="M10 5H5v14h14v-5M14 4h6v6M20 4l-9 9" />`,
  check: svg`<path d="m5 12.5 4.6 4.500L19 7.5" />`,
  cross: svg`<path d="m6.5 6.5 11 11m0-11-11 11" />`,
  clock: svg`<circle cx="12" cy="12" r="8" /><path d="M12 7.500V12l3 2" />`,
  pause: svg`<path d="M9 6v12M15 6v12" />`,
  question: svg`<path d="M9 9.200a3 3 0 1 1 4.3 2.700c-.9.5-1.3 1-1.3 2.100M12 17.500v.1" />`,
  minus: svg`<path d="M6 12h12" />`,
  arrow: svg`<path d="M5 12h13m-5-5 5 5-5 5" />`,
  copies: svg`<rect x="8.5" y="8.5" width="11" height="11" rx="2" /><path d="M15.5 5.500h-9a2 2 0 0 0-2 2v9" />`,
};

/** Decoration beside words; screen readers skip it. */
export const icon = (name: string) => html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${paths[name]}</svg>`;
