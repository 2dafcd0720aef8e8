import type { Anchor } from '../../../shared/model/index.ts';
import { Fault } from '../../../shared/errors.ts';
import type { OpenMask } from '../../../shared/contract/masks.ts';
import { counted } from '../../../shared/text/counted.ts';
import type { ReadContext } from '../context.ts';
import { Masking } from './masking.ts';
import { openMasks } from './open.ts';
import { liveMasks, markedPassages, trashedSourceMasks } from './queries.ts';

type Context = Pick<ReadContext, 'db' | 'project' | 'files'>;

/** A passage that is to be exported. */
export interface Outgoing {
  readonly id: string;
  readonly source: string;
  readonly layer: string | null;
  readonly place: Anchor;
}

/** The content of an export: whole texts of sources (null for all sources), or passages alone, as a list or by source on demand. */
export type GoesOut =
  | { readonly sources: ReadonlySet<string> | null }
  | { readonly passages: readonly Outgoing[] }
  | { readonly passagesOf: (source: string) => readonly Outgoing[] };

/**
 * The masks for an export. Throws UNMASKED, with the passages, if the export has a passage that is marked as naming a private person and
 * is not masked, by itself or by its words in another passage or the whole text. Also throws if a mask can’t be read, or is not found
 * in the current text, since the words it masks would be exported.
 */
export function maskedFor(context: Context, what: GoesOut): Masking {
  const { masking, refusalOf } = maskingFor(context);
  const refused = refusalOf(what);
  if (refused !== null) throw refused;
  return masking;
}

/** The masks, and a function that returns the fault (UNMASKED) why something can’t be exported; null if it can. For several exports of one state of the project. */
export function maskingFor(context: Context): {
  readonly masking: Masking;
  readonly refusalOf: (what: GoesOut) => Fault | null;
} {
  const masking = new Masking(context);
  const refusing = openMasks(context, masking).filter(({ refuses }) => refuses);
  const lost = [...masking.unreadable, ...masking.lost().map(({ source }) => source)];
  return {
    masking,
    refusalOf: (what) => {
      const isOut = goingOut(what);
      const unmasked = refusing.filter(isOut.open);
      if (unmasked.length > 0) return refusal(unmasked);
      const sources = [...new Set(lost.filter(isOut.source))];
      if (sources.length === 0) return null;
      return new Fault(
        'UNMASKED',
        `${counted(sources.length, 'mask')} can’t be placed in the present text: made by a newer version of Sourcebook, or on an older text. Mask the words there, or leave these sources out.`,
        { sources },
      );
    },
  };
}

/**
 * The masks for an export without words of sources, such as a bibliography or codebook. Texts that people wrote, titles too, lose the
 * words that are masked anywhere. Throws UNMASKED while these sources (null for all) have a passage that must be masked, since a title
 * could have the same name, and while this version can’t read a mask.
 */
export function maskedForWords(context: Context, of: ReadonlySet<string> | null): Masking {
  const masking = new Masking(context);
  const unmasked = openMasks(context, masking, of).filter(({ refuses }) => refuses);
  if (unmasked.length > 0) throw refusal(unmasked);
  const sources = [...masking.unreadable];
  if (sources.length > 0)
    throw new Fault(
      'UNMASKED',
      `${counted(sources.length, 'source')} ${sources.length === 1 ? 'has' : 'have'} a mask made by a newer version of Sourcebook. What it masks could be named in this file, so none was written. Update Sourcebook, or take the mask away.`,
      { sources },
    );
  return masking;
}

/** The sources in a project file. `sources`: null for all. `trash`: also sources in the trash, which a whole project file has. */
export interface FileSources {
  readonly sources: ReadonlySet<string> | null;
  readonly trash: boolean;
}

/**
 * The number of masks in a project file, which keeps its sources’ originals whole, and a refusal (UNMASKED) if one of its sources has a
 * passage that must be masked; null if none has.
 */
export function maskedInFile(
  context: Context,
  { sources, trash }: FileSources,
): { readonly masks: number; readonly unmasked: number; readonly refused: Fault | null } {
  const masking = new Masking(context, trash);
  const refusing = openMasks(context, masking, sources, trash).filter(({ refuses }) => refuses);
  const unmasked = new Set(refusing.map(({ passage }) => passage)).size;
  const masks = masking.all.filter(({ source }) => sources?.has(source) ?? true).length;
  return { masks, unmasked, refused: unmasked === 0 ? null : refusal(refusing, IN_FILE) };
}

const CANNOT = 'so this can’t be exported. Mask the names, or have two people say that nobody is named.';
const IN_FILE =
  'and a project file has the originals, so no file was written. Mask the names, have two people say that nobody is named, or say that the file is for teammates who will mask them.';

/** Whether anything is masked, or marked so that it must be. */
export const isMaskingUsed = (db: ReadContext['db']): boolean =>
  db.all(liveMasks, { trash: 0 }).length > 0 ||
  db.all(trashedSourceMasks, {}).length > 0 ||
  db.all(markedPassages, { trash: 0 }).length > 0;

function goingOut(what: GoesOut): {
  readonly open: (open: OpenMask) => boolean;
  readonly source: (source: string) => boolean;
} {
  if ('sources' in what) {
    const source = (id: string): boolean => what.sources?.has(id) ?? true;
    return { source, open: (one) => source(one.source) };
  }
  const passagesOf = 'passagesOf' in what ? remembered(what.passagesOf) : bySource(what.passages);
  return {
    source: (id) => passagesOf(id).length > 0,
    open: (one) =>
      passagesOf(one.source).some(
        ({ id, layer, place }) => id === one.passage || (layer === one.layer && areTogether(place, one.anchor)),
      ),
  };
}

/** Groups passages by source on the first call only: most projects mask nothing, and there can be 100,000 passages. */
function bySource(passages: readonly Outgoing[]): (source: string) => readonly Outgoing[] {
  let groups: ReadonlyMap<string, readonly Outgoing[]> | null = null;
  return (source) => (groups ??= Map.groupBy(passages, (one) => one.source)).get(source) ?? [];
}

function remembered<T>(of: (source: string) => T): (source: string) => T {
  const known = new Map<string, { readonly value: T }>();
  return (source) => {
    const one = known.get(source) ?? { value: of(source) };
    known.set(source, one);
    return one.value;
  };
}

/** Whether words of one anchor are exported with the other: the words around a passage are. */
function areTogether(a: Anchor, b: Anchor): boolean {
  if (a.kind === 'area' || b.kind === 'area') return false;
  return a.start - a.prefix.length < b.end && b.start < a.end + a.suffix.length;
}

/** The UNMASKED fault. Its message quotes no words, since an error must not name a private person either. */
function refusal(unmasked: readonly OpenMask[], so = CANNOT): Fault {
  const passages = [...new Set(unmasked.flatMap(({ passage }) => passage ?? []))];
  return new Fault(
    'UNMASKED',
    `${counted(passages.length, 'passage')} marked as naming a private person ${passages.length === 1 ? 'isn’t' : 'aren’t'} masked, ${so}`,
    { passages, sources: [...new Set(unmasked.map(({ source }) => source))] },
  );
}

/** The number of masks for each reason in an export, which every export lists. */
export function reasonsOf(
  masking: Masking,
  isOut: (source: string) => boolean,
): { readonly kind: 'Masked words' | 'Masked area'; readonly reason: string; readonly count: number }[] {
  const out = masking.all.filter(({ source }) => isOut(source));
  const groups = Map.groupBy(out, ({ anchor, reason }) => `${anchor.kind}\n${reason}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const kind = first.anchor.kind === 'text' ? ('Masked words' as const) : ('Masked area' as const);
    return [{ kind, reason: masking.free(first.reason), count: group.length }];
  });
}
