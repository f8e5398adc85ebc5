import { asApiError, type ApiError } from '../api.ts';
import type { App } from '../app.ts';
import { failed, loading, missing } from './placeholders.ts';
import { Poller } from './poller.ts';

const LIVE = 5_000;

/** An API response that is refreshed while its view is shown. The last successful one stays when a later read fails. */
export class Live<T> {
  value: T | null = null;
  error: ApiError | null = null;
  #app: App;
  #read: () => Promise<T>;
  #pause: () => number;
  #poller: Poller;

  /** @param pause gives the milliseconds until the next read. */
  constructor(app: App, read: () => Promise<T>, pause = () => LIVE) {
    this.#app = app;
    this.#read = read;
    this.#pause = pause;
    this.#poller = this.#make();
  }

  start() {
    this.#poller.start();
  }

  /** Also discards a pending response. */
  stop() {
    this.#poller.stop();
    this.#poller = this.#make();
  }

  /** Reads at once, unless a read is in progress. */
  now = () => {
    this.#poller.now();
  };

  /** The query has changed: a pending response to the previous one is discarded. */
  again = () => {
    this.stop();
    this.start();
  };

  /** Shows the response, or a placeholder until there is one. */
  render(show: (value: T) => unknown) {
    if (this.error?.status === 404) return missing();
    if (this.value) return show(this.value);
    return this.error ? failed(this.error, this.now) : loading();
  }

  #make() {
    const poller: Poller = new Poller(() => this.#load(() => poller === this.#poller), () => this.#pause());
    return poller;
  }

  async #load(isAsked: () => boolean) {
    try {
      const value = await this.#read();
      if (!isAsked()) return;
      this.value = value;
      this.error = null;
    } catch (error) {
      if (!isAsked()) return;
      const failure = asApiError(error);
      if (failure.status === 401) {
        this.#app.fail(failure);
        return;
      }

      this.error = failure;
    }

    this.#app.update();
  }
}
