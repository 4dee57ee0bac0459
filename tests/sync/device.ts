/* A phone without a screen: the real notebook and the real line, on a disk, a network and a clock that a test holds. */
import { IDBFactory } from 'fake-indexeddb'
import { Line } from '../../static/phone/line/line'
import { type Means } from '../../static/phone/line/exact'
import { signIn } from '../../static/phone/line/session'
import { newKey } from '../../static/phone/keys'
import { type Book, openNotebook } from '../../static/phone/notebook/book'
import type { User } from '../../static/phone/notebook/types'
import type { Clock } from './time'

export interface DeviceOptions {
  user: User; email: string; password: string
  clock: Clock; random: () => number; fetch: typeof fetch
  bookOf?: (user: User, options: Parameters<typeof openNotebook>[1]) => Promise<Book>    // seams for planted faults
  lineOf?: (book: Book, means: Partial<Means>) => Line
}

const KEY = newKey('anybody', 'one key for all phones of a week', { memory_kib: 64, passes: 1 })

export class Device {
  readonly disk = new IDBFactory()
  skew = 0                    // this phone's clock is wrong by so many milliseconds
  book!: Book
  line!: Line

  constructor(readonly options: DeviceOptions) {}

  private now = () => this.options.clock.now() + this.skew
  private means(): Partial<Means> {
    const { clock, random, fetch } = this.options
    return { fetch, random, gzip: false, clock: { now: this.now, after: (ms, act) => clock.after(ms, act) }, pause: async (ms) => clock.pass(ms) }
  }

  async open(): Promise<void> {
    const bytes = (length: number) => Uint8Array.from({ length }, () => Math.floor(this.options.random() * 256))
    const { user, bookOf = openNotebook, lineOf = (book, means) => new Line(book, { ...means, lock: (_, work) => work() }) } = this.options
    this.book = await bookOf(user, { seal: (await KEY).key, factory: this.disk, now: this.now, bytes })
    this.line = lineOf(this.book, this.means())
  }

  /* As when the system kills the app: memory is gone, the disk is what it was. */
  async crash(): Promise<void> {
    this.book.close()
    await this.open()
  }

  signIn() { return signIn(this.options.email, this.options.password, { ...this.line.means }) }
  sync() { return this.line.sync('tap') }
}
