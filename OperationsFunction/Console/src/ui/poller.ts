/** Repeats an action without overlap, and pauses while the page is hidden. */
export class Poller {
  #work: () => Promise<void>;
  #pause: () => number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #busy = false;
  #stopped = true;

  /** @param pause gives the milliseconds until the next time. */
  constructor(work: () => Promise<void>, pause: () => number) {
    this.#work = work;
    this.#pause = pause;
  }

  start() {
    this.#stopped = false;
    document.addEventListener('visibilitychange', this.#seen);
    this.now();
  }

  stop() {
    this.#stopped = true;
    clearTimeout(this.#timer);
    document.removeEventListener('visibilitychange', this.#seen);
  }

  /** Runs at once, unless it is already running. */
  now() {
    void this.#run();
  }

  async #run() {
    clearTimeout(this.#timer);
    if (this.#stopped || this.#busy) return;
    this.#busy = true;
    try {
      await this.#work();
    } finally {
      this.#busy = false;
      if (!this.#stopped) this.#timer = setTimeout(this.#seen, this.#pause());
    }
  }

  #seen = () => {
    if (!document.hidden) this.now();
  };
}
