import type { FieldKind } from '../../shared/changes/kinds.ts';
import { REGISTRY } from '../../shared/changes/registry.ts';
import { idText } from '../../electron/db/ids.ts';
import { commitHash, headerBytes, type Packet } from '../../electron/db/log/packet.ts';

interface Known {
  readonly hash: string;
  readonly clock: number;
  readonly wall: number;
  readonly parents: readonly string[];
  /** Values by `entity id field`. */
  readonly said: Map<string, string>;
}

/**
 * The naive model of a set of commits: ancestors as sets, every rule written as its definition, nothing incremental, and
 * nothing shared with the log except the bytes of a commit. Deliberately slow.
 */
export class Oracle {
  private readonly commits = new Map<string, Known>();
  private readonly ancestors = new Map<string, ReadonlySet<string>>();

  /** False while a parent is missing. */
  add({ header, sig, body }: Packet): boolean {
    const hash = commitHash(headerBytes(header), sig).toString('hex');
    const parents = [...(header.own === null ? [] : [header.own]), ...header.others].map((one) => one.toString('hex'));
    if (parents.some((parent) => !this.commits.has(parent))) return false;
    const known = this.commits.get(hash) ?? {
      hash,
      clock: header.clock,
      wall: header.wall,
      parents,
      said: new Map<string, string>(),
    };
    this.commits.set(hash, known);
    const changes =
      body === null
        ? []
        : 'seed' in body
          ? body.changes
          : body.leaves.flatMap((leaf, i) => (i > 0 && 'salt' in leaf ? [leaf.change] : []));
    for (const { entity, id, field, value } of changes) known.said.set(`${entity} ${idText(id)} ${field}`, value);
    return true;
  }

  has(hash: string): boolean {
    return this.commits.has(hash);
  }

  /** The value of a field as one commit saw it, without its own change: canonical JSON, null if it was never set. */
  heldBefore(hash: string, key: string): string | null {
    const seen = [...this.before(hash)]
      .flatMap((one) => this.commits.get(one) ?? [])
      .filter((one) => one.said.has(key));
    const winner = seen.toSorted((a, b) => b.clock - a.clock || (a.hash < b.hash ? 1 : -1))[0];
    return winner?.said.get(key) ?? null;
  }
  /** The commit whose value wins. */
  winner(key: string): string | null {
    const all = [...this.commits.values()].filter((one) => one.said.has(key));
    return all.toSorted((a, b) => b.clock - a.clock || (a.hash < b.hash ? 1 : -1))[0]?.hash ?? null;
  }
  saidIn(hash: string): ReadonlyMap<string, string> {
    return this.commits.get(hash)?.said ?? new Map<string, string>();
  }
  /** Whether a commit is, from its own point of view, the first to write a record. */
  isMaker(hash: string, record: string): boolean {
    return ![...this.before(hash)].some((one) =>
      [...this.saidIn(one).keys()].some((key) => key.startsWith(`${record} `)),
    );
  }

  private before(hash: string): ReadonlySet<string> {
    const known = this.ancestors.get(hash);
    if (known !== undefined) return known;
    const all = new Set<string>();
    for (const parent of this.commits.get(hash)?.parents ?? []) {
      all.add(parent);
      for (const one of this.before(parent)) all.add(one);
    }
    this.ancestors.set(hash, all);
    return all;
  }
  private unseen(a: Known, b: Known): boolean {
    return a !== b && !this.before(a.hash).has(b.hash) && !this.before(b.hash).has(a.hash);
  }

  /**
   * An undo that names the commits between which it reopens a conflict replaces them; if its value differs, it is added to
   * them.
   */
  private openedAgain(key: string, last: readonly Value[], all: readonly Value[]): readonly Value[] {
    const sides = last.flatMap((one) => {
      const named: readonly unknown[] = JSON.parse(one.by.said.get(`${key}-open`) ?? '[]');
      if (named.length === 0) return [one];
      const old = newest(all.filter(({ by }) => named.includes(by.hash) && this.before(one.by.hash).has(by.hash)));
      return old[0]?.value === one.value ? old : [one, ...old];
    });
    return [...new Set(sides)];
  }

  /** In the same form as `stateOf`. */
  state(): string {
    const byField = new Map<string, { by: Known; value: string }[]>();
    const byRecord = new Map<string, { by: Known; value: string; key: string }[]>();
    for (const by of this.commits.values()) {
      for (const [key, value] of by.said) {
        grouped(byField, key).push({ by, value });
        grouped(byRecord, key.split(' ').slice(0, 2).join(' ')).push({ by, value, key });
      }
    }
    const lines: string[] = [];
    for (const [key, all] of byField) {
      const [entity = '', id = '', field = ''] = key.split(' ');
      if (field.endsWith('-open')) continue;
      const last = all.filter((one) => !all.some((other) => this.before(other.by.hash).has(one.by.hash)));
      const winner = newest(last)[0];
      const open = this.openedAgain(key, last, all);
      const kind = KINDS.get(`${entity} ${field}`);
      if (kind !== undefined && winner !== undefined) lines.push(`${key} = ${column(kind, winner.value)}`);
      const edits =
        field === 'deleted'
          ? (byRecord.get(`${entity} ${id}`) ?? []).filter(
              (one) =>
                one.key !== key &&
                !one.key.endsWith('-open') &&
                open.some((d) => d.value === 'true' && this.unseen(d.by, one.by)),
            )
          : [];
      if (edits.length > 0 || open.some((one) => one.value !== winner?.value)) {
        lines.push(
          `${key} ! ${[...open, ...edits]
            .map((one) => one.by.hash + one.value)
            .sort()
            .join(' | ')}`,
        );
      }
    }
    for (const [record, all] of byRecord) {
      if (!Object.hasOwn(REGISTRY, record.split(' ')[0] ?? '')) continue;
      const first = all.toSorted((a, b) => a.by.clock - b.by.clock || (a.by.hash < b.by.hash ? -1 : 1))[0];
      lines.push(`${record} @ ${first?.by.wall ?? 0}`);
    }
    return lines.sort().join('\n');
  }
}

interface Value {
  readonly by: Known;
  readonly value: string;
}
const newest = (all: readonly Value[]): Value[] =>
  all.toSorted((a, b) => b.by.clock - a.by.clock || (a.by.hash < b.by.hash ? 1 : -1));

function grouped<T>(map: Map<string, T[]>, key: string): T[] {
  const list = map.get(key) ?? [];
  map.set(key, list);
  return list;
}

const KINDS: ReadonlyMap<string, FieldKind> = new Map(
  Object.entries(REGISTRY).flatMap(([name, fields]) =>
    Object.entries(fields).map(([key, { kind }]) => [`${name} ${key}`, kind] as const),
  ),
);

function column(kind: FieldKind, text: string): string {
  const value: unknown = JSON.parse(text);
  if (kind === 'json') return value === null ? 'null' : text;
  if (kind === 'text') return typeof value === 'string' ? value : 'null';
  if (kind === 'int') return Number.isSafeInteger(value) ? String(value) : 'null';
  if (kind === 'bool') return typeof value === 'boolean' ? String(Number(value)) : 'null';
  return typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value) ? value : 'null';
}
