import { z } from 'zod';
import { LARGEST_ANSWER, sha256, timestampId } from '../model/index.ts';
import { saved } from './app.ts';
import { call } from './define.ts';
import { stamp, stamped } from './timestamps.ts';

/** A root certificate, as a person compares it with what its authority publishes. */
const root = z.object({
  /** SHA-256 of its DER. */
  fingerprint: sha256,
  /** One attribute a line. */
  subject: z.string(),
  /** Epoch milliseconds; null if the certificate doesn’t say it readably. */
  from: z.number().nullable(),
  until: z.number().nullable(),
});
export type Root = z.infer<typeof root>;
const trusted = z.object({ roots: z.array(root.extend({ addedAt: z.number() })) });

/** A file of certificates, PEM or DER, in base64, with its name for errors. */
const certificates = z.object({
  name: z.string().max(500),
  content: z.base64().max(Math.ceil(LARGEST_ANSWER / 3) * 4),
});

/** Time stamps in a window: the one act that uses the network, files that leave, and the roots trusted on this installation. */
export const timeAuthorities = {
  /**
   * Sends the request to the authority at this address now, and keeps its answer. The only call that uses the network. USAGE for an address
   * that is none; NOT_FOUND, TIMED_OUT, TOO_LARGE and BAD_INPUT as the authority answers: the request stays waiting.
   */
  'app.askAuthority': call('host', z.object({ of: stamped, url: z.string().trim().min(1).max(2000) }), stamp),
  /** The authority’s answer where the person says. NOT_FOUND while it is waiting. */
  'app.writeStamp': call('host', z.object({ id: timestampId }), saved),
  /** The SHA-256 of a file that was chosen. The offer is used up. */
  'app.hashOffer': call('host', z.object({ offer: z.string() }), z.object({ sha256, bytes: z.int() })),
  /** By subject. None is trusted until a person adds it. */
  'app.trustedRoots': call('host', z.object({}), trusted),
  /** The roots in a file, to be compared before they are trusted. BAD_INPUT for a file that has none. */
  'app.readRoots': call('host', certificates, z.object({ roots: z.array(root) })),
  /** Trusts the roots in a file, on this installation. */
  'app.trustRoots': call('host', certificates, trusted),
  /** NOT_FOUND for one that isn’t trusted. */
  'app.removeRoot': call('host', z.object({ fingerprint: sha256 }), trusted),
};
