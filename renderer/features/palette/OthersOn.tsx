/** Who else put this on the passage. */
export function OthersOn({ names }: { names: readonly string[] }) {
  return names.length === 0 ? null : <bdi className="hint cut palette-others">{names.join(', ')}</bdi>;
}
