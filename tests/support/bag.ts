import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { openPromise } from 'yauzl';
import { ZipFile } from 'yazl';

/** A zip's files by name, in its order. */
export async function unzipped(file: string): Promise<Map<string, Buffer>> {
  const zip = await openPromise(file, { autoClose: false });
  const found = new Map<string, Buffer>();
  for await (const entry of zip.eachEntry()) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of await zip.openReadStreamPromise(entry))
      if (chunk instanceof Uint8Array) chunks.push(chunk);
    found.set(entry.fileName, Buffer.concat(chunks));
  }
  zip.close();
  return found;
}

export async function zipped(file: string, entries: Iterable<readonly [string, Uint8Array]>): Promise<void> {
  const zip = new ZipFile();
  for (const [name, bytes] of entries) zip.addBuffer(Buffer.from(bytes), name);
  zip.end();
  await finished(zip.outputStream.pipe(createWriteStream(file)));
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const linesOf = (bytes: Uint8Array | undefined): string[] =>
  Buffer.from(bytes ?? [])
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');

/**
 * Problems of a bag by RFC 8493, read by the letter and without our own code: declaration, complete payload manifest, no
 * payload file outside it, checksums of payload and tag files, Payload-Oxum. Empty if it is valid.
 */
export function bagFaults(files: ReadonlyMap<string, Buffer>): string[] {
  const tops = new Set([...files.keys()].map((name) => name.split('/')[0] ?? ''));
  if (tops.size !== 1) return [`${tops.size} top folders`];
  const bag = new Map([...files].map(([name, bytes]) => [name.slice(name.indexOf('/') + 1), bytes]));
  const faults: string[] = [];
  const declared = bag.get('bagit.txt')?.toString('utf8');
  if (declared !== 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n') faults.push('no declaration');
  const check = (list: string): Set<string> => {
    const names = new Set<string>();
    for (const line of linesOf(bag.get(list))) {
      const [sum, name] = [line.slice(0, 64), line.slice(64).trimStart()];
      const bytes = bag.get(name);
      if (bytes === undefined) faults.push(`${list}: ${name} is missing`);
      else if (sha256(bytes) !== sum) faults.push(`${list}: ${name} was altered`);
      names.add(name);
    }
    return names;
  };
  const payload = check('manifest-sha256.txt');
  const tags = check('tagmanifest-sha256.txt');
  for (const name of bag.keys()) {
    if (name.startsWith('data/') && !payload.has(name)) faults.push(`${name} is in no manifest`);
    if (!name.startsWith('data/') && name !== 'tagmanifest-sha256.txt' && !tags.has(name))
      faults.push(`${name} is in no tag manifest`);
  }
  const bytes = [...payload].reduce((sum, name) => sum + (bag.get(name)?.length ?? 0), 0);
  const oxum = linesOf(bag.get('bag-info.txt')).find((line) => line.startsWith('Payload-Oxum: '));
  if (oxum !== `Payload-Oxum: ${bytes}.${payload.size}`)
    faults.push(`${oxum ?? 'no Payload-Oxum'}, not ${bytes}.${payload.size}`);
  return faults;
}

/** The same files with one changed and every manifest adjusted, as a careful forger would send. */
export function forged(files: ReadonlyMap<string, Buffer>, path: string, bytes: Buffer): Map<string, Buffer> {
  const all = new Map(files);
  const [top = ''] = [...files.keys()][0]?.split('/') ?? [];
  const put = (list: string, name: string): void => {
    const key = `${top}/${list}`;
    const lines = linesOf(all.get(key)).map((line) =>
      line.slice(64).trim() === name ? `${sha256(all.get(`${top}/${name}`) ?? Buffer.alloc(0))}  ${name}` : line,
    );
    all.set(key, Buffer.from(`${lines.join('\n')}\n`));
  };
  all.set(`${top}/${path}`, bytes);
  put('manifest-sha256.txt', path);
  put('tagmanifest-sha256.txt', 'manifest-sha256.txt');
  return all;
}
