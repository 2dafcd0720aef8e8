import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DECLARATION } from './layout.ts';

/** The hash and the size of a file, read as a stream. Throws the system’s error, and AbortError. */
export async function hashOfFile(path: string, signal?: AbortSignal): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(path, signal === undefined ? {} : { signal }))
    if (chunk instanceof Uint8Array) {
      hash.update(chunk);
      bytes += chunk.length;
    }
  return { sha256: hash.digest('hex'), bytes };
}

/**
 * A BagIt 1.0 bag (RFC 8493) that is written as a folder, which the caller made and renames when it is complete. Paths are below it, with `/`.
 * Its methods throw the system’s errors, also for a file that is there already.
 */
export class BagFolder {
  private readonly manifest: string[] = [];
  private octets = 0;
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** The place of a payload file that somebody else writes; its folder is made. Afterwards it is listed with {@link list}. */
  place(path: string): string {
    const to = join(this.folder, path);
    mkdirSync(dirname(to), { recursive: true });
    return to;
  }

  /** Lists a file that is written. Returns its SHA-256. */
  async list(path: string, signal?: AbortSignal): Promise<string> {
    const { sha256, bytes } = await hashOfFile(join(this.folder, path), signal);
    return this.add(path, sha256, bytes);
  }

  text(path: string, text: string): string {
    const bytes = Buffer.from(text, 'utf8');
    writeFileSync(this.place(path), bytes, { flag: 'wx', flush: true });
    return this.add(path, createHash('sha256').update(bytes).digest('hex'), bytes.length);
  }

  /** Copies a file as a stream. Returns the SHA-256 of what was copied, for the caller to compare. */
  async copy(from: string, path: string, signal: AbortSignal): Promise<string> {
    const hash = createHash('sha256');
    let bytes = 0;
    const measure = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        hash.update(chunk);
        bytes += chunk.length;
        done(null, chunk);
      },
    });
    const to = createWriteStream(this.place(path), { flags: 'wx', flush: true });
    await pipeline(createReadStream(from), measure, to, { signal });
    return this.add(path, hash.digest('hex'), bytes);
  }

  /** Writes the tag files. Returns how many payload files there are, and their bytes. */
  end(info: Readonly<Record<string, string>>): { readonly files: number; readonly bytes: number } {
    const files = this.manifest.length;
    const lines = { ...info, 'Payload-Oxum': `${this.octets}.${files}` };
    const tags = {
      'bagit.txt': DECLARATION,
      'bag-info.txt': Object.entries(lines)
        .map(([label, value]) => `${label}: ${value.replace(/\s+/g, ' ').trim()}\n`)
        .join(''),
      'manifest-sha256.txt': this.manifest.join(''),
    };
    const listed = Object.entries(tags).map(([path, text]) => {
      writeFileSync(join(this.folder, path), text, { flag: 'wx', flush: true });
      return `${createHash('sha256').update(text).digest('hex')}  ${path}\n`;
    });
    writeFileSync(join(this.folder, 'tagmanifest-sha256.txt'), listed.join(''), { flag: 'wx', flush: true });
    return { files, bytes: this.octets };
  }

  private add(path: string, sha256: string, bytes: number): string {
    this.manifest.push(`${sha256}  ${path}\n`);
    this.octets += bytes;
    return sha256;
  }
}
