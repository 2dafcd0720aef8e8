import { idText } from '../ids.ts';
import { leafHash, saltsOf, wholeLeaves, type Change, type Leaf, type Packet, type WholeBody } from '../log/packet.ts';
import type { Show } from '../types.ts';
import { STEP } from '../log/write.ts';
import { canonical } from '../../../shared/changes/canonical.ts';

/**
 * Hides what `show` does not allow: of a hidden change only the salted hash of its leaf stays, so that the commit still
 * verifies and the body can be supplied later. The label goes with the first hidden change: it names what was done.
 */
export function withhold(packet: Packet, show: (change: Change) => boolean): Packet {
  const { header, sig, body } = packet;
  if (body === null) return packet;
  if ('seed' in body) return withholdWhole({ header, sig }, body, show);
  const keepLabel = body.leaves.every((leaf, i) => i === 0 || 'hash' in leaf || show(leaf.change));
  const leaves = body.leaves.map((leaf, i): Leaf => {
    if ('hash' in leaf || (i === 0 ? keepLabel : show(leaf.change))) return leaf;
    return { hash: leafHash(leaf.salt, i, leaf.change) };
  });
  return { header, sig, body: leaves.some((leaf, i) => i > 0 && 'salt' in leaf) ? { leaves } : null };
}

function withholdWhole(
  signed: Pick<Packet, 'header' | 'sig'>,
  body: WholeBody,
  show: (change: Change) => boolean,
): Packet {
  const visible = body.changes.map(show);
  if (visible.every(Boolean)) return { ...signed, body };
  if (!visible.some(Boolean)) return { ...signed, body: null };
  const all = wholeLeaves(body);
  const salts = saltsOf(body.seed, all.length / 32);
  const leaves = Array.from({ length: all.length / 32 }, (_, i): Leaf => {
    const change = body.changes[i - 1];
    if (change === undefined || visible[i - 1] !== true) return { hash: all.subarray(i * 32, i * 32 + 32) };
    return { salt: Buffer.from(salts.subarray(i * 16, i * 16 + 16)), change };
  });
  return { ...signed, body: { leaves } };
}

/**
 * Withholds from a whole log, commit by commit in its order, what `show` does not let through. What an undo or a redo says of
 * itself goes out with the rest of its commit or not at all, and never where the label it repeats is withheld.
 */
export function withholding(show: Show): (packet: Packet & { readonly hash: Buffer }) => Packet {
  /** Hashes of commits whose label is withheld, as a step's value names them. */
  const nameless = new Set<string>();
  return (packet) => {
    const said = changesIn(packet);
    const rest = said.filter((one) => one.entity !== STEP);
    const shown = new Map(rest.map((one) => [one, show(one.entity, idText(one.id), one.field)]));
    const whole = rest.length > 0 && [...shown.values()].every(Boolean);
    const repeats = said.some((one) => one.entity === STEP && nameless.has(one.value));
    const out = withhold(packet, (change) => (change.entity === STEP ? whole && !repeats : shown.get(change) === true));
    if (!keepsLabel(out)) nameless.add(canonical(packet.hash.toString('hex')));
    return out;
  };
}

function changesIn({ body }: Packet): readonly Change[] {
  if (body === null) return [];
  if ('seed' in body) return body.changes;
  return body.leaves.flatMap((leaf, i) => (i > 0 && 'salt' in leaf ? [leaf.change] : []));
}

function keepsLabel({ body }: Packet): boolean {
  if (body === null) return false;
  const first = 'seed' in body ? undefined : body.leaves[0];
  return first === undefined || 'salt' in first;
}
