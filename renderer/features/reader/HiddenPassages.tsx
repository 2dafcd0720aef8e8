import { useQuery } from '@tanstack/react-query';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { frozenPagePath } from '../../../shared/model/frozen-csp.ts';
import type { LayerId } from '../../../shared/model/index.ts';
import { hiddenTexts } from '../../../shared/text/page-text.ts';
import { useCall } from '../../api/index.ts';
import { LinkButton } from '../../ui/Button.tsx';
import { Flyout } from '../../ui/Flyout.tsx';
import { domTree } from '../../viewer/page/dom-tree.ts';
import type { SourceView } from '../../viewer/types.ts';

/** Characters of the text before a hidden passage that say where it stands. */
const BEFORE = 40;

/** What the page holds and does not show: hiding is news. A quiet button, with the list behind it. */
export function HiddenPassages({ layer, view }: { layer: LayerId; view: SourceView | null }) {
  const { t } = useTranslation();
  const hidden = useHidden(layer);
  const text = useCall('layers.text', hidden === null || hidden.count === 0 ? null : { id: layer }).data?.text ?? '';
  if (hidden === null || hidden.count === 0) return null;
  const more = hidden.count - hidden.passages.length;
  return (
    <Flyout label={t('hidden.passages', { count: hidden.count })}>
      {(close) => (
        <>
          <p className="hint">{t('hidden.about')}</p>
          <ul className="capture-list">
            {hidden.passages.map((passage, index) => (
              // Nothing else tells two of them apart.
              <li key={index}>
                <bdi className="reading">{passage.text}</bdi>
                <span>
                  <LinkButton
                    onPress={() => {
                      close();
                      view?.scrollTo(Math.max(0, passage.at - 1), Math.max(1, passage.at));
                    }}
                  >
                    <bdi>{whereOf(text.slice(0, passage.at), t)}</bdi>
                  </LinkButton>
                </span>
              </li>
            ))}
          </ul>
          {more > 0 ? <p className="hint">{t('hidden.more', { count: more })}</p> : null}
        </>
      )}
    </Flyout>
  );
}

function whereOf(before: string, t: ReturnType<typeof useTranslation>['t']): string {
  const words = before.slice(-BEFORE).replace(/\s+/g, ' ').trim();
  return words === '' ? t('hidden.first') : t('hidden.after', { words });
}

/** Read out of the stored page, in a document that is nowhere shown and can run and load nothing. */
function useHidden(layer: LayerId): ReturnType<typeof hiddenTexts> | null {
  const { data } = useQuery({
    queryKey: ['hidden texts', layer],
    queryFn: async () => {
      const answer = await fetch(frozenPagePath(layer));
      if (!answer.ok) return null;
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      return hiddenTexts<Node>(page, domTree);
    },
  });
  return data ?? null;
}
