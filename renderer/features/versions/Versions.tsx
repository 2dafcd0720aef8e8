import { useEffect } from 'react';
import { forgetComparison } from '../../common/reader/comparison.ts';
import { PairDialog } from './PairDialog.tsx';
import { usePairing } from './state.ts';
import { useVersionsCommands } from './useVersionsCommands.ts';
import { useNewerCaptures } from './useNewerCaptures.ts';

/** Commands on versions, and their dialog, wherever one is in the workbench. */
export function Versions() {
  const source = usePairing((state) => state.source);
  useVersionsCommands();
  useNewerCaptures();
  useEffect(() => forgetComparison, []);
  return source === null ? null : <PairDialog source={source} onClose={() => usePairing.setState({ source: null })} />;
}
