import type { ExchangeQuestion } from '../../../shared/contract/exchange-questions.ts';
import { type LayerId, type PersonId, type SourceId } from '../../../shared/model/index.ts';
import type { LayerFile } from '../../../shared/text/layer-file.ts';
import type { QdaFiled, QdaFileRead } from '../../formats/qda/file.ts';
import type { QdaNote } from '../../formats/qda/model.ts';
import { sourceIdOf } from '../../project/ids.ts';
import { isLive } from '../../project/live.ts';
import type { FilePreview } from './import-file.ts';
import type { Ledger } from './ledger.ts';
import type { CodesHere } from './qda-in-codes.ts';
import type { IncomingRecords } from './records.ts';

/** What the parts of an import share. */
export interface QdaImport {
  readonly importing: Pick<FilePreview, 'context' | 'file' | 'goOn' | 'said' | 'signal' | 'tell'>;
  readonly read: QdaFileRead;
  readonly records: IncomingRecords;
  readonly ledger: Ledger;
  readonly codes: CodesHere;
  /** The names of the file’s users, by GUID. */
  readonly users: ReadonlyMap<string, string>;
  /** Whose each user’s tags are here, by GUID; those of anybody else are the importing person’s. */
  readonly coders: ReadonlyMap<string, PersonId>;
  readonly questions: readonly ExchangeQuestion[];
  readonly notes: ReadonlyMap<string, QdaNote>;
  /** What became of each note that came in so far. */
  readonly noted: Map<string, 'added' | 'here'>;
  /** The file is one of Sourcebook’s. */
  readonly isOwn: boolean;
}

/** A source of the file in the project, with its current text. */
export interface PlacedSource {
  readonly filed: QdaFiled;
  /** Null: it is only being counted. */
  readonly id: SourceId | null;
  readonly layer: LayerId | null;
  readonly file: LayerFile | null;
}

/** The source that a file becomes, where the project has it already; it must be read to know the others. */
export function sourceHere({ importing }: QdaImport, { original }: QdaFiled): SourceId | null {
  if (original === null) return null;
  const id = sourceIdOf(original.sha256);
  return isLive(importing.context.db, 'source', id) ? id : null;
}

export const MISSING = 'Its source is not in the file.';
export const AS_TEXT = 'Of some, only the text is in the file: they come in as text.';
