import { RecentBytes } from '../log/recent-bytes.ts';

/** A record as the log names it. */
export interface Named {
  readonly kind: string;
  readonly id: Buffer;
}

const ID = 16;
/** There are some twenty; of a log that makes up more than two bytes can count, the others are read again each time. */
const MOST_KINDS = 65_536;

/** Records of a log that were asked for last, by number. */
export class RecentRecords {
  private readonly bytes = new RecentBytes(ID + 2);
  private readonly kinds: string[] = [];
  private readonly numbers = new Map<string, number>();
  /** Most changes are about the record of the one before. */
  private last: (Named & { readonly ent: number }) | null = null;

  get(ent: number): Named | null {
    if (this.last?.ent === ent) return this.last;
    const bytes = this.bytes.get(ent);
    const kind = bytes === undefined ? undefined : this.kinds[bytes.readUInt16LE(ID)];
    if (bytes === undefined || kind === undefined) return null;
    const named = { ent, kind, id: bytes.subarray(0, ID) };
    this.last = named;
    return named;
  }
  set(ent: number, { kind, id }: Named): void {
    let number = this.numbers.get(kind);
    if (number === undefined) {
      number = this.kinds.length;
      if (number === MOST_KINDS) return;
      this.kinds.push(kind);
      this.numbers.set(kind, number);
    }
    const bytes = Buffer.alloc(ID + 2);
    id.copy(bytes);
    bytes.writeUInt16LE(number, ID);
    this.bytes.set(ent, bytes);
  }
}
