import { canonical, parsed } from '../../../shared/changes/canonical.ts';
import type { CommitHash } from '../../../shared/model/index.ts';
import { idBytes, idText, personOfKey } from '../ids.ts';
import type { Log } from './log.ts';
import {
  bodyRoot,
  headerBytes,
  HORIZON,
  labelChange,
  type Leaf,
  leafHash,
  type Packet,
  padded,
  saltsOf,
  type WholeBody,
  wholeLeaves,
} from './packet.ts';
import { readPacket } from './packets.ts';
import type { Proof, Proven, ProvenField } from './proven.ts';
import { isValidSignature } from './signatures.ts';

const ORDINARY = 1;

/**
 * Returns proofs of these commits. Left out are commits whose changes aren’t here, and those in which one person restates what others wrote.
 */
export function proofsOf(log: Log, commits: readonly CommitHash[], isShown: (field: ProvenField) => boolean): Proof[] {
  return commits.flatMap((hash): Proof[] => {
    const row = log.byHash(Buffer.from(hash, 'hex'));
    if (row === null) return [];
    const packet = readPacket(log, row.c);
    return packet.header.kind === HORIZON ? [] : proofOf(packet, isShown);
  });
}

function proofOf({ header, sig, body }: Packet, isShown: (field: ProvenField) => boolean): Proof[] {
  const leaves = body === null ? [] : 'seed' in body ? openedLeaves(body) : body.leaves;
  const shown = leaves.flatMap((leaf, at) => {
    if ('hash' in leaf || at === 0) return [];
    const { entity, field, value } = leaf.change;
    const id = idText(leaf.change.id);
    const json = parsed(value);
    if (json === undefined || !isShown({ entity, id, field })) return [];
    return [{ at, salt: leaf.salt.toString('hex'), entity, id, field, value: json }];
  });
  if (shown.length === 0) return [];
  const hashes = leaves.map((leaf, at) => ('hash' in leaf ? leaf.hash : leafHash(leaf.salt, at, leaf.change)));
  return [
    {
      header: headerBytes(header).toString('hex'),
      signature: sig.toString('hex'),
      leaves: Buffer.concat(hashes).toString('base64'),
      shown,
    },
  ];
}

/** The leaves of a whole body: its label, its changes, and the hashes of the padding. */
function openedLeaves(body: WholeBody): Leaf[] {
  const all = wholeLeaves(body);
  const salts = saltsOf(body.seed, all.length / 32);
  return Array.from({ length: all.length / 32 }, (_, at): Leaf => {
    const change = at === 0 ? labelChange(body.label) : body.changes[at - 1];
    return change === undefined
      ? { hash: all.subarray(at * 32, at * 32 + 32) }
      : { salt: salts.subarray(at * 16, at * 16 + 16), change };
  });
}

/** Offsets of fields in a header: see `headerBytes`. */
const [KEY, CLOCK, OTHERS] = [37, 69, 85];
const NAME = /^[a-z][A-Za-z0-9-]{0,39}$/;

/** Returns what a proof shows; null if its signature is not over that. */
export function openProof({ header: hex, signature, leaves: hashes, shown }: Proof): Proven | null {
  const [header, sig, all] = [Buffer.from(hex, 'hex'), Buffer.from(signature, 'hex'), Buffer.from(hashes, 'base64')];
  if (header.length < OTHERS + 2 || header.toString('latin1', 0, 4) !== 'SBC1' || header[4] !== ORDINARY) return null;
  if (header.length !== OTHERS + 2 + 32 * (2 + header.readUInt16BE(OTHERS)) || sig.length !== 64) return null;
  const count = all.length / 32;
  if (!Number.isInteger(count) || count !== padded(count)) return null;
  const leaves = Array.from({ length: count }, (_, at): Leaf => ({ hash: all.subarray(at * 32, at * 32 + 32) }));
  const places = new Set<number>();
  for (const { at, salt: written, entity, id: text, field, value } of shown) {
    const [salt, id] = [Buffer.from(written, 'hex'), idBytes(text)];
    const isInForm = NAME.test(entity) && NAME.test(field) && entity !== 'commit' && id !== null && salt.length === 16;
    if (!isInForm || at < 1 || at >= count || places.has(at)) return null;
    places.add(at);
    leaves[at] = { salt, change: { entity, id, field, value: canonical(value) } };
  }
  const key = header.subarray(KEY, CLOCK);
  if (!bodyRoot({ leaves }).equals(header.subarray(-32)) || !isValidSignature(header, sig, key)) return null;
  return {
    person: personOfKey(key),
    key,
    clock: Number(header.readBigUInt64BE(CLOCK)),
    at: Number(header.readBigUInt64BE(CLOCK + 8)),
    changes: shown.map(({ entity, id, field, value }) => ({ entity, id, field, value })),
  };
}
