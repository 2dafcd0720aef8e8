import { resolve } from 'node:path';
import type { CallInput } from '../../shared/contract/index.ts';
import type { Selection } from '../../shared/contract/export.ts';
import { counted } from '../../shared/text/counted.ts';
import { submitBlindCopy, submittedRemarks } from '../engine/blind-copy.ts';
import type { Engine } from '../engine/engine.ts';
import type { Answer } from './command.ts';
import { passphraseIn } from './secrets.ts';
import { oneLine } from './terminal.ts';

/** What the command line says of a project file. */
export interface ProjectFileOptions {
  readonly passphraseFile?: string;
  readonly recipient: readonly string[];
  readonly sign?: boolean;
  readonly pseudonyms?: boolean;
  readonly unmasked?: boolean;
  readonly replace?: boolean;
}

/** Writes a project file: {file,bytes,files,signature,masks,leftOut,missing}. From a blind copy it submits the coder’s work. */
export async function exportProjectFile(
  engine: Engine,
  file: string,
  only: Selection,
  {
    passphraseFile,
    recipient,
    sign = false,
    pseudonyms = false,
    replace = false,
    unmasked = false,
  }: ProjectFileOptions,
): Promise<Answer> {
  const submitted = pseudonyms ? null : await submitBlindCopy(engine);
  const input: CallInput<'projectFile.export'> = {
    path: resolve(file),
    replace,
    options: {
      only,
      protection: {
        ...(passphraseFile === undefined ? {} : { passphrase: passphraseIn(passphraseFile) }),
        recipients: [...recipient],
        sign,
      },
      pseudonyms,
      unmasked,
    },
  };
  const { masks } = await engine.call('projectFile.masks', { only, pseudonyms });
  const { path, bytes, files, signature, leftOut, missing } = await engine.call('projectFile.export', input);
  const of = submitted === null ? {} : { assignment: submitted.id };
  return {
    json: { file: path, bytes, files, signature, masks, leftOut, missing, ...of },
    lines: [
      `Wrote ${oneLine(path)} (${counted(bytes, 'byte')})`,
      ...(signature === null ? [] : [`Signature in ${oneLine(signature)}`]),
    ],
    remarks: [
      ...submittedRemarks(submitted),
      ...(masks === 0
        ? []
        : [
            `This project file keeps the originals, with everything that is masked (${counted(masks, 'mask')} in it). It is for the team: don’t publish it.`,
          ]),
      ...(leftOut === 0
        ? []
        : [
            `${counted(leftOut, 'source')} ${leftOut === 1 ? 'was' : 'were'} left out, since something is masked there.`,
          ]),
      ...missing.map(({ message }) => `${oneLine(message)} The export doesn’t include it, and says so.`),
    ],
  };
}
