import uPlot from 'uplot';
import { lang } from '../i18n.ts';
import type { Step } from '../types.ts';

const HEIGHT = 190;

export interface ChartData {
  series: Step[];
  step: string;
  names: { received: string; delivered: string; attention: string; time: string };
}

const counts = ['received', 'delivered', 'attention'] as const;

/** Received, delivered and in need of attention over time. Decorative only: the same numbers are next to it in a table. */
class ChartElement extends HTMLElement {
  #plot: uPlot | null = null;
  #data: ChartData | null = null;
  #shape = '';
  #observer = new ResizeObserver(() => this.#resize());
  #theme = matchMedia('(prefers-color-scheme: dark)');

  set data(value: ChartData) {
    this.#data = value;
    if (this.isConnected) this.#draw();
  }

  connectedCallback() {
    this.#theme.addEventListener('change', this.#redraw);
    this.#observer.observe(this);
    this.#draw();
  }

  disconnectedCallback() {
    this.#theme.removeEventListener('change', this.#redraw);
    this.#observer.disconnect();
    this.#plot?.destroy();
    this.#plot = null;
  }

  #redraw = () => {
    this.#shape = '';
    this.#draw();
  };

  #resize() {
    if (this.#plot && this.clientWidth > 0) this.#plot.setSize({ width: this.clientWidth, height: HEIGHT });
  }

  #draw() {
    if (!this.#data || this.clientWidth === 0) return;
    const { series, step, names } = this.#data;
    const rows: uPlot.AlignedData = [series.map((s) => new Date(s.at).getTime() / 1000), ...counts.map((name) => series.map((s) => s[name]))];
    const shape = `${step}|${lang()}`;
    if (this.#plot && shape === this.#shape) {
      this.#plot.setData(rows);
      return;
    }

    this.#plot?.destroy();
    this.#shape = shape;
    this.#plot = new uPlot(this.#options(step, names), rows, this);
  }

  #options(step: string, names: ChartData['names']): uPlot.Options {
    const colour = (name: string) => getComputedStyle(this).getPropertyValue(name).trim();
    const span: Intl.DateTimeFormatOptions = step === 'hour' ? { hour: '2-digit', minute: '2-digit' } : { day: 'numeric', month: 'short' };
    const whole: Intl.DateTimeFormatOptions = step === 'hour' ? { day: 'numeric', month: 'short', ...span } : span;
    const words = (seconds: number, style: Intl.DateTimeFormatOptions) => new Date(seconds * 1000).toLocaleString(lang(), style);
    const bars = (width: number) => uPlot.paths.bars?.({ size: [width, 60], radius: 0.15 });
    const axis: uPlot.Axis = { stroke: colour('--ink-2'), grid: { stroke: colour('--line'), width: 1 }, ticks: { show: false }, font: `12px ${getComputedStyle(this).fontFamily}` };
    return {
      width: this.clientWidth,
      height: HEIGHT,
      padding: [8, 8, 0, 0],
      // Until the pointer is over a bar, the legend only names the colours.
      hooks: { setCursor: [(plot) => plot.root.classList.toggle('idle', plot.cursor.idx == null)], ready: [(plot) => plot.root.classList.add('idle')] },
      cursor: { points: { show: false }, drag: { x: false, y: false } },
      scales: { x: { range: (_, min, max) => [min - pad(step), max + pad(step)] }, y: { range: (_, _min, max) => [0, Math.max(4, max * 1.1)] } },
      axes: [
        { ...axis, size: 30, grid: { show: false }, values: (_, ticks) => ticks.map((tick) => words(tick, span)), space: 70 },
        { ...axis, size: 44, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000] },
      ],
      series: [
        { label: names.time, value: (_, at) => (at ? words(at, whole) : '—') },
        { label: names.received, stroke: colour('--bar'), fill: colour('--bar'), width: 0, paths: bars(0.8), points: { show: false } },
        { label: names.delivered, stroke: colour('--good'), fill: colour('--good'), width: 0, paths: bars(0.8), points: { show: false } },
        { label: names.attention, stroke: colour('--bad'), fill: colour('--bad'), width: 0, paths: bars(0.35), points: { show: false } },
      ],
    };
  }
}

const pad = (step: string) => (step === 'hour' ? 3_600 : 86_400) * 0.6;

customElements.define('uo-chart', ChartElement);
