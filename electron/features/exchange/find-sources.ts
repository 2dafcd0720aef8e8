import type { RowOf } from '../../../shared/changes/fields.ts';
import { parsed } from '../../../shared/changes/canonical.ts';
import { archivePage } from '../../../shared/model/index.ts';
import type { Readable } from '../../db/types.ts';
import { pageAddress } from '../../project/sources/page-address.ts';
import { sourcesToExchange } from './queries.ts';

export type SourceRow = RowOf<'source'>;

/** How a text names an address, if two texts can name the same one. */
export const addressKey = (address: string): string => pageAddress(address)?.key ?? address.trim().replace(/#.*$/s, '');

/** The project’s sources, as files of other programs name them. Nothing here is in the trash. */
export class SourceFinder {
  private readonly ids = new Map<string, SourceRow>();
  private readonly hashes = new Map<string, SourceRow[]>();
  private readonly addresses = new Map<string, SourceRow[]>();
  private readonly titles = new Map<string, SourceRow[]>();

  constructor(db: Readable) {
    for (const row of db.all(sourcesToExchange, {})) {
      this.ids.set(row.id, row);
      for (const hash of [row.sha256, row.content]) if (hash !== null) push(this.hashes, hash, row);
      const page = archivePage.safeParse(parsed(row.archive ?? 'null')).data?.url ?? null;
      const keys = [row.captureUrl, page].flatMap((one) => (one === null || one.trim() === '' ? [] : addressKey(one)));
      for (const key of new Set(keys)) push(this.addresses, key, row);
      const name = folded(row.title ?? '');
      if (name !== '') push(this.titles, name, row);
    }
  }

  byId = (id: string): SourceRow | null => this.ids.get(id.toLowerCase()) ?? null;
  /** Of one file; several for pages of one archive. */
  byHash = (hash: string): readonly SourceRow[] => this.hashes.get(hash.toLowerCase()) ?? [];
  /** All captures of one page. */
  byAddress = (address: string): readonly SourceRow[] => this.addresses.get(addressKey(address)) ?? [];
  /** In any case and width of letters, whatever the punctuation. */
  byTitle = (title: string): readonly SourceRow[] => {
    const name = folded(title);
    return name === '' ? [] : (this.titles.get(name) ?? []);
  };
}

const folded = (title: string): string =>
  title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const there = map.get(key);
  if (there === undefined) map.set(key, [value]);
  else there.push(value);
}
