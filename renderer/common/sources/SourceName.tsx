import type { Source } from '../../../shared/model/index.ts';
import { sourceName, useApart } from './sources.ts';

/** A source's name in a list of titles, with what tells it apart from others of the same title. */
export function SourceName({ source, className = 'cut' }: { source: Source | undefined; className?: string }) {
  const all = useApart();
  if (source === undefined) return <bdi className={className} />;
  const apart = all.get(source.id);
  return (
    <>
      <bdi className={className} lang={source.language ?? undefined} title={sourceName(source)}>
        {sourceName(source)}
      </bdi>
      {apart === undefined ? null : <bdi className="dim cut apart">{apart}</bdi>}
    </>
  );
}
