import { PairDialog } from './PairDialog.tsx';
import { usePairing } from './state.ts';
import { useVersionsCommands } from './useVersionsCommands.ts';
import { useNewerCaptures } from './useNewerCaptures.ts';

/** Commands on versions, and their dialog, wherever one is in the workbench. */
export function Versions() {
  const source = usePairing((state) => state.source);
  useVersionsCommands();
  useNewerCaptures();
  return source === null ? null : <PairDialog source={source} onClose={() => usePairing.setState({ source: null })} />;
}
