/* How long to wait after a failure: full jitter between 1 s and 5 min, never sooner than the server asked. */

const LEAST_MS = 1_000
const MOST_MS = 300_000

export class Patience {
  private failures = 0
  until: number | null = null

  constructor(private readonly now: () => number, private readonly random: () => number) {}

  failed(retryAfterMs: number | null): void {
    const ceiling = Math.min(MOST_MS, LEAST_MS * 2 ** Math.min(++this.failures, 20))
    const wait = LEAST_MS + this.random() * (ceiling - LEAST_MS)
    this.until = this.now() + Math.max(wait, Math.min(retryAfterMs ?? 0, MOST_MS))
  }

  reset(): void { this.failures = 0; this.until = null }

  /* A clock that has jumped back must not make us wait for years. */
  get waiting(): boolean { return this.until !== null && this.now() < this.until && this.until - this.now() <= MOST_MS }
}
