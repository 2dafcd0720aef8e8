import { isCanonical } from '../../../shared/changes/canonical.ts';
import { HORIZON } from './horizon.ts';
import { padded, type Body, type Change, type Packet } from './packet.ts';
import { MAX_VALUE } from './write.ts';

const NAME = /^[a-z][A-Za-z0-9-]{0,39}$/;
const isHash = (bytes: Buffer): boolean => bytes.length === 32;

/** What is wrong with a packet's form; null where nothing is. Its hashes and signature are not looked at. */
export function misshapen(packet: Packet, project: Buffer): string | null {
  const { header: h, sig, body } = packet;
  if (!h.project.equals(project)) return 'it belongs to a different project';
  if (h.kind !== 1 && h.kind !== HORIZON) return 'its type isn’t known to this version';
  const numbers = Number.isSafeInteger(h.clock) && h.clock > 0 && Number.isSafeInteger(h.wall) && h.wall >= 0;
  if (!numbers || h.replica.length !== 16 || !isHash(h.key) || sig.length !== 64 || !isHash(h.root))
    return 'its header is malformed';
  if (!parentsAreInForm(h.own, h.others)) return 'its parents are malformed';
  return body === null || bodyIsInForm(body) ? null : 'its body is malformed';
}

function parentsAreInForm(own: Buffer | null, others: readonly Buffer[]): boolean {
  if (own !== null && (!isHash(own) || own.every((byte) => byte === 0))) return false;
  if (others.length > 65_535) return false;
  return others.every((one, n) => {
    const before = others[n - 1];
    return isHash(one) && (before === undefined || Buffer.compare(before, one) < 0) && own?.equals(one) !== true;
  });
}

function bodyIsInForm(body: Body): boolean {
  const seen = new Set<string>();
  const isNew = (change: Change): boolean => {
    const key = `${change.entity} ${change.id.toString('latin1')}${change.field}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  };
  if ('seed' in body) {
    const { seed, label, changes } = body;
    return (
      seed.length === 16 &&
      isCanonical(label) &&
      changes.length > 0 &&
      changes.every((one) => changeIsInForm(one) && isNew(one))
    );
  }
  const { leaves } = body;
  if (leaves.length !== padded(leaves.length)) return false;
  return leaves.every((leaf, i) => {
    if ('hash' in leaf) return isHash(leaf.hash);
    if (leaf.salt.length !== 16) return false;
    if (i === 0) return leaf.change.entity === 'commit' && isCanonical(leaf.change.value);
    return changeIsInForm(leaf.change) && isNew(leaf.change);
  });
}

function changeIsInForm({ entity, id, field, value }: Change): boolean {
  if (!NAME.test(entity) || !NAME.test(field) || entity === 'commit' || id.length !== 16) return false;
  return value.length <= MAX_VALUE && isCanonical(value);
}
