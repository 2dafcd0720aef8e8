import type { PlantedError } from '../planted-error.ts';

const FOLD = ['tests/unit/changes/fold.test.ts'];
const CLOCK = ['tests/unit/changes/clock.test.ts'];
const INVERSE = ['tests/unit/changes/inverse.test.ts'];
const UNDO = ['tests/unit/db/undo.test.ts'];
const VERIFY = ['tests/unit/db/verify.test.ts'];
const UNION = ['tests/unit/db/merge/union.test.ts'];
const AUTHORSHIP = ['tests/unit/db/authorship.test.ts'];

/** What is written, who wins, what an undo takes back, and whether the log still says what was signed. */
export const log: readonly PlantedError[] = [
  {
    file: 'shared/changes/fold.ts',
    from: 'return b.clock - a.clock ||',
    to: 'return a.clock - b.clock ||',
    why: 'the older of two values wins, so that a later edit is lost',
    tests: FOLD,
  },
  {
    file: 'shared/changes/fold.ts',
    from: 'compareBytes(b.hash, a.hash)',
    to: 'compareBytes(a.hash, b.hash)',
    why: 'of two edits with one clock, this version shows another value than those before it',
    tests: FOLD,
  },
  {
    file: 'shared/changes/fold.ts',
    from: 'if (!out.some((other) => saw(other, said))) out.push(said)',
    to: 'out.push(said)',
    why: 'a value that somebody replaced on purpose is told as a conflict',
    tests: FOLD,
  },
  {
    file: 'shared/changes/fold.ts',
    from: '!saw(d, edit) && !saw(edit, d)',
    to: '!saw(edit, d)',
    why: 'an edit that the deleter had seen is told as a conflict',
    tests: FOLD,
  },
  {
    file: 'shared/changes/fold.ts',
    from: 'differ || edits.length > 0 ?',
    to: 'differ ?',
    why: 'work on a record that somebody deleted meanwhile is lost without a word',
    tests: FOLD,
  },
  {
    file: 'shared/changes/fold.ts',
    from: 'open.some((one) => one.value !== open[0]?.value)',
    to: 'open.length > 1',
    why: 'two people who wrote the same are told that they contradict each other',
    tests: FOLD,
  },
  {
    file: 'shared/changes/fold.ts',
    from: 'byWinner(first, oldest) < 0',
    to: 'byWinner(first, oldest) > 0',
    why: 'a record is dated by its last change, and not by its first',
    tests: FOLD,
  },
  {
    file: 'shared/changes/fold.ts',
    from: 'named.has(hexOf(other.hash)) && saw(one, other)',
    to: 'named.has(hexOf(other.hash))',
    why: 'an undo opens a conflict with a value that its author had never seen',
    tests: FOLD,
  },
  {
    file: 'shared/changes/clock.ts',
    from: 'Math.max(wall, seen + 1)',
    to: 'Math.max(wall, seen)',
    why: 'an edit gets the clock of the one it was made upon, and may lose against it',
    tests: CLOCK,
  },
  {
    file: 'shared/changes/clock.ts',
    from: 'clock > seen &&',
    to: 'clock >= seen &&',
    why: 'a commit from outside may have the clock of its parent, and lose against it',
    tests: CLOCK,
  },
  {
    file: 'shared/changes/inverse.ts',
    from: 'if (LASTING.has(entity)) continue;',
    to: '',
    why: 'undoing the first action deletes the person who signed it',
    tests: INVERSE,
  },
  {
    file: 'shared/changes/inverse.ts',
    from: 'if (isOwn) edits.push(',
    to: 'if (touched) edits.push(',
    why: 'an undo takes back what somebody else wrote since',
    tests: INVERSE,
  },
  {
    file: 'shared/changes/inverse.ts',
    from: '(!one.seen || staying.has(one.id))',
    to: 'staying.has(one.id)',
    why: 'an undo deletes a record that others have built upon',
    tests: INVERSE,
  },
  {
    file: 'electron/db/log/undo.ts',
    from: 'chain === target.chain && seq >= target.seq',
    to: 'chain >= 0 && seq >= target.seq',
    why: 'an undo counts other people’s edits as one’s own and takes them back',
    tests: UNDO,
  },
  {
    file: 'electron/db/log/undo.ts',
    from: 'link !== undefined && undoing.hadSeen(link)',
    to: 'link !== undefined',
    why: 'undoing the import of a source deletes it under a passage that came from elsewhere',
    tests: UNDO,
  },
  {
    file: 'electron/db/log/steps.ts',
    from: 'return { done: push(done, next), undone: [] };',
    to: 'return { done: push(done, next), undone };',
    why: 'a redo writes an old action over what was done since',
    tests: UNDO,
  },
  {
    file: 'electron/db/log/signing.ts',
    from: '!isValidSignature(header, packet.sig, packet.header.key)',
    to: 'false',
    why: 'the next signature vouches for an edit whose own signature was replaced',
    tests: VERIFY,
  },
  {
    file: 'electron/db/log/signing.ts',
    from: '!bodyRoot(packet.body).equals(packet.header.root)',
    to: 'false',
    why: 'the next signature vouches for an edit whose words were altered',
    tests: VERIFY,
  },
  {
    file: 'electron/db/log/signing.ts',
    from: 'return verify(null, header, publicKey(key), sig);',
    to: 'verify(null, header, publicKey(key), sig);\n    return true;',
    why: 'an edit counts as signed by whomever it names',
    tests: UNION,
  },
  {
    file: 'electron/db/log/verify-log.ts',
    from: 'if (body !== null && !this.bodyMatches(packet))',
    to: 'if (body === null && !this.bodyMatches(packet))',
    why: 'verification does not notice that the words of an edit were altered',
    tests: VERIFY,
  },
  {
    file: 'electron/db/log/verify-log.ts',
    from: '!isValidSignature(bytes, sig, variant.key)',
    to: 'false',
    why: 'verification takes an altered header for a wrong hash, and believes the header',
    tests: VERIFY,
  },
  {
    file: 'electron/db/log/packet.ts',
    from: "sha256(Buffer.concat([Buffer.from('C'), header, sig]))",
    to: "sha256(Buffer.concat([Buffer.from('C'), header]))",
    why: 'a commit’s hash does not cover its signature, so that old logs no longer match and signatures can be replaced',
    tests: ['tests/unit/db/bytes.test.ts'],
  },
  {
    file: 'electron/db/log/causality.ts',
    from: 'if ((joined.get(chain) ?? 0) < seq) joined.set(chain, seq);',
    to: 'joined.set(chain, seq);',
    why: 'after a merge, a person counts as not having seen what they saw, and loses an edit to an older one',
    tests: [...UNION, ...AUTHORSHIP],
  },
  {
    file: 'electron/db/log/causality.ts',
    from: '(this.vector(later.vv).get(earlier.chain) ?? 0) >= earlier.seq',
    to: '(this.vector(later.vv).get(earlier.chain) ?? 0) > earlier.seq',
    why: 'the last edit that somebody saw counts as unseen, and what they decided stays a conflict',
    tests: UNION,
  },
  {
    file: 'electron/db/log/write.ts',
    from: "if (seen.has(key)) throw wrong('One action cannot set one field twice', edit);",
    to: '',
    why: 'an action that sets a field twice loses one of the two values',
    tests: ['tests/unit/db/read.test.ts'],
  },
  {
    file: 'electron/db/log/write.ts',
    from: "log.store.run('DELETE FROM conflict_ WHERE ent = ? AND field = ?', ent, field);",
    to: '',
    why: 'a conflict stays open after somebody has resolved it',
    tests: UNION,
  },
  {
    file: 'electron/db/log/state-at.ts',
    from: 'seq <= (reach.get(chain) ?? 0)',
    to: 'seq < (reach.get(chain) ?? 0)',
    why: 'a snapshot lacks the last edit that it was made of',
    tests: AUTHORSHIP,
  },
];
