import uPlot from 'uplot';
import { lang } from '../i18n.js';

const HEIGHT = 190;

/** Received, delivered and in trouble over time. A picture only: the same numbers stand beside it as a table. */
class ChartElement extends HTMLElement {
  #plot = null;
  #data = null;
  #shape = '';
  #observer = new ResizeObserver(() => this.#resize());
  #theme = matchMedia('(prefers-color-scheme: dark)');

  set data(value) {
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
    const rows = [series.map((s) => new Date(s.at).getTime() / 1000), ...['received', 'delivered', 'attention'].map((k) => series.map((s) => s[k]))];
    const shape = `${step}|${lang()}`;
    if (this.#plot && shape === this.#shape) {
      this.#plot.setData(rows);
      return;
    }

    this.#plot?.destroy();
    this.#shape = shape;
    this.#plot = new uPlot(this.#options(step, names), rows, this);
  }

  #options(step, names) {
    const colour = (name) => getComputedStyle(this).getPropertyValue(name).trim();
    const span = step === 'hour' ? { hour: '2-digit', minute: '2-digit' } : { day: 'numeric', month: 'short' };
    const whole = step === 'hour' ? { day: 'numeric', month: 'short', ...span } : span;
    const words = (seconds, style) => new Date(seconds * 1000).toLocaleString(lang(), style);
    const bars = (width) => uPlot.paths.bars({ size: [width, 60], radius: 0.15 });
    const axis = { stroke: colour('--ink-2'), grid: { stroke: colour('--line'), width: 1 }, ticks: { show: false }, font: `12px ${getComputedStyle(this).fontFamily}` };
    return {
      width: this.clientWidth,
      height: HEIGHT,
      padding: [8, 8, 0, 0],
      // Until somebody points at a bar, the legend names the colours and nothing else.
      hooks: { setCursor: [(plot) => plot.root.classList.toggle('idle', plot.cursor.idx == null)], ready: [(plot) => plot.root.classList.add('idle')] },
      cursor: { points: { show: false }, drag: { x: false, y: false } },
      scales: { x: { range: (_, min, max) => [min - pad(step), max + pad(step)] }, y: { range: (_, min, max) => [0, Math.max(4, max * 1.1)] } },
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

const pad = (step) => (step === 'hour' ? 3_600 : 86_400) * 0.6;

customElements.define('uo-chart', ChartElement);
