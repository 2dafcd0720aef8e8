import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { ZipFile } from 'yazl';

export interface WaczToWrite {
  /** Files of `archive/`, by name. */
  readonly warcs: Readonly<Record<string, Buffer>>;
  /** Lines of `pages.jsonl` after its header, as objects or bare text. */
  readonly pages?: readonly (object | string)[];
  readonly extraPages?: readonly (object | string)[];
  /** Deflates the WARCs, as a careless zip program does. */
  readonly deflated?: boolean;
  readonly signedBy?: KeyObject;
  /** Instead of `signedBy`: the `signedData`, made from the hash of `datapackage.json`. */
  readonly signedData?: (hash: string) => object;
  /** The content of `datapackage.json`. */
  readonly about?: object;
  /** After everything is hashed: other bytes for a file, or null to leave it out. */
  readonly altered?: Readonly<Record<string, Buffer | null>>;
}

const sha256 = (bytes: Uint8Array): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

/** A WACZ 1.1.1 with its package, lists of pages and, if a key is given, an anonymous signature. */
export async function wacz(given: WaczToWrite): Promise<Buffer> {
  const files = new Map<string, Buffer>();
  for (const [name, bytes] of Object.entries(given.warcs)) files.set(`archive/${name}`, bytes);
  if (given.pages !== undefined) files.set('pages/pages.jsonl', list(given.pages));
  if (given.extraPages !== undefined) files.set('pages/extraPages.jsonl', list(given.extraPages));
  const resources = [...files].map(([path, bytes]) => ({
    name: path.split('/').pop(),
    path,
    hash: sha256(bytes),
    bytes: bytes.length,
  }));
  const about = {
    profile: 'data-package',
    wacz_version: '1.1.1',
    software: 'Sourcebook tests 1.0',
    resources,
    ...given.about,
  };
  const datapackage = Buffer.from(JSON.stringify(about, null, 2));
  files.set('datapackage.json', datapackage);
  const hash = sha256(datapackage);
  const said = given.signedBy === undefined ? given.signedData?.(hash) : signedData(hash, given.signedBy);
  const signed = said === undefined ? {} : { signedData: said };
  files.set('datapackage-digest.json', Buffer.from(JSON.stringify({ path: 'datapackage.json', hash, ...signed })));
  for (const [name, bytes] of Object.entries(given.altered ?? {})) {
    if (bytes === null) files.delete(name);
    else files.set(name, bytes);
  }
  return zipped(files, (name) => (given.deflated ?? false) || !name.startsWith('archive/'));
}

function list(pages: readonly (object | string)[]): Buffer {
  const header = { format: 'json-pages-1.0', id: 'pages', title: 'All Pages' };
  return Buffer.from([header, ...pages].map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join('\n'));
}

/** Signs like ArchiveWeb.page: ECDSA P-384 over the text of the hash, in the format of IEEE P1363. */
function signedData(hash: string, privateKey: KeyObject): object {
  const publicKey = publicOf(privateKey);
  return {
    hash,
    created: '2024-05-06T07:10:00Z',
    software: 'Sourcebook tests 1.0',
    signature: sign('sha256', Buffer.from(hash), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64'),
    publicKey,
  };
}

const pairs = new Map<KeyObject, string>();
/** A key to sign with. */
export function signingKey(): KeyObject {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
  pairs.set(privateKey, publicKey.export({ format: 'der', type: 'spki' }).toString('base64'));
  return privateKey;
}
function publicOf(key: KeyObject): string {
  const found = pairs.get(key);
  if (found === undefined) throw new Error('Make the key with signingKey()');
  return found;
}

/** A zip of these files; `packs` says which are deflated. */
export async function zipped(
  files: ReadonlyMap<string, Buffer>,
  packs: (name: string) => boolean = () => false,
): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, bytes] of files) zip.addBuffer(bytes, name, { compress: packs(name) });
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  return Buffer.concat(chunks);
}
