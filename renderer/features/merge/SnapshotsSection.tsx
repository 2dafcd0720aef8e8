import { useSnapshots } from './snapshots.ts';
import { SnapshotComparison } from './SnapshotComparison.tsx';
import { SnapshotList } from './SnapshotList.tsx';

/** States of the project that were given a name, and how two of them differ. */
export function SnapshotsSection() {
  const pair = useSnapshots((state) => state.pair);
  return <div className="team-part">{pair === null ? <SnapshotList /> : <SnapshotComparison pair={pair} />}</div>;
}
