// Processor time, by net: one runs at a time.
import type { Net } from './answer.ts';

export class Stopwatch {
  readonly seconds: Partial<Record<Net, number>> = {};
  #running: Net | undefined;
  #since = process.cpuUsage();

  /** Stops what runs, and starts another. */
  start(net: Net): void {
    if (net === this.#running) return;
    this.stop();
    this.#running = net;
    this.#since = process.cpuUsage();
  }

  stop(): void {
    if (this.#running === undefined) return;
    const { user, system } = process.cpuUsage(this.#since);
    this.seconds[this.#running] = (this.seconds[this.#running] ?? 0) + (user + system) / 1e6;
    this.#running = undefined;
  }
}
