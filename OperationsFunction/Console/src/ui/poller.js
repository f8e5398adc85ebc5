/** Does something over and over, one at a time, and rests while nobody looks at the page. */
export class Poller {
  #work;
  #pause;
  #timer = 0;
  #busy = false;
  #stopped = true;

  /** @param pause gives the milliseconds until the next time. */
  constructor(work, pause) {
    this.#work = work;
    this.#pause = pause;
  }

  start() {
    this.#stopped = false;
    document.addEventListener('visibilitychange', this.#seen);
    return this.now();
  }

  stop() {
    this.#stopped = true;
    clearTimeout(this.#timer);
    document.removeEventListener('visibilitychange', this.#seen);
  }

  async now() {
    clearTimeout(this.#timer);
    if (this.#stopped || this.#busy) return;
    this.#busy = true;
    try {
      await this.#work();
    } finally {
      this.#busy = false;
      if (!this.#stopped) this.#timer = setTimeout(() => (document.hidden ? undefined : this.now()), this.#pause());
    }
  }

  #seen = () => {
    if (!document.hidden) this.now();
  };
}
