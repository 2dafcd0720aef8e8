import type { Readable } from 'node:stream';
import type { Fault } from '../../../shared/errors.ts';
import { unicodeOf } from '../charset.ts';
import { damagedPart } from './read.ts';

/**
 * The characters of a file in UTF-8 or UTF-16, in pieces. Throws what `badInput` makes of a file in another encoding; DAMAGED if it
 * can’t be unpacked.
 */
export async function* textPieces(
  content: Readable | Promise<Readable>,
  name: string,
  badInput: (what: string) => Fault,
): AsyncGenerator<string> {
  let decoder: TextDecoder | null = null;
  const decode = (bytes: Uint8Array | undefined): string => {
    decoder ??= new TextDecoder(unicodeOf(bytes ?? new Uint8Array()), { fatal: true });
    try {
      return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
    } catch {
      throw badInput(`“${name}” isn’t text in ${decoder.encoding.toUpperCase()}`);
    }
  };
  try {
    for await (const chunk of await content) if (chunk instanceof Uint8Array) yield decode(chunk);
  } catch (thrown) {
    throw damagedPart(name, thrown);
  }
  yield decode(undefined);
}
