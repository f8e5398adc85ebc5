import { html } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';

const STAYS = 6_000;

interface Toast {
  id: number;
  text: string;
  tone: string;
}

/** Short messages about completed actions, announced by screen readers. */
export class Toasts {
  #update: () => void;
  #items: Toast[] = [];
  #next = 0;

  constructor(update: () => void) {
    this.#update = update;
  }

  say(text: string, tone = 'good') {
    const item = { id: this.#next++, text, tone };
    this.#items = [...this.#items.slice(-2), item];
    this.#update();
    setTimeout(() => {
      this.#items = this.#items.filter((other) => other !== item);
      this.#update();
    }, STAYS);
  }

  render() {
    return html`
      <div class="toasts" role="status" aria-live="polite">
        ${repeat(this.#items, (item) => item.id, (item) => html`<p class="toast" data-tone=${item.tone}>${item.text}</p>`)}
      </div>`;
  }
}
