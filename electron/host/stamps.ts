import { createHash, X509Certificate } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { z } from 'zod';
import type { CallArgs, CallOutput } from '../../shared/contract/index.ts';
import type { Root } from '../../shared/contract/time-authorities.ts';
import type { Stamped } from '../../shared/contract/timestamps.ts';
import { exportFault, readFault } from '../../shared/file-faults.ts';
import { sha256 } from '../../shared/model/index.ts';
import { fileNameOf } from '../../shared/text/file-name.ts';
import type { TrustedRoot } from '../project/timestamps/roots.ts';
import { askAuthority, authorityAt } from './ask-authority.ts';
import type { OpenProject } from './engines.ts';
import { writeWhole } from './files.ts';
import type { Home } from './home.ts';
import type { OfferedFiles } from './offered-files.ts';
import type { Shell, WindowId } from './shell.ts';
import { certificatesOf, rootIn } from './trusted-roots.ts';

type Asked<N extends keyof Calls> = CallArgs<Calls[N]>;
type Answered<N extends keyof Calls> = Promise<CallOutput<Calls[N]>>;
interface Calls {
  readonly writeStampRequest: 'app.writeStampRequest';
  readonly writeStamp: 'app.writeStamp';
  readonly askAuthority: 'app.askAuthority';
  readonly hashOffer: 'app.hashOffer';
  readonly trustedRoots: 'app.trustedRoots';
  readonly readRoots: 'app.readRoots';
  readonly trustRoots: 'app.trustRoots';
  readonly removeRoot: 'app.removeRoot';
}
/** Time stamps in a window: see shared/contract/time-authorities.ts. */
export type Stamps = { readonly [N in keyof Calls]: (window: WindowId, input: Asked<N>) => Answered<N> };

export interface StampsOptions {
  readonly shell: Pick<Shell, 'placeForExport'>;
  readonly home: Home;
  readonly offeredFiles: OfferedFiles;
  readonly projectOf: (window: WindowId) => Promise<OpenProject>;
}

export function createStamps({ shell, home, offeredFiles, projectOf }: StampsOptions): Stamps {
  const write = async (window: WindowId, name: string, content: () => Promise<Buffer>) => {
    const place = await shell.placeForExport(window, name);
    if (place === null) return { done: false, name: null, bytes: 0, download: null };
    const bytes = await content();
    try {
      // The dialog has already asked whether a file of that name may be replaced.
      writeWhole(place.path, bytes);
    } catch (thrown) {
      throw exportFault(thrown);
    }
    return { done: true, name: basename(place.path), bytes: bytes.length, download: place.download };
  };
  const trusted = () => {
    const roots = home.roots().map((root) => ({ ...shown(root), addedAt: root.addedAt }));
    return { roots: roots.toSorted((a, b) => (a.subject < b.subject ? -1 : a.subject > b.subject ? 1 : 0)) };
  };
  const pemsIn = ({ name, content }: Asked<'readRoots'>): string[] =>
    certificatesOf(Buffer.from(content, 'base64'), name);
  return {
    async writeStampRequest(window, of) {
      const { engine } = await projectOf(window);
      const name = await nameOf(engine, of);
      return write(window, `${fileNameOf(name)}.tsq`, async () =>
        Buffer.from((await engine.call('timestamps.ask', of)).request, 'base64'),
      );
    },
    async writeStamp(window, { id }) {
      const { engine } = await projectOf(window);
      const { name, answer } = await engine.call('timestamps.get', { id });
      return write(window, `${fileNameOf(name)}.tsr`, async () => Buffer.from(answer, 'base64'));
    },
    async askAuthority(window, { of, url }) {
      const address = authorityAt(url);
      const { engine } = await projectOf(window);
      const { id, request } = await engine.call('timestamps.ask', of);
      const answer = await askAuthority(address, Buffer.from(request, 'base64'));
      return engine.call('timestamps.answer', { id, answer: answer.toString('base64') });
    },
    async hashOffer(window, { offer }) {
      const { paths, release } = offeredFiles.take(window, [offer]);
      try {
        return await hashed(paths[0] ?? '');
      } finally {
        release();
      }
    },
    trustedRoots: async () => trusted(),
    readRoots: async (_window, file) => ({ roots: pemsIn(file).map((pem) => shown(rootIn(pem))) }),
    async trustRoots(_window, file) {
      home.trustRoots(pemsIn(file));
      return trusted();
    },
    async removeRoot(_window, { fingerprint }) {
      home.removeRoot(fingerprint);
      return trusted();
    },
  };
}

async function nameOf({ call }: Pick<OpenProject['engine'], 'call'>, of: Stamped): Promise<string> {
  if (!('snapshot' in of)) return of.file;
  const { snapshots } = await call('snapshots.list', {});
  return snapshots.find(({ id }) => id === of.snapshot)?.name ?? 'snapshot';
}

function shown({ fingerprint, subject, pem }: TrustedRoot): Root {
  const { validFrom, validTo } = new X509Certificate(pem);
  const at = (written: string): number | null => (Number.isNaN(Date.parse(written)) ? null : Date.parse(written));
  return { fingerprint, subject, from: at(validFrom), until: at(validTo) };
}

async function hashed(path: string): Answered<'hashOffer'> {
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for await (const given of createReadStream(path)) {
      const piece = z.instanceof(Buffer).parse(given);
      hash.update(piece);
      bytes += piece.length;
    }
  } catch (thrown) {
    throw readFault(thrown);
  }
  return { sha256: sha256.parse(hash.digest('hex')), bytes };
}
